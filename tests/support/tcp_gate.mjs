// A gate in a TCP connection that misbehaves as it is told, between a program of ours and the server it calls.
//
//     const gate = await open_gate({ host: '127.0.0.1', port: 8080 });      gate.port -> where to call instead
//     await gate.be('cut 100');      ... call ...      await gate.be('pass');      await gate.close();
//
// From other languages: `node tests/support/tcp_gate.mjs HOST:PORT` prints its port, then reads such words, one line a change, and
// answers each with "now WORDS"; the end of its input ends it. The words:
//     pass              as if it were not there
//     refuse            nobody listens
//     silence           accepts, and never says anything
//     stall N           N bytes of the answer, then nothing more, the connection open
//     cut N             N bytes of the answer, then the end
//     corrupt N         from byte N of the answer on every seventh is another one
//     delay MS          the answer comes so much later
//     drip BYTES MS     the answer comes in such pieces, one every MS
// `share S seed N` after them does so with that share of the connections only (not for refuse), the same ones for the same seed.
import net from 'node:net';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const KINDS = { pass: 0, refuse: 0, silence: 0, stall: 1, cut: 1, corrupt: 1, delay: 1, drip: 2 };

function read_words(words) {
  const [kind, ...rest] = words.trim().split(/\s+/);
  const wanted = KINDS[kind];
  const numbers = rest.slice(0, wanted).map(Number), more = rest.slice(wanted);
  const share = more.length ? Number(more[1]) : 1, seed = more.length ? Number(more[3]) : 0;
  const is_right = wanted !== undefined && numbers.length === wanted && [...numbers, seed].every((one) => Number.isInteger(one) && one >= 0) &&
    (more.length === 0 || (more.length === 4 && more[0] === 'share' && more[2] === 'seed' && share >= 0 && share <= 1 && kind !== 'refuse'));
  if (!is_right) throw new Error(`no such way to misbehave: ${words}`);
  return { kind, numbers, share, seed };
}

// xorshift32: the same connections misbehave in every run.
function random_from(seed) {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return () => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state / 4294967296;
  };
}

// What becomes of the answer of one connection.
function act_on(way, client) {
  const [first, second] = way.numbers;
  let passed = 0, is_over = false, waiting = [], timer = null;
  const drip = () => {
    const all = Buffer.concat(waiting);
    if (!client.destroyed && all.length) client.write(all.subarray(0, first));
    waiting = all.length > first ? [all.subarray(first)] : [];
    if (!waiting.length && is_over) { clearInterval(timer); client.end(); }
  };
  return {
    take(bytes) {
      const room = Math.max(0, first - passed);
      const from = passed;
      passed += bytes.length;
      switch (way.kind) {
        case 'stall': if (room > 0) client.write(bytes.subarray(0, room)); return;
        case 'cut':
          if (room > 0) client.write(bytes.subarray(0, room));
          if (passed >= first) client.destroySoon();
          return;
        case 'corrupt':
          client.write(Buffer.from(bytes.map((byte, i) => (from + i >= first && (from + i) % 7 === 0 ? byte ^ 0x55 : byte))));
          return;
        case 'delay': setTimeout(() => { if (!client.destroyed) client.write(bytes); }, first); return;
        case 'drip':
          waiting.push(bytes);
          timer ??= setInterval(drip, second);
          return;
        default: client.write(bytes);
      }
    },
    end() {
      is_over = true;
      if (way.kind === 'stall' || (way.kind === 'drip' && waiting.length)) return;
      if (way.kind === 'delay') setTimeout(() => client.end(), first);
      else client.end();
    },
    stop() { clearInterval(timer); },
  };
}

export async function open_gate(target) {
  const open = new Set();
  let way = read_words('pass'), random = random_from(0), server = null;
  const gate = { port: 0, connections: 0, misbehaved: 0 };

  function serve(client) {
    gate.connections += 1;
    open.add(client);
    client.on('error', () => {});
    client.on('close', () => open.delete(client));
    const own = way.kind !== 'pass' && random() < way.share ? way : read_words('pass');
    if (own.kind !== 'pass') gate.misbehaved += 1;
    if (own.kind === 'silence' || (own.kind === 'cut' && own.numbers[0] === 0)) {
      client.resume();
      if (own.kind === 'cut') client.once('data', () => client.destroy());
      return;
    }
    const server_side = net.connect(target);
    const answer = act_on(own, client);
    server_side.on('error', () => client.destroy());
    server_side.on('data', (bytes) => answer.take(bytes));
    server_side.on('end', () => answer.end());
    client.on('data', (bytes) => { if (!server_side.write(bytes)) { client.pause(); server_side.once('drain', () => client.resume()); } });
    client.on('end', () => { if (own.kind === 'pass') server_side.end(); });
    client.on('close', () => { answer.stop(); server_side.destroy(); });
  }
  const listen = () => new Promise((done, fail) => {
    server = net.createServer({ allowHalfOpen: true }, serve).on('error', fail);
    server.listen(gate.port, '127.0.0.1', () => { gate.port = server.address().port; done(); });
  });
  const stop_listening = () => new Promise((done) => { server ? server.close(done) : done(); server = null; for (const one of open) one.destroy(); });

  gate.be = async (words) => {
    way = read_words(words);
    random = random_from(way.seed);
    if (way.kind === 'refuse') await stop_listening();
    else if (!server) await listen();
  };
  gate.close = stop_listening;
  await listen();
  return gate;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, host, port] = (process.argv[2] ?? '').match(/^(.+):(\d+)$/) ?? [];
  if (!port) { console.error('tcp_gate: HOST:PORT is wanted'); process.exit(2); }
  const gate = await open_gate({ host, port: Number(port) });
  console.log(gate.port);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      await gate.be(line);
      console.log(`now ${line}`);
    } catch (error) {
      console.log(error.message);
    }
  }
  await gate.close();
}
