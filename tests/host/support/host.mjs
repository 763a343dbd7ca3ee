// What the scripts of tests/host share: facts and their count, a raw exchange over TCP, the recorded conversations, programs that are
// started and surely ended. SHIDE_BUILD names the build (build-test). Needs no package of npm.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const build = path.resolve(process.env.SHIDE_BUILD ?? path.join(root, 'build-test'));
export const library = path.join(build, 'host/libshide.so');
// The module with the ports of these tests; without LD_LIBRARY_PATH a program finds the real one beside itself.
export const environment = { ...process.env, LD_LIBRARY_PATH: path.join(build, 'host'), LC_ALL: 'C.UTF-8' };
export const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-host-'));
fs.chmodSync(scratch, 0o755);
const counts = { passed: 0, failed: 0, skipped: 0 };
const steps = [];  // the report, for tests/checks/requirements_covered.py
const children = new Set();

export function report(name, problem) {
  if (problem) console.log(`not ok ${name}: ${problem}`);
  else console.log(`ok ${name}`);
  counts[problem ? 'failed' : 'passed'] += 1;
  steps.push({ name, passed: !problem });
}
export function skip(name) {
  console.log(`skipped: ${name}`);
  counts.skipped += 1;
}
export async function fact(name, work) {
  try {
    report(name, await work());
  } catch (error) {
    report(name, error.message);
  }
}
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// ---- a raw exchange over TCP: what is sent is exactly what the test says ----
export function exchange(port, bytes, { from = '127.0.0.1', to = '127.0.0.1', limit = 15000 } = {}) {
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
export function parse(raw) {
  const split = raw.indexOf('\r\n\r\n') >= 0 ? [raw.indexOf('\r\n\r\n'), 4] : [raw.indexOf('\n\n'), 2];
  const [status, ...lines] = raw.subarray(0, Math.max(split[0], 0)).toString('latin1').split(/\r?\n/);
  const headers = new Map();
  for (const line of lines) headers.set(line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim());
  return { status: Number(status.split(' ')[1] ?? 0), headers, body: raw.subarray(split[0] + split[1]).toString('utf8') };
}
export const get = async (port, target, options) =>
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
const conversations = fs.readdirSync(path.join(root, 'tests/host/conversations')).filter((file) => file.endsWith('.http')).sort()
  .map((file) => read_conversation(path.join(root, 'tests/host/conversations', file)));

// What the door itself answers: all other hosts must give the same bytes.
const bodies = new Map();
export function ask_door(bytes) {
  return spawnSync(path.join(build, 'host/plain_host'), [library, 'say'], { env: environment, input: bytes, timeout: 20000, maxBuffer: 1 << 24 }).stdout;
}
export async function replay(host, ask) {
  for (const conversation of conversations) {
    await fact(`${host}: ${conversation.name}`, async () => {
      const answer = parse(await ask(conversation.bytes));
      const wrong = difference(conversation, answer);
      if (wrong) return wrong;
      if (!bodies.has(conversation.file)) bodies.set(conversation.file, parse(ask_door(conversation.bytes)).body);
      return answer.body === bodies.get(conversation.file) ? null : `another body than the door's: ${answer.body.slice(0, 300)}`;
    });
  }
}

// ---- programs ----
export function start(program, args, options = {}) {
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.words = '';
  child.stdout.on('data', (chunk) => { child.words += chunk; });
  child.stderr.on('data', (chunk) => { child.words += chunk; });
  child.ended = new Promise((done) => child.on('exit', (code, signal) => { children.delete(child); done(code ?? signal); }));
  child.on('error', (error) => { child.words += error.message; });
  children.add(child);
  return child;
}
export async function stop(child, limit = 15000) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const code = await child.ended;
  clearTimeout(timer);
  return code;
}
export async function until(what, condition, limit = 15000) {
  for (const end = Date.now() + limit; Date.now() < end; await pause(20)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`${what} did not come`);
}
export const lines_of = (text) => text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

// `real`: the module of the build instead of the tests', on the folder `data`.
export async function start_shided(...args) {
  const { real = false, data = scratch } = typeof args[0] === 'object' ? args.shift() : {};
  const options = real ? { env: { ...process.env, LC_ALL: 'C.UTF-8' } } : {};
  const child = start(path.join(build, 'shided'), ['--data', data, '--port', '0', ...args], options);
  const line = await until('the start of shided', () => {
    if (child.exitCode !== null) throw new Error(`shided ended: ${child.words}`);
    return lines_of(child.words).find((one) => one.event === 'started');
  });
  child.port = Number(line.detail.match(/:(\d+)\//)[1]);
  return child;
}

// Runs `work`, then `at_end`, ends what was started, writes the report, and says the count.
export async function run(name, work, at_end = () => {}) {
  async function clean_up() {
    await at_end();
    for (const child of children) child.kill('SIGKILL');
    await Promise.all([...children].map((child) => child.ended));
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => clean_up().finally(() => process.exit(1)));
  try {
    await work();
  } catch (error) {
    report(name, error.stack);
  } finally {
    await clean_up();
  }
  if (process.env.SHIDE_RESULTS) fs.writeFileSync(path.join(process.env.SHIDE_RESULTS, `${name}.json`), `${JSON.stringify({ steps }, null, 2)}\n`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
