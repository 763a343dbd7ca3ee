// The hosts around the door: the plain C host, memory running out, recorded conversations through the door, shided and
// Apache (event and prefork), and what shided and Apache owe on their own. SHIDE_BUILD names the build (build-test).
// Needs no package of npm. The last line is "N passed, N failed, N skipped".
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { free_port } from '../support/free_port.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const build = path.resolve(process.env.SHIDE_BUILD ?? path.join(here, '../../build-test'));
const library = path.join(build, 'host/libshide.so');
const environment = { ...process.env, LD_LIBRARY_PATH: path.join(build, 'host'), LC_ALL: 'C.UTF-8' };
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-host-'));
fs.chmodSync(scratch, 0o755);
const counts = { passed: 0, failed: 0, skipped: 0 };
const steps = [];  // the report, for tests/checks/requirements_covered.py
const children = new Set();

function report(name, problem) {
  if (problem) console.log(`not ok ${name}: ${problem}`);
  else console.log(`ok ${name}`);
  counts[problem ? 'failed' : 'passed'] += 1;
  steps.push({ name, passed: !problem });
}
function skip(name) {
  console.log(`skipped: ${name}`);
  counts.skipped += 1;
}
async function fact(name, work) {
  try {
    report(name, await work());
  } catch (error) {
    report(name, error.message);
  }
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// ---- a raw exchange over TCP: what is sent is exactly what the test says ----
function exchange(port, bytes, { from = '127.0.0.1', to = '127.0.0.1', limit = 15000 } = {}) {
  return new Promise((done, fail) => {
    const chunks = [];
    const socket = net.connect({ host: to, port, localAddress: from });
    const timer = setTimeout(() => { socket.destroy(); fail(new Error(`no answer within ${limit} ms`)); }, limit);
    const end = () => { clearTimeout(timer); done(Buffer.concat(chunks)); };
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => { socket.end(); end(); });
    socket.on('error', () => end());
  });
}
function parse(raw) {
  const split = raw.indexOf('\r\n\r\n') >= 0 ? [raw.indexOf('\r\n\r\n'), 4] : [raw.indexOf('\n\n'), 2];
  const [status, ...lines] = raw.subarray(0, Math.max(split[0], 0)).toString('latin1').split(/\r?\n/);
  const headers = new Map();
  for (const line of lines) headers.set(line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim());
  return { status: Number(status.split(' ')[1] ?? 0), headers, body: raw.subarray(split[0] + split[1]).toString('utf8') };
}
const get = async (port, target, options) =>
  parse(await exchange(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, options));

