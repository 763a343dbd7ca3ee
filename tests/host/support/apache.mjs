// An Apache of our own: unprivileged, on loopback, below a directory of the test's, with nothing loaded that is not named.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { free_port } from '../../support/free_port.mjs';
import { build, environment, get, pause, scratch, start, until } from './host.mjs';

export const modules = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules'].find((one) => fs.existsSync(one));
export const httpd = ['/usr/sbin/apache2', '/usr/sbin/httpd'].find((one) => fs.existsSync(one));
export const apache_is_there = httpd && modules && fs.existsSync(path.join(build, 'mod_shide.so'));

// As Debian has it, files are denied to all. The lines of httpd.conf: `server` at its end, `location` inside <Location "/shide">; `info` is shide.info beside it.
export async function write_apache({ mpm = 'event', info = '', server = '', location = '  ShideConfig shide.info', load = [], name = mpm }) {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.rmSync(path.join(folder, 'error.log'), { force: true });
  const port = await free_port();
  fs.writeFileSync(path.join(folder, 'shide.info'), info);
  fs.writeFileSync(path.join(folder, 'httpd.conf'), `ServerRoot "${folder}"
ServerName localhost
Listen 127.0.0.1:${port}
PidFile "${folder}/httpd.pid"
DefaultRuntimeDir "${folder}"
Mutex posixsem
ErrorLog "${folder}/error.log"
LoadModule mpm_${mpm}_module ${modules}/mod_mpm_${mpm}.so
${['authz_core', 'unique_id', ...load].map((one) => `LoadModule ${one}_module ${modules}/mod_${one}.so`).join('\n')}
LoadModule shide_module ${build}/mod_shide.so
${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
<IfModule mpm_prefork_module>
  StartServers 2
</IfModule>
<IfModule mpm_event_module>
  StartServers 2
  ThreadsPerChild 16
  MaxRequestWorkers 64
  ServerLimit 8
</IfModule>
<Directory "/">
  Require all denied
</Directory>
<Location "/shide">
  SetHandler shide
${location}
</Location>
${server}
`);
  const file = path.join(folder, 'httpd.conf');
  const log = () => (fs.existsSync(path.join(folder, 'error.log')) ? fs.readFileSync(path.join(folder, 'error.log'), 'utf8') : '');
  return { folder, port, file, log };
}

// In a process group of its own: Apache ends by a signal to its whole group. `real`: with the module of the build, not the tests'.
export async function start_apache(settings, { real = false } = {}) {
  const written = await write_apache(settings);
  const env = real ? { ...process.env, LC_ALL: 'C.UTF-8' } : environment;
  const child = start(httpd, ['-d', written.folder, '-f', written.file, '-D', 'FOREGROUND'], { detached: true, env });
  const answers = async () => (await get(written.port, '/shide/health').catch(() => ({ status: 0 }))).status === 200;
  await until(`Apache ${settings.mpm ?? ''}`, async () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${child.words} ${written.log()}`);
    return answers();
  });
  const children = () => fs.readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return { ...written, child, answers, children };
}

export function configtest({ folder, file, log }) {
  const { status, stderr } = spawnSync(httpd, ['-d', folder, '-f', file, '-t'], { env: environment, encoding: 'utf8', timeout: 20000 });
  return { status, words: stderr + log() };
}

// Restarts Apache gracefully, again and again, while visitors come on fresh connections. Null, or what went wrong.
export async function restart_under_load({ child, port, log }, times, visitors = 6) {
  let done = false, answered = 0;
  const failed = [];
  const visit = async () => {
    while (!done) {
      const answer = await get(port, '/shide/health').catch((error) => ({ status: error.message }));
      if (answer.status === 200) answered += 1;
      else failed.push(answer.status);
    }
  };
  const visiting = Array.from({ length: visitors }, visit);
  const ready = () => log().split('resuming normal operations').length - 1;
  for (let i = 0; i < times; ++i) {
    const before = ready();
    child.kill('SIGUSR1');
    await until(`restart ${i + 1}`, () => ready() > before, 30000).catch((error) => failed.push(error.message));
    const seen = answered;
    await until('visitors after it', () => answered > seen + 20, 30000).catch((error) => failed.push(error.message));
    if (failed.length) break;
    await pause(5);
  }
  done = true;
  await Promise.all(visiting);
  if (failed.length) return `${failed.length} requests beside ${answered} failed: ${failed.slice(0, 3)}`;
  return /exit signal|Segmentation|core dump/.test(log()) ? log().slice(-2000) : { answered };
}

export const own_memory = (pid) => Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]) * 1024;

// A school of the demo in `folder`, readable by the user Apache becomes.
export function demo_school(folder) {
  for (const verb of ['migrate', 'demo']) {
    const { status, stderr } = spawnSync(path.join(build, 'shidectl'), [verb, '--data', folder], { encoding: 'utf8', timeout: 300000 });
    if (status !== 0) throw new Error(`shidectl ${verb}: ${stderr}`);
  }
  if (process.getuid() === 0) spawnSync('chown', ['-R', 'www-data:www-data', folder]);
  return JSON.parse(fs.readFileSync(path.join(folder, 'demo.json'), 'utf8'));
}
