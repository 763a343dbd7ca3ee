// The hosts around the door: the plain C host, memory running out, recorded conversations through the door and shided, and what
// shided and shidectl owe on their own. The last line is "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { ask_door, build, environment, exchange, fact, get, library, lines_of, parse, replay, report, run, scratch, start, start_shided, stop, until } from './support/host.mjs';

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

await run('host', async () => {
  facts_of(path.join(build, 'host/plain_host'), [library]);
  facts_of(path.join(build, 'host/out_of_memory'), []);
  await replay('door', ask_door);
  await console_facts();
  await shided_beginnings();
  await shided_facts();
});