// ---- recorded conversations ----
function read_conversation(file) {
  const text = fs.readFileSync(file, 'utf8').replace(/\{(.)\*(\d+)\}/g, (_, letter, times) => letter.repeat(Number(times)));
  const [, name, request, status, expected] = text.match(/^# (.*)\n([\s\S]*?)--- (\d+)\n([\s\S]*)$/);
  const [head, ...rest] = request.split('\n\n');
  const body = rest.join('\n\n').replace(/\n$/, '');
  const length = body ? `Content-Length: ${Buffer.byteLength(body)}\r\n` : '';
  const bytes = Buffer.from(`${head.trim().replaceAll('\n', '\r\n')}\r\nHost: localhost\r\n${length}Connection: close\r\n\r\n${body}`);
  const [headers, patterns] = expected.split('\n\n');
  return {
    file: path.basename(file, '.http'), name, bytes, status: Number(status),
    headers: headers.split('\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(':')), new RegExp(line.slice(line.indexOf(':') + 1).trim())]),
    patterns: (patterns ?? '').split('\n').filter(Boolean),
  };
}
function difference(conversation, answer) {
  if (answer.status !== conversation.status) return `status ${answer.status}, not ${conversation.status}: ${answer.body.slice(0, 200)}`;
  for (const [name, pattern] of conversation.headers) {
    if (!pattern.test(answer.headers.get(name) ?? '')) return `${name}: ${answer.headers.get(name)} does not match ${pattern}`;
  }
  for (const line of conversation.patterns) {
    const never = line.startsWith('! ');
    if (new RegExp(never ? line.slice(2) : line).test(answer.body) === never) return `the body ${never ? 'has' : 'lacks'} ${line}: ${answer.body.slice(0, 300)}`;
  }
  return null;
}
const conversations = fs.readdirSync(path.join(here, 'conversations')).filter((file) => file.endsWith('.http')).sort()
  .map((file) => read_conversation(path.join(here, 'conversations', file)));

// The first host sets the body; all others must give the same bytes.
const bodies = new Map();
async function replay(host, ask) {
  for (const conversation of conversations) {
    await fact(`${host}: ${conversation.name}`, async () => {
      const answer = parse(await ask(conversation.bytes));
      const wrong = difference(conversation, answer);
      if (wrong) return wrong;
      const first = bodies.get(conversation.file) ?? answer.body;
      bodies.set(conversation.file, first);
      return answer.body === first ? null : `another body than the other hosts: ${answer.body.slice(0, 300)}`;
    });
  }
}

// ---- programs ----
function start(program, args, options = {}) {
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.words = '';
  child.stdout.on('data', (chunk) => { child.words += chunk; });
  child.stderr.on('data', (chunk) => { child.words += chunk; });
  child.ended = new Promise((done) => child.on('exit', (code, signal) => { children.delete(child); done(code ?? signal); }));
  child.on('error', (error) => { child.words += error.message; });
  children.add(child);
  return child;
}
async function stop(child, limit = 15000) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const code = await child.ended;
  clearTimeout(timer);
  return code;
}
async function until(what, condition, limit = 15000) {
  for (const end = Date.now() + limit; Date.now() < end; await pause(20)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`${what} did not come`);
}
const lines_of = (text) => text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

async function start_shided(...args) {
  const child = start(path.join(build, 'shided'), ['--data', scratch, '--port', '0', ...args]);
  const line = await until('the start of shided', () => {
    if (child.exitCode !== null) throw new Error(`shided ended: ${child.words}`);
    return lines_of(child.words).find((one) => one.event === 'started');
  });
  child.port = Number(line.detail.match(/:(\d+)\//)[1]);
  return child;
}

// ---- facts a program prints itself ----
function facts_of(program, args) {
  const name = path.basename(program);
  const run = spawnSync(program, args, { env: environment, encoding: 'utf8', timeout: 300000 });
  const facts = (run.stdout ?? '').split('\n').filter((line) => /^(not )?ok /.test(line));
  for (const line of facts) {
    const [, not, text] = line.match(/^(not )?ok (.*)$/);
    report(`${name}: ${text}`, not ? 'see the line' : null);
  }
  if (run.status !== 0 && !facts.some((line) => line.startsWith('not ok'))) report(`${name} ends well`, `${run.signal ?? run.status} ${run.stderr}`);
}

// ---- shided ----
async function idle_sockets(port, count, from) {
  const sockets = [];
  await Promise.all(Array.from({ length: count }, () => new Promise((done) => {
    const socket = net.connect({ host: '127.0.0.1', port, localAddress: from }, done);
    socket.on('error', done);
    sockets.push(socket);
  })));
  return sockets;
}

async function shided_facts() {
  const pid_file = path.join(scratch, 'shided.pid');
  const child = await start_shided('--pid-file', pid_file, '--set', 'server.time_out_seconds=5');
  const { port } = child;
  await replay('shided', (bytes) => exchange(port, bytes));

  await fact('shided: writes its process number', () => (fs.readFileSync(pid_file, 'utf8').trim() === String(child.pid) ? null : 'another number'));
  for (const from of ['127.0.0.2', '127.0.0.1']) {
    await fact(`shided: a hundred idle sockets of ${from === '127.0.0.1' ? 'the same' : 'another'} peer keep nobody waiting`, async () => {
      const idle = await idle_sockets(port, 100, from);
      const began = Date.now();
      const answer = await get(port, '/shide/health');
      const took = Date.now() - began;
      idle.forEach((socket) => socket.destroy());
      return answer.status === 200 && took < 1000 ? null : `status ${answer.status} after ${took} ms`;
    });
  }
  await fact('shided: three hundred idle sockets of three peers hold it up for a second at most', async () => {
    const idle = (await Promise.all(['127.0.0.2', '127.0.0.3', '127.0.0.4'].map((from) => idle_sockets(port, 100, from)))).flat();
    const began = Date.now();
    const answer = await get(port, '/shide/health');
    const took = Date.now() - began;
    idle.forEach((socket) => socket.destroy());
    return answer.status === 200 && took < 1500 ? null : `status ${answer.status} after ${took} ms`;
  });
  await fact('shided: a body of unknown length gets 411', async () => {
    const answer = parse(await exchange(port, 'POST /shide/api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'));
    return answer.status === 411 ? null : `status ${answer.status}`;
  });
  await fact('shided: two lengths get 400', async () => {
    const answer = parse(await exchange(port, 'POST /shide/api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x'));
    return answer.status === 400 ? null : `status ${answer.status}`;
  });
  await fact('shided: an unread body is never taken for a request', async () => {
    const inner = 'GET /shide/health HTTP/1.1\r\nHost: a\r\n\r\n';
    const raw = (await exchange(port, `POST /shide/api/v1/no-such-thing HTTP/1.1\r\nHost: a\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`)).toString();
    return raw.split('HTTP/1.1 ').length === 2 ? null : raw;
  });
  await fact('shided: two requests on one connection get two answers', async () => {
    const one = 'GET /shide/health HTTP/1.1\r\nHost: a\r\n';
    const raw = (await exchange(port, `${one}\r\n${one}Connection: close\r\n\r\n`)).toString();
    return raw.split('HTTP/1.1 200').length === 3 ? null : raw;
  });
  await fact('shided: noise instead of a request does no harm', async () => {
    await exchange(port, Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197 + 31) % 256)));
    return (await get(port, '/shide/health')).status === 200 ? null : 'it does not answer any more';
  });
  await fact('shided: a head that comes a byte a second is cut off', async () => {
    const began = Date.now();
    await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1');
      const drip = setInterval(() => socket.write('X'), 500);
      socket.write('GET /shide/health HTTP/1.1\r\nX-Slow: ');
      socket.resume();
      const end = () => { clearInterval(drip); done(); };
      socket.on('close', end);
      socket.on('error', end);
    });
    const took = Date.now() - began;
    return took < 8000 ? null : `after ${took} ms only`;
  });
  await fact('shided: the log tells no query, no token and no address', async () => {
    await get(port, '/shide/f/Zk3vQ9pLmN2xR8sT?phone=13800000000');
    const line = await until('the line', () => lines_of(child.words).find((one) => one.path?.startsWith('/shide/f/')));
    if (line.path !== '/shide/f/*' || line.status !== 404 || !line.request_id || !(line.microseconds >= 0)) return JSON.stringify(line);
    return /13800000000|Zk3v|"127\.0\.0\.1"/.test(child.words) ? child.words : null;
  });
  await fact('shided: ends by SIGTERM within three seconds, idle browsers or not', async () => {
    const idle = await idle_sockets(port, 20, '127.0.0.2');
    const began = Date.now();
    const code = await stop(child);
    const took = Date.now() - began;
    idle.forEach((socket) => socket.destroy());
    if (code !== 0 || took > 3000) return `code ${code} after ${took} ms`;
    return fs.existsSync(pid_file) ? 'its pid file is left' : null;
  });
}

