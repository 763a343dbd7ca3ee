// Copies of posts in a real WordPress through a bad time: `node tests/long/copies.mjs [POSTS [RESTARTS]]`, by default 60 and 2. So many
// of the calls meet a fault, of every kind the gate knows, that about three of ten attempts fail; WordPress and the section's own
// process are stopped or killed again and again. Each post ends there exactly once, each withdrawn one not at all, and our own pages stay up.
// The last line is "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { open_gate } from '../support/tcp_gate.mjs';
import { fact, pause, root, build, run, scratch, start_shided, stop, until } from '../host/support/host.mjs';

const [POSTS = 60, RESTARTS = 2] = process.argv.slice(2).map(Number);
const WAYS = ['cut 200', 'silence', 'delay 1500', 'stall 100', 'cut 0', 'drip 40 30', 'corrupt 150'];
const SHARE = 0.07;  // of the calls; an attempt is five of them
const EACH = 5000, REFUSED = 500;  // ms
const site = path.join(scratch, 'site'), data = path.join(scratch, 'data'), config = path.join(scratch, 'shide.info');
const program = path.join(root, 'tests/support/wordpress');
const wordpress = (verb, ...args) => {
  const { status, stdout, stderr } = spawnSync(program, [verb, site, ...args], { encoding: 'utf8', timeout: 180000 });
  if (status !== 0) throw new Error(`wordpress ${verb}: ${stderr}`);
  return stdout.trim().split('\n').pop();
};
const all_copies = () => JSON.parse(wordpress('php', path.join(root, 'tests/host/support/inside_wordpress.php'), 'copies', 'shide-'));

// One seed, one course: which posts are withdrawn, and how each process ends.
let state = 20210124;
const dice = (sides) => { state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff; return (state >> 8) % sides; };

let shided = null, gate = null, is_over = false;
const accounts = {}, sessions = {};
const address = (where) => `http://127.0.0.1:${shided.port}/shide${where}`;

async function sign_in(role) {
  const { login, password } = accounts[role];
  const answer = await fetch(address('/api/v1/session'), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) });
  sessions[role] = { cookie: answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; '), csrf: (await answer.json()).csrf };
}
async function publish() {
  const { cookie, csrf } = sessions.union_editor;
  const fields = { csrf, kind: 'answer', title: '午餐温热', quote: '', body: '午餐温热，学校已经在做。', source: '本站原创', act: 'review' };
  const sent = await fetch(address('/editor'), { method: 'POST', redirect: 'manual', headers: { cookie, connection: 'close' }, body: new URLSearchParams(fields) });
  if (sent.status !== 303) throw new Error(`composing: ${sent.status} ${/<p class="error"[^]*?<\/p>|<ul class="wrongs">[^]*?<\/ul>/.exec(await sent.text())}`);
  const post = sent.headers.get('location').split('/').pop();
  await decide(post, 'approve', {});
  return post;
}
async function decide(post, what, body) {
  const { cookie, csrf } = sessions.student_office;
  const answer = await fetch(address(`/api/v1/posts/${post}/${what}`), { method: 'POST', headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify(body) });
  if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}
async function open_section() {
  shided = await start_shided({ real: true, data }, '--config', config);
}

// Until told to stop, one kind of fault after the other.
async function misbehave() {
  for (let i = 0; !is_over; ++i) {
    await gate.be(`${WAYS[i % WAYS.length]} share ${SHARE} seed ${i + 1}`);
    await pause(EACH - REFUSED);
    if (is_over) break;
    await gate.be('refuse');
    await pause(REFUSED);
  }
  await gate.be('pass');
}

// How often the section tried, and for how many errands.
function attempts() {
  const sql = 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("select sum(attempts), count(*) from deliveries").fetchone())';
  return spawnSync('python3', ['-c', sql, path.join(data, 'shide.db')], { encoding: 'utf8' }).stdout.trim().split(' ').map(Number);
}

const own_pages = { asked: 0, failed: [] };
async function ask_own_pages() {
  const began = Date.now();
  const status = await fetch(address('/'), { signal: AbortSignal.timeout(5000), headers: { connection: 'close' } }).then((answer) => answer.status, (error) => error.name);
  own_pages.asked += 1;
  if (status !== 200) own_pages.failed.push(`${status} after ${Date.now() - began} ms`);
}

function course_of(copies) {
  const by_name = new Map();
  for (const one of copies) by_name.set(one.name, [...(by_name.get(one.name) ?? []), one.status]);
  return by_name;
}

