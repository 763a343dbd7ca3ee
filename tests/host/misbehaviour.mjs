// The school's site misbehaves in every way a connection can, with a gate between it and a real shided: visits go on, pages stay up
// within their time, signing in still works by the section's own password, and the doctor says what is wrong. Then a theme that is
// none, and a site whose certificate comes from an authority of the district's own.
// The last line is "N passed, N failed, N skipped".
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { demo_school } from './support/apache.mjs';
import { build, fact, run, scratch, start, stop, until } from './support/host.mjs';
import { free_port } from '../support/free_port.mjs';
import { open_gate } from '../support/tcp_gate.mjs';

const school = path.join(scratch, 'school'), key = path.join(scratch, 'site.key');
const shell = (marker = '<div id="shide-section"></div>') =>
  `<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body class="theirs"><header>示例小学</header>${marker}<footer>${'页脚'.repeat(400)}</footer></body></html>`;
let page = shell();
const answer = (request, response) => response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end(page);

async function listen(server) {
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server.address().port;
}
function config_for(name, url, { port = 0, data = school, more = '' } = {}) {
  const file = path.join(scratch, `${name.replaceAll(' ', '-')}.info`);
  fs.writeFileSync(file, `data { directory "${data}" }\nserver { port ${port} }\ndemo { enabled on }\nworker { interval_seconds 1 }\nsite {\n  bridge_url "${url}"\n  ticket_key_file "${key}"\n  theme on\n${more}}\n`);
  return file;
}

// What the doctor finds about the theme, and how long it took.
function doctor(file) {
  const began = Date.now(), child = spawn(path.join(build, 'shidectl'), ['doctor', '--config', file], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  let out = '', err = '';
  child.stdout.on('data', (chunk) => { out += chunk; });
  child.stderr.on('data', (chunk) => { err += chunk; });
  return new Promise((done) => child.on('exit', () => {
    const found = out.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).find((one) => one.check === 'theme');
    done({ ...found, took: Date.now() - began, words: out + err });
  }));
}

// ---- what the doctor says of each way ----
const ways = ['refuse', 'silence', 'stall 40', 'stall 600', 'cut 0', 'cut 40', 'cut 600', 'corrupt 0', 'drip 20 100'];
async function doctor_facts(origin) {
  const tried = await Promise.all([...ways, 'pass', 'delay 1500'].map(async (way) => {
    const gate = await open_gate({ host: '127.0.0.1', port: origin });
    const address = `http://127.0.0.1:${gate.port}/`;
    await gate.be(way);
    const found = await doctor(config_for(way, address));
    await gate.close();
    return { way, found };
  }));
  for (const { way, found } of tried) {
    const is_well = way === 'pass' || way.startsWith('delay');
    await fact(`doctor: ${is_well ? 'content with a site that is well or slow' : 'tells within 15 s of a site that does'} "${way}"`, () => {
      if (found.took > 15000) return `after ${found.took} ms`;
      if (found.ok !== is_well) return found.words;
      return is_well || found.do?.length > 10 ? null : found.words;
    });
  }
}