async function shided_beginnings() {
  const run = (...args) => spawnSync(path.join(build, 'shided'), args, { env: environment, encoding: 'utf8', timeout: 20000 });
  await fact('shided: without data it says what it wants', () => {
    const { status, stderr } = run();
    return status === 2 && stderr.includes('--data DIR') ? null : `${status} ${stderr}`;
  });
  await fact('shided: --check names the line of a wrong option', () => {
    const file = path.join(scratch, 'wrong.info');
    fs.writeFileSync(file, 'server {\n  prot 1\n}\n');
    const { status, stderr } = run('--check', '--config', file);
    return status === 2 && stderr.includes('wrong.info:2: ') && stderr.includes('server.port') ? null : `${status} ${stderr}`;
  });
  await fact('shided: a taken port is told', async () => {
    const first = await start_shided();
    const { status, stderr } = run('--data', scratch, '--port', String(first.port));
    await stop(first);
    return status === 3 && stderr.includes(`:${first.port} `) ? null : `${status} ${stderr}`;
  });
  await fact('shided: lets go of what its starter held open', async () => {
    const child = start(path.join(build, 'shided'), ['--data', scratch, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    let is_released = false;
    child.stdio[3].resume().on('end', () => { is_released = true; });
    await until('the start of shided', () => lines_of(child.words).some((one) => one.event === 'started'));
    const released = await until('the end of the pipe', () => is_released, 5000).catch(() => false);
    await stop(child);
    return released ? null : 'a pipe of the starter is still open';
  });
  await fact('shided: answers 503 until the database is there', async () => {
    const child = start(path.join(build, 'shided'), ['--data', scratch, '--port', '0', '--set', 'store.path=absent']);
    await until('the wait', () => lines_of(child.words).some((one) => one.event === 'start.waiting'));
    const code = await stop(child);
    return code === 3 ? null : `it ended with ${code}`;
  });
  await fact('shided: the demo school answers loopback only', async () => {
    const child = await start_shided('--demo', '--today', '2021-01-24 20:30', '--set', 'server.trusted_proxy=127.0.0.1');
    const near = await get(child.port, '/shide/health');
    const far = parse(await exchange(child.port, 'GET /shide/health HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n'));
    await stop(child);
    return near.status === 200 && far.status === 403 ? null : `${near.status} ${far.status}`;
  });
}

// ---- shidectl ----
async function console_facts() {
  const run = (...args) => spawnSync(path.join(build, 'shidectl'), args, { env: environment, encoding: 'utf8', timeout: 20000, cwd: '/' });
  await fact('shidectl: tells its version from any directory', () => {
    const { status, stdout } = run('version');
    return status === 0 && /^shide \d+\.\d+\.\d+\n$/.test(stdout) ? null : `${status} ${stdout}`;
  });
  await fact('shidectl: an unknown command is wrong usage', () => {
    const { status, stderr } = run('--lang', 'en', 'verison');
    return status === 2 && stderr.includes('did you mean version?') ? null : `${status} ${stderr}`;
  });
  await fact('shidectl: help lists the commands', () => {
    const { status, stdout } = run('help');
    return status === 0 && stdout.includes('version') ? null : `${status} ${stdout}`;
  });
}

// ---- Apache ----
const modules = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules'].find((one) => fs.existsSync(one));
const httpd = ['/usr/sbin/apache2', '/usr/sbin/httpd'].find((one) => fs.existsSync(one));

async function apache_configuration(mpm, shide_configuration) {
  const root = path.join(scratch, mpm);
  fs.mkdirSync(root, { recursive: true });
  const port = await free_port();
  fs.writeFileSync(path.join(root, 'shide.info'), shide_configuration);
  fs.writeFileSync(path.join(root, 'httpd.conf'), `
ServerRoot "${root}"
ServerName localhost
Listen 127.0.0.1:${port}
PidFile "${root}/httpd.pid"
DefaultRuntimeDir "${root}"
Mutex posixsem
ErrorLog "${root}/error.log"
LoadModule mpm_${mpm}_module ${modules}/mod_mpm_${mpm}.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule unique_id_module ${modules}/mod_unique_id.so
LoadModule shide_module ${build}/mod_shide.so
${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
<IfModule mpm_prefork_module>
  StartServers 2
</IfModule>
<Location "/shide">
  SetHandler shide
  ShideConfig "${root}/shide.info"
</Location>
<Location "/shide/inner">
  Require all granted
</Location>
<Location "/second/mount/">
  SetHandler shide
  ShideConfig shide.info
</Location>
`);
  return { root, port, file: path.join(root, 'httpd.conf'), log: () => fs.readFileSync(path.join(root, 'error.log'), 'utf8') };
}

async function apache_facts(mpm) {
  const { root, port, file, log } = await apache_configuration(mpm, 'server { mount "/elsewhere" }\n');
  // In a process group of its own: Apache ends by a signal to its whole group.
  const child = start(httpd, ['-d', root, '-f', file, '-D', 'FOREGROUND'], { detached: true });
  const answers = async () => (await get(port, '/shide/health').catch(() => ({ status: 0 }))).status === 200;
  await until(`Apache ${mpm}`, async () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${child.words} ${fs.existsSync(`${root}/error.log`) ? log() : ''}`);
    return answers();
  });
  await replay(`Apache ${mpm}`, (bytes) => exchange(port, bytes));
  await fact(`Apache ${mpm}: a second Location of the same file is a mount of its own`, async () => {
    const answer = await get(port, '/second/mount/health');
    return answer.status === 200 ? null : `status ${answer.status}`;
  });
  await fact(`Apache ${mpm}: a Location inside keeps the mount`, async () => {
    const answer = await get(port, '/shide/inner');
    return answer.status === 404 && answer.headers.get('x-request-id') ? null : `status ${answer.status}`;
  });
  await fact(`Apache ${mpm}: S112 the section answers inside the site's own server, and what is not ours is not touched`, async () => {
    const [ours, theirs] = [await get(port, '/shide/health'), await get(port, '/elsewhere')];
    return ours.status === 200 && theirs.status === 404 && !theirs.headers.get('x-request-id') ? null : `status ${ours.status} and ${theirs.status}`;
  });
  await fact(`Apache ${mpm}: a chunked body arrives whole`, async () => {
    const answer = parse(await exchange(port, 'POST /shide/api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{"\r\n1\r\n:\r\n0\r\n\r\n'));
    return answer.status === 422 ? null : `status ${answer.status}`;
  });
  await fact(`Apache ${mpm}: forty requests at once are all answered`, async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => get(port, '/shide/health')));
    return all.every((one) => one.status === 200) ? null : all.map((one) => one.status).join(' ');
  });
  await fact(`Apache ${mpm}: it lives on after a graceful restart`, async () => {
    child.kill('SIGUSR1');
    await until('the restart', () => /resuming normal operations[\s\S]*resuming normal operations/.test(log()));
    await until('an answer after it', answers);
    return null;
  });
  await fact(`Apache ${mpm}: it ends by SIGTERM, and no child has crashed`, async () => {
    const code = await stop(child);
    const words = log();
    return code === 0 && !/exit signal|Segmentation|core dump/.test(words) ? null : `${code} ${words}`;
  });
}

