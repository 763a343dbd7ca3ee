// shided behind Apache's mod_proxy and behind nginx, with the very files of packaging/httpd and packaging/nginx: the recorded
// conversations, who is believed about whom, TLS that ends at the proxy, large and chunked bodies, shided going away and coming back.
// The last line is "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { demo_school, httpd, modules } from './support/apache.mjs';
import { exchange, fact, get, parse, replay, report, root, run, scratch, skip, start, start_shided, stop, until } from './support/host.mjs';
import { make_certificate } from '../support/certificate.mjs';
import { free_port } from '../support/free_port.mjs';
import { nginx, packaged, write_nginx } from '../support/nginx.mjs';

const user = process.getuid() === 0 ? { uid: Number(spawnSync('id', ['-u', 'www-data'], { encoding: 'utf8' }).stdout), gid: Number(spawnSync('id', ['-g', 'www-data'], { encoding: 'utf8' }).stdout) } : {};
const school = path.join(scratch, 'school');
let tls;

function folder_of(name) {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder);
  if (user.uid) fs.chownSync(folder, user.uid, user.gid);
  return folder;
}

async function start_nginx(shided_port) {
  const { port, tls_port, args } = await write_nginx(folder_of('nginx'), shided_port, tls);
  return { port, tls_port, child: start(nginx, args, user) };
}

async function start_proxying_apache(shided_port) {
  const folder = folder_of('apache'), port = await free_port(), tls_port = await free_port();
  fs.writeFileSync(path.join(folder, 'shide-proxy.conf'), packaged('httpd/shide-proxy.conf', shided_port));
  fs.writeFileSync(path.join(folder, 'httpd.conf'), `ServerRoot "${folder}"
ServerName localhost
Listen 127.0.0.1:${port}
Listen 127.0.0.1:${tls_port}
PidFile "${folder}/httpd.pid"
DefaultRuntimeDir "${folder}"
Mutex posixsem
ErrorLog "${folder}/error.log"
${['mpm_event', 'authz_core', 'env', 'rewrite', 'headers', 'proxy', 'proxy_http', 'socache_shmcb', 'ssl'].map((one) => `LoadModule ${one}_module ${modules}/mod_${one}.so`).join('\n')}
<VirtualHost 127.0.0.1:${port}>
  Include "${folder}/shide-proxy.conf"
</VirtualHost>
<VirtualHost 127.0.0.1:${tls_port}>
  SSLEngine on
  SSLCertificateFile "${tls.certificate}"
  SSLCertificateKeyFile "${tls.key}"
  Include "${folder}/shide-proxy.conf"
</VirtualHost>
`);
  return { port, tls_port, child: start(httpd, ['-d', folder, '-f', path.join(folder, 'httpd.conf'), '-D', 'FOREGROUND'], { detached: true, ...user }) };
}