// ---- what goes on beside it ----
async function ask(url, options = {}) {
  const began = Date.now();
  const got = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10000), ...options });
  return { status: got.status, headers: got.headers, body: await got.text(), took: Date.now() - began };
}
async function signed_in(section, { login, password }) {
  const got = await ask(`${section}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) });
  if (got.status !== 200) throw new Error(`signing in: ${got.status} ${got.body}`);
  return { took: got.took, headers: { cookie: got.headers.getSetCookie()[0].split(';')[0], 'x-csrf-token': JSON.parse(got.body).csrf, 'content-type': 'application/json' } };
}
const LIMIT = 1500;  // ms a page may take while two cores do other things as well

async function section_facts(origin, account) {
  const gate = await open_gate({ host: '127.0.0.1', port: origin });
  const port = await free_port(), section = `http://127.0.0.1:${port}/shide`;
  const child = start(path.join(build, 'shided'), ['--config', config_for('section', `http://127.0.0.1:${gate.port}/`, { port })], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  await until('the section', async () => (await fetch(`${section}/ready`).catch(() => null))?.status === 200);
  await until('the theme', async () => (await ask(`${section}/`)).body.includes('示例小学'));
  const teacher = await signed_in(section, account);
  const visit = (await ask(`${section}/my`, teacher)).body.match(/\/visits\/([0-9a-f-]{36})/)[1];
  for (const way of [...ways, 'delay 1500', 'pass']) {
    await fact(`section: while the site does "${way}", pages stay up, a visit is kept, and one signs in here`, async () => {
      await gate.be(way);
      const record = await ask(`${section}/api/v1/records/${visit}`, teacher);
      const kept = await ask(`${section}/api/v1/records/${visit}`, {
        method: 'PUT', headers: { ...teacher.headers, 'if-match': record.headers.get('etag') },
        body: JSON.stringify({ narrative: `${JSON.parse(record.body).narrative.slice(0, 60)}。${way}` }),
      });
      const again = JSON.parse((await ask(`${section}/api/v1/records/${visit}`, teacher)).body);
      const pages = await Promise.all(['/', '/login', '/health', '/ready'].map((one) => ask(`${section}${one}`)));
      const mine = await ask(`${section}/my`, teacher), anew = await signed_in(section, account), away = await ask(`${section}/site/sign-in?return=%2Fmy`);
      if (kept.status !== 200 || !again.narrative.endsWith(way)) return `keeping the record: ${kept.status} ${kept.body}`;
      if ([...pages, mine].some((one) => one.status !== 200)) return `pages: ${[...pages, mine].map((one) => one.status)}`;
      if (!pages[1].body.includes('name="password"')) return 'no way to sign in here';
      if (away.status !== 303 || !away.headers.get('location').startsWith(`http://127.0.0.1:${gate.port}/?shide_bridge=sign-in`)) return `to the site: ${away.status}`;
      const slowest = Math.max(...[record, kept, mine, anew, away, ...pages].map((one) => one.took));
      return slowest < LIMIT ? null : `${slowest} ms`;
    });
  }
  await fact('section: after all of that the theme of the site is still whole, or not there', async () => {
    const body = (await ask(`${section}/`)).body;
    return !body.includes('示例小学') || body.includes('页脚') ? null : 'half a theme';
  });
  await fact('section: it ends within its time, while the site keeps the job waiting', async () => {
    await gate.be('silence');
    const began = Date.now(), code = await stop(child);
    return code === 0 && Date.now() - began < 14000 ? null : `${code} after ${Date.now() - began} ms`;
  });
  await gate.close();
}

// ---- a theme that is none ----
async function theme_facts(origin) {
  for (const [what, bytes, words] of [
    ['has no place for us', shell('<p></p>'), /没有.*位置|没有留|no place/],
    ['has the place in a comment only', shell('<!-- <div id="shide-section"></div> -->'), /没有.*位置|没有留|no place/],
    ['is larger than 5 MiB', shell().replace('</body>', `${'x'.repeat(5 << 20)}</body>`), /太大/],
    ['is not UTF-8', Buffer.from(shell(), 'latin1'), /UTF-8|没有.*位置|没有留/],
    ['is empty', '', /./],
  ]) {
    await fact(`doctor: says that a theme ${what}`, async () => {
      page = bytes;
      const found = await doctor(config_for('theme', `http://127.0.0.1:${origin}/`));
      return found.ok === false && words.test(found.do) ? null : found.words;
    });
  }
  for (const [what, bytes] of [
    ['of nearly 5 MiB', shell().replace('</body>', `<!-- ${'x'.repeat(4900 << 10)} --></body>`)],
    ['with broken HTML', `<header><div><p>示例小学<b></div></i><table><tr><div id="shide-section"></p></div></span><footer>页脚<!-- never ends`],
  ]) {
    await fact(`theme: one ${what} does no harm to our page`, async () => {
      page = bytes;
      const data = path.join(scratch, `school-${what.replaceAll(' ', '-')}`), port = await free_port();
      fs.cpSync(school, data, { recursive: true });
      const child = start(path.join(build, 'shided'), ['--config', config_for('broken', `http://127.0.0.1:${origin}/`, { port, data })], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
      const body = await until('the theme around our page', async () => {
        const got = await ask(`http://127.0.0.1:${port}/shide/`).catch(() => ({ body: '' }));
        return got.body.includes('示例小学') && got.body;
      }, 30000);
      await stop(child);
      return body.split('<main id="main"').length === 2 && body.indexOf('示例小学') < body.indexOf('<main id="main"') && body.includes('</html>') ? null : body.slice(0, 500);
    });
  }
  page = shell();
}

// ---- an authority of the district's own ----
function openssl(...args) {
  const done = spawnSync('openssl', args, { encoding: 'utf8', cwd: scratch });
  if (done.status !== 0) throw new Error(done.stderr);
}
async function certificate_facts() {
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=district', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'tls.key', '-out', 'tls.csr');
  openssl('x509', '-req', '-in', 'tls.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '2', '-copy_extensions', 'copy', '-out', 'tls.pem');
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=stranger', '-keyout', 'other.key', '-out', 'other.pem');
  const server = https.createServer({ key: fs.readFileSync(path.join(scratch, 'tls.key')), cert: fs.readFileSync(path.join(scratch, 'tls.pem')) }, answer);
  const url = `https://127.0.0.1:${await listen(server)}/`;
  for (const [what, more, is_well] of [['of no authority named', '', false], ['of another authority', `  ca_file "${scratch}/other.pem"\n`, false], ['of the authority named', `  ca_file "${scratch}/ca.pem"\n`, true]]) {
    await fact(`certificate: one ${what} is ${is_well ? 'trusted' : 'told in words'}`, async () => {
      const found = await doctor(config_for('tls', url, { more }));
      return found.ok === is_well && (is_well || found.do.includes('证书')) ? null : found.words;
    });
  }
  server.closeAllConnections();
  server.close();
}

await run('misbehaviour', async () => {
  fs.writeFileSync(key, `${'k'.repeat(64)}\n`, { mode: 0o640 });
  const account = demo_school(school).accounts.find((one) => one.role === 'homeroom_teacher');
  const server = http.createServer(answer), origin = await listen(server);
  await doctor_facts(origin);
  await section_facts(origin, account);
  await theme_facts(origin);
  await certificate_facts();
  server.closeAllConnections();
  server.close();
});