async function configtest(configuration) {
  const { root, file } = await apache_configuration('event', configuration);
  fs.rmSync(path.join(root, 'error.log'), { force: true });
  const { status, stderr } = spawnSync(httpd, ['-d', root, '-f', file, '-t'], { env: environment, encoding: 'utf8', timeout: 20000 });
  return { status, words: stderr + (fs.existsSync(path.join(root, 'error.log')) ? fs.readFileSync(path.join(root, 'error.log'), 'utf8') : '') };
}
async function apache_refuses() {
  await fact('Apache: configtest names the line of a wrong option', async () => {
    const { status, words } = await configtest('server {\n  prot 80\n}\n');
    return status !== 0 && /shide\.info:2: server\.prot is not an option; did you mean server\.port\?/.test(words) ? null : `${status} ${words}`;
  });
  for (const [what, bytes, mode, expected] of [['is missing', null, 0, 'cannot be read'], ['is open to all', 'x'.repeat(64), 0o644, 'chmod o-r'], ['is too short', 'x', 0o600, 'at least 32']]) {
    await fact(`Apache: configtest refuses a key of the site that ${what}`, async () => {
      const key = path.join(scratch, 'site.key');
      fs.rmSync(key, { force: true });
      if (bytes) fs.writeFileSync(key, bytes, { mode });
      const { status, words } = await configtest(`site {\n  bridge_url https://www.example.edu.cn/\n  ticket_key_file ${key}\n}\n`);
      return status !== 0 && words.includes('site.ticket_key_file') && words.includes(expected) ? null : `${status} ${words}`;
    });
  }
}

// ---- one after the other ----
try {
  facts_of(path.join(build, 'host/plain_host'), [library]);
  facts_of(path.join(build, 'host/out_of_memory'), []);
  await replay('door', (bytes) => {
    const run = spawnSync(path.join(build, 'host/plain_host'), [library, 'say'], { env: environment, input: bytes, timeout: 20000, maxBuffer: 1 << 24 });
    return run.stdout;
  });
  await console_facts();
  await shided_beginnings();
  await shided_facts();
  if (httpd && modules && fs.existsSync(path.join(build, 'mod_shide.so'))) {
    await apache_refuses();
    for (const mpm of ['event', 'prefork']) {
      try {
        await apache_facts(mpm);
      } catch (error) {
        report(`Apache ${mpm}`, error.message);
      }
    }
  } else {
    skip('Apache: apache2 or mod_shide.so is not there');
  }
} catch (error) {
  report('the hosts', error.stack);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([...children].map((child) => child.ended));
  fs.rmSync(scratch, { recursive: true, force: true });
}
if (process.env.SHIDE_RESULTS) fs.writeFileSync(path.join(process.env.SHIDE_RESULTS, 'host.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
