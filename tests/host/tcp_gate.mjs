// The gate of tests/support/tcp_gate.mjs does what it says, or what is tried behind it proves nothing.
// The last line is "N passed, N failed, N skipped".
import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { fact, root, run } from './support/host.mjs';
import { open_gate } from '../support/tcp_gate.mjs';

const ANSWER = Buffer.from('0123456789'.repeat(30));

// Asks once, and tells what came, when the first and the last byte did, and how it ended: "end", "error" or "open" after `patience`.
function ask(port, patience = 400) {
  return new Promise((done) => {
    const began = Date.now(), chunks = [];
    let first = null;
    const socket = net.connect(port, '127.0.0.1', () => socket.write('ask'));
    const finish = (how) => { clearTimeout(timer); socket.destroy(); done({ how, text: Buffer.concat(chunks).toString(), first: first && first - began, took: Date.now() - began }); };
    const timer = setTimeout(() => finish('open'), patience);
    socket.on('data', (chunk) => { first ??= Date.now(); chunks.push(chunk); });
    socket.on('end', () => finish('end'));
    socket.on('error', () => finish('error'));
  });
}

await run('tcp_gate', async () => {
  const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(ANSWER)));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const whole = ANSWER.toString(), gate = await open_gate({ host: '127.0.0.1', port: server.address().port });
  const tells = (words, is_right, patience) => fact(`gate: ${words}`, async () => {
    await gate.be(words);
    const got = await ask(gate.port, patience);
    return is_right(got) ? null : JSON.stringify(got);
  });
  await tells('pass', ({ how, text }) => how === 'end' && text === whole);
  await tells('refuse', ({ how, text }) => how === 'error' && text === '');
  await tells('pass', ({ how, text }) => how === 'end' && text === whole);
  await tells('silence', ({ how, text }) => how === 'open' && text === '');
  await tells('stall 100', ({ how, text }) => how === 'open' && text === whole.slice(0, 100));
  await tells('cut 0', ({ how, text }) => how !== 'open' && text === '');
  await tells('cut 100', ({ how, text }) => how !== 'open' && text === whole.slice(0, 100));
  await tells('corrupt 50', ({ how, text }) => how === 'end' && text.length === whole.length && text.slice(0, 50) === whole.slice(0, 50) && text.slice(50) !== whole.slice(50));
  await tells('delay 200', ({ how, text, first }) => how === 'end' && text === whole && first >= 195, 2000);
  await tells('drip 30 20', ({ how, text, first, took }) => how === 'end' && text === whole && took - first >= 150, 5000);
  await tells('pass', ({ how, text }) => how === 'end' && text === whole);
  await fact('gate: a share of the connections, the same ones for the same seed', async () => {
    const series = async (seed) => {
      await gate.be(`cut 10 share 0.3 seed ${seed}`);
      const all = [];
      for (let i = 0; i < 60; ++i) all.push((await ask(gate.port)).text.length === 10 ? 'x' : '.');
      return all.join('');
    };
    const [one, again, other] = [await series(7), await series(7), await series(8)];
    const share = one.split('x').length - 1;
    return one === again && one !== other && share > 8 && share < 30 ? null : `${one} ${again} ${other}`;
  });
  for (const words of ['', 'burn', 'cut', 'cut x', 'cut -1', 'drip 3', 'pass 1', 'cut 1 share 2 seed 1', 'refuse share 0.5 seed 1']) {
    await fact(`gate: "${words}" is refused`, () => gate.be(words).then(() => 'it is taken', (error) => (/no such way/.test(error.message) ? null : error.message)));
  }
  await fact('gate: by lines from another program', async () => {
    const child = spawn(process.execPath, [path.join(root, 'tests/support/tcp_gate.mjs'), `127.0.0.1:${server.address().port}`], { stdio: ['pipe', 'pipe', 'inherit'] });
    let words = '';
    child.stdout.on('data', (chunk) => { words += chunk; });
    const come = async (pattern) => { while (!pattern.test(words)) await new Promise((done) => child.stdout.once('data', done)); };
    await come(/^\d+\n/);
    const port = Number(words.split('\n')[0]), first = await ask(port);
    child.stdin.write('cut 100\n');
    await come(/now cut 100\n/);
    const second = await ask(port);
    child.stdin.end();
    const code = await new Promise((done) => child.on('exit', done));
    return first.text === whole && second.text === whole.slice(0, 100) && code === 0 ? null : `${first.text.length} ${second.text.length} ${code}`;
  });
  await gate.close();
  server.close();
});