await run('copies', async () => {
  for (const verb of ['migrate', 'demo']) {
    const { status, stderr } = spawnSync(path.join(build, 'shidectl'), [verb, '--data', data], { encoding: 'utf8', timeout: 300000 });
    if (status !== 0) throw new Error(`shidectl ${verb}: ${stderr}`);
  }
  for (const one of JSON.parse(fs.readFileSync(path.join(data, 'demo.json'), 'utf8')).accounts) accounts[one.role] ??= one;
  const url = wordpress('start');
  gate = await open_gate({ host: '127.0.0.1', port: Number(new URL(url).port) });
  fs.writeFileSync(config, `demo { enabled on }\nworker { interval_seconds 1 }\npublisher {\n kind wordpress\n url "http://127.0.0.1:${gate.port}/"\n user publisher\n` +
    ` password_file "${path.join(site, 'publisher.password')}"\n category shide\n}\n`);
  await open_section();
  for (const role of ['union_editor', 'student_office']) await sign_in(role);

  const standing = new Set(), withdrawn = new Set();
  const doubled = new Set();
  const note_doubles = () => {
    for (const [name, states] of course_of(all_copies())) if (states.filter((one) => one === 'publish').length > 1) doubled.add(name);
  };
  const began = Date.now();
  const foul = misbehave();
  const rounds = RESTARTS + 1;
  for (let round = 0, number = 0; round < rounds; ++round) {
    for (; number < Math.round((POSTS * (round + 1)) / rounds); ++number) {
      standing.add(await publish());
      if (number % 4 === 3) {  // of all so far, waiting or standing
        const post = [...standing][dice(standing.size)];
        await decide(post, 'withdraw', { reason: '家长要求撤下' });
        standing.delete(post);
        withdrawn.add(post);
      }
      if (number % 5 === 0) await ask_own_pages();
    }
    await pause(2000 + dice(5000));
    if (round === rounds - 1) break;
    if (round % 2 === 0) await stop(shided);
    else { shided.kill('SIGKILL'); await shided.ended; }
    const parts = [['apache'], ['php'], ['database'], []][dice(4)];
    wordpress('stop', ...parts);
    await open_section();
    for (let i = 0; i < 5; ++i) { await ask_own_pages(); await pause(600); }
    wordpress('resume');
    note_doubles();
  }
  is_over = true;
  await foul;
  /// Goes on asking, under faults, until all is as it should be there.
  async function settle() {
    is_over = false;
    const still_foul = misbehave();
    let wrong = 'nothing was looked at';
    for (const end = Date.now() + 45 * 60000; wrong && Date.now() < end; await pause(3000)) {
      const course = course_of(all_copies());
      const missing = [...standing].filter((post) => !course.get(`shide-${post}`)?.includes('publish')).length, left = [...withdrawn].filter((post) => course.has(`shide-${post}`)).length;
      wrong = missing + left > 0 ? `missing ${missing}, left ${left}` : null;
      await ask_own_pages();
      note_doubles();
    }
    is_over = true;
    await still_foul;
    return wrong;
  }
  await fact(`copies: ${POSTS} posts through faults in three of ten attempts and ${RESTARTS} restarts of WordPress and of the section all come there`, settle);
  await fact('copies: a quarter of what stands is withdrawn under the same faults, and goes', async () => {
    for (const post of [...standing].filter((_, i) => i % 4 === 0)) {
      await decide(post, 'withdraw', { reason: '家长要求撤下' });
      standing.delete(post);
      withdrawn.add(post);
    }
    return settle();
  });
  const [tried, errands] = attempts();
  console.log(`   ${standing.size} stand, ${withdrawn.size} are withdrawn, ${errands} errands took ${tried} attempts over ${gate.connections} connections of which ${gate.misbehaved} misbehaved, ${Math.round((Date.now() - began) / 1000)} s`);
  await fact('copies: each exactly once, without a draft, and no post ever twice', () => {
    const course = course_of(all_copies());
    const wrong = [...course].filter(([, states]) => states.length !== 1 || states[0] !== 'publish');
    if (course.size !== standing.size) return `${course.size} names for ${standing.size} posts`;
    return wrong.length || doubled.size ? `${JSON.stringify(wrong.slice(0, 3))}, ${doubled.size} were double` : null;
  });
  await fact('copies: what is withdrawn is nowhere there', () => {
    const course = course_of(all_copies());
    const left = [...withdrawn].filter((post) => course.has(`shide-${post}`));
    return withdrawn.size > 0 && left.length === 0 ? null : `${left.length} of ${withdrawn.size} stand`;
  });
  await fact('copies: our own pages stay up all the while', () => (own_pages.asked > 10 && own_pages.failed.length === 0 ? null : `${own_pages.failed.length} of ${own_pages.asked}: ${own_pages.failed.slice(0, 3)}`));
}, async () => {
  is_over = true;
  await gate?.close();
  if (fs.existsSync(site)) spawnSync(program, ['stop', site]);
});