function get_by_tls(port, target, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const request = https.request({ host: '127.0.0.1', port, path: target, method, agent: false, ca: fs.readFileSync(tls.ca), headers: { host: `localhost:${port}`, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => { text += piece; });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, cookies: answer.headers['set-cookie'] ?? [], body: text }));
    });
    request.on('error', fail);
    request.end(body);
  });
}
const asked_with = (port, target, lines, options) => exchange(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${lines.map((one) => `${one}\r\n`).join('')}Connection: close\r\n\r\n`, options).then(parse);

async function profile_facts(name, start_proxy) {
  let shided = await start_shided('--set', 'server.trusted_proxy=127.0.0.1');
  const proxy = await start_proxy(shided.port);
  const { port, tls_port } = proxy;
  await until(`${name}`, async () => {
    if (proxy.child.exitCode !== null) throw new Error(`it ended: ${proxy.child.words}`);
    return (await get(port, '/shide/health').catch(() => ({ status: 0 }))).status === 200;
  });
  await replay(name, (bytes) => exchange(port, bytes));
  await fact(`${name}: what is not ours does not come to us`, async () => {
    const answer = await get(port, '/elsewhere');
    return answer.status === 404 && !answer.headers.get('x-request-id') ? null : `status ${answer.status}`;
  });
  await fact(`${name}: a body without a length arrives with one`, async () => {
    const answer = parse(await exchange(port, 'POST /shide/api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{"\r\n1\r\n:\r\n0\r\n\r\n'));
    return answer.status === 422 ? null : `status ${answer.status}: ${answer.body.slice(0, 200)}`;
  });
  if (name === 'nginx') await fact(`${name}: a phone that sends slowly keeps no thread of shided`, async () => {
    const slow = [];
    for (let i = 0; i < 20; ++i) {
      slow.push(exchange(port, 'POST /shide/api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2000\r\nConnection: close\r\n\r\n{"login": "', { limit: 3000 }).catch(() => null));
    }
    const sockets = fs.readdirSync(`/proc/${shided.pid}/fd`).filter((one) => { try { return fs.readlinkSync(`/proc/${shided.pid}/fd/${one}`).startsWith('socket'); } catch { return false; } }).length;
    const answer = await get(port, '/shide/health');
    await Promise.all(slow);
    if (answer.status !== 200) return `status ${answer.status}`;
    return sockets > 10 ? `${sockets} sockets of shided are held` : null;
  });

  // ---- who is believed about whom: the demo answers this machine only, so it shows whom shided takes for the visitor ----
  await stop(shided);
  await fact(`${name}: while shided is away the answer is an error of the proxy, at once`, async () => {
    const began = Date.now(), answer = await get(port, '/shide/health');
    return [502, 503, 504].includes(answer.status) && Date.now() - began < 6000 ? null : `status ${answer.status}`;
  });
  shided = await start_shided({ real: true, data: school }, '--demo', '--set', 'server.trusted_proxy=127.0.0.1', '--set', `server.port=${shided.port}`);
  await fact(`${name}: when it is back it answers again`, async () => {
    await until('an answer', async () => (await get(port, '/shide/health')).status === 200, 70000);
    return null;
  });
  for (const line of ['X-Forwarded-For: 192.0.2.7', 'X-Forwarded-For: 192.0.2.7, 192.0.2.8', 'Forwarded: for=192.0.2.7;proto=https', 'X-Real-IP: 192.0.2.7', 'X-Forwarded-Host: elsewhere.example']) {
    await fact(`${name}: a visitor's own "${line}" is not believed`, async () => {
      const answer = await asked_with(port, '/shide/login', [line]);
      return answer.status === 200 && !answer.body.includes('elsewhere.example') ? null : `status ${answer.status}`;
    });
  }
  await fact(`${name}: a visitor's own X-Forwarded-Proto makes no secure connection`, async () => {
    const answer = await asked_with(port, '/shide/login', ['X-Forwarded-Proto: https']);
    return answer.headers.get('set-cookie') && !/secure/i.test(answer.headers.get('set-cookie')) ? null : answer.headers.get('set-cookie');
  });
  await fact(`${name}: past the proxy, another peer is not believed at all`, async () => {
    const answer = await asked_with(shided.port, '/shide/login', ['X-Forwarded-For: 192.0.2.7', 'X-Forwarded-Proto: https'], { from: '127.0.0.2' });
    return answer.status === 200 && !/secure/i.test(answer.headers.get('set-cookie')) ? null : `${answer.status} ${answer.headers.get('set-cookie')}`;
  });

  // ---- TLS ends at the proxy ----
  await fact(`${name}: by TLS every cookie is Secure, and of this host only`, async () => {
    const answer = await get_by_tls(tls_port, '/shide/login');
    return answer.status === 200 && answer.cookies.length > 0 && answer.cookies.every((one) => /^__(Host|Secure)-.*; Secure/i.test(one)) ? null : `${answer.status} ${answer.cookies}`;
  });
  const form = async (origin) => {
    const page = await get_by_tls(tls_port, '/shide/login');
    const csrf = page.body.match(/name="csrf" value="([^"]+)"/)[1];
    return get_by_tls(tls_port, '/shide/login', { method: 'POST', body: new URLSearchParams({ csrf, login: 'nobody', password: 'not-the-password' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: page.cookies.map((one) => one.split(';')[0]).join('; '), ...(origin ? { origin } : {}) } });
  };
  await fact(`${name}: by TLS a form of the site itself is taken, one of elsewhere is not`, async () => {
    const own = await form(`https://localhost:${tls_port}`), other = await form('https://elsewhere.example');
    return own.status === 422 || own.status === 401 || own.status === 200 ? (other.status === 403 ? null : `elsewhere: ${other.status}`) : `own: ${own.status} ${own.body.slice(0, 300)}`;
  });
  await stop(shided);
  await stop(proxy.child);
}

await run('proxies', async () => {
  tls = make_certificate(scratch, user);
  demo_school(school);
  for (const [name, is_there, start_proxy] of [['nginx', nginx, start_nginx], ['Apache as a proxy', httpd && modules, start_proxying_apache]]) {
    if (!is_there) { skip(`${name}: it is not installed`); continue; }
    try {
      await profile_facts(name, start_proxy);
    } catch (error) {
      report(name, error.stack);
    }
  }
});
