// One sign-in as a school with one server has it: WordPress in a folder of its site, and mod_shide inside WordPress's own Apache. Then
// what may come instead of a good ticket, accounts that go away in mid-session, keys that cannot be used, and a connection from the site
// to the section that misbehaves in every way. The last line is "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { apache_is_there, demo_school, modules } from './support/apache.mjs';
import { browser_of, hidden } from './support/browser.mjs';
import { build, fact, root, run, scratch, skip, until } from './support/host.mjs';
import { open_gate } from '../support/tcp_gate.mjs';

const site = path.join(scratch, 'site'), wordpress = path.join(root, 'tests/support/wordpress'), school = path.join(scratch, 'school');
const config = path.join(scratch, 'shide.info'), key_file = path.join(scratch, 'site.key');
let url = '', section = '', password = '', account = null;
const Browser = browser_of(() => url);

function call(program, args) {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: 120000, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return { status: done.status, out: done.stdout ?? '', err: done.stderr ?? '' };
}
const shidectl = (...args) => call(path.join(build, 'shidectl'), [...args, '--config', config]);
function inside(...args) {
  const done = call(wordpress, ['php', site, path.join(root, 'tests/host/support/inside_wordpress.php'), ...args]);
  if (done.status !== 0) throw new Error(`inside ${args[0]}: ${done.err || done.out}`);
  return JSON.parse(done.out.trim().split('\n').pop());
}
function write_key(file, text, mode = 0o640) {
  fs.writeFileSync(file, `${text}\n`, { mode });
  fs.chmodSync(file, mode);
  if (process.getuid() === 0) fs.chownSync(file, 0, Number(call('id', ['-g', 'www-data']).out));
}
const bridge = (more) => inside('settings', JSON.stringify({ section_url: section, key_file, count: '5', ...more }));

async function begin() {
  account = demo_school(school).accounts.find((one) => one.role === 'homeroom_teacher');
  const started = call(wordpress, ['start', site, 'wp']);
  if (started.status !== 0) throw new Error(started.err);
  url = started.out.trim().split('\n').pop();
  section = `${new URL(url).origin}/shide`;
  password = fs.readFileSync(path.join(site, 'teacher.password'), 'utf8').trim();
  write_key(key_file, crypto.randomBytes(32).toString('hex'));
  fs.writeFileSync(config, `data { directory "${school}" }\ndemo { enabled on }\nsite {\n  bridge_url "${url}/"\n  ticket_key_file "${key_file}"\n  theme on\n}\n`);
  fs.writeFileSync(path.join(site, 'apache/section.conf'), `LoadModule shide_module ${build}/mod_shide.so\n<Location "/shide">\n  SetHandler shide\n  ShideConfig ${config}\n  RewriteEngine Off\n</Location>\n`);
  call(wordpress, ['reload', site]);
  await until('the section inside the site', async () => (await fetch(`${section}/ready`).catch(() => null))?.status === 200);
  inside('activate');
  bridge({});
}

const is_in = async (browser) => (await browser.open(`${section}/my`)).status === 200;
async function arrive() {
  const browser = new Browser();
  await browser.sign_in_at_site('teacher', password);
  const landed = await browser.follow(`${section}/site/sign-in?return=%2Fmy`);
  return { browser, landed };
}

async function inside_facts() {
  await fact('inside Apache: who the section does not know yet is asked once; a wrong password opens nothing', async () => {
    const { browser, landed } = await arrive();
    if (landed.status !== 200 || !landed.body.includes('/site/link')) return `${landed.status} ${browser.way.join(' ')}`;
    const csrf = hidden(landed.body, 'csrf');
    const wrong = await browser.send(`${section}/site/link`, { csrf, login: account.login, password: 'not-the-password', return: '/my' });
    if (wrong.status < 400 || (await is_in(browser)) || !wrong.body.includes(account.login)) return `a wrong password: ${wrong.status}`;
    const linked = await browser.send(`${section}/site/link`, { csrf: hidden(wrong.body, 'csrf') || csrf, login: account.login, password: account.password, return: '/my' });
    return linked.status === 303 && (await is_in(browser)) ? null : `linking: ${linked.status}`;
  });
  await fact('inside Apache: from then on the site in its folder brings the teacher in, and nothing of it is taken for the other', async () => {
    const { browser, landed } = await arrive();
    const front = await browser.open(`${url}/`), missing = await browser.open(`${url}/no-such-page/`);
    if (landed.address !== `${section}/my` || landed.status !== 200) return `${landed.status} ${browser.way.join(' ')}`;
    return front.status === 200 && missing.status === 404 && !missing.headers.get('x-request-id') ? null : `the site: ${front.status} ${missing.status}`;
  });
  await fact('inside Apache: signing out on either side signs out on both', async () => {
    const { browser } = await arrive();
    const out = (await browser.open(`${url}/`)).body.match(/wp-login\.php\?action=logout[^"']*/)[0].replaceAll('&#038;', '&').replaceAll('&amp;', '&');
    await browser.open(`${url}/${out}`);
    await until('the end of the session', async () => !(await is_in(browser)), 5000);
    const { browser: other } = await arrive();
    const left = await other.send(`${section}/logout`, { csrf: hidden((await other.open(`${section}/my`)).body, 'csrf') });
    const landed = await other.follow(left.headers.get('refresh').replace('0; url=', ''));
    return landed.address === `${section}/` && (await other.open(`${url}/wp-admin/profile.php`)).status === 302 ? null : landed.address;
  });
  await fact('inside Apache: the worker beside it fetches the theme of the folder', async () => {
    const worker = shidectl('worker', '--once');
    if (worker.status !== 0) return worker.err;
    const page = await until('the theme', async () => {  // looked for every few seconds
      const one = await new Browser().open(`${section}/`);
      return one.body.includes('wp-site-blocks') && one;
    });
    return page.body.includes(`${url}/`) ? null : page.body.slice(0, 500);
  });
}

// ---- tickets ----
async function ticket_facts() {
  const now = () => Math.floor(Date.now() / 1000);
  // A ticket for this browser's own nonce, signed with `key`, with some fields other than they should be.
  async function enter(change = {}, { key = fs.readFileSync(key_file, 'utf8').trim(), kind = 'shide ticket 1', drop } = {}) {
    const browser = new Browser();
    const nonce = new URL((await browser.open(`${section}/site/sign-in`)).to).searchParams.get('nonce');
    const fields = { user: '2', session: 'abcdef', issued: String(now()), nonce, return: '', ...change };
    const mac = crypto.createHmac('sha256', key).update([kind, ...Object.values(fields)].join('\n')).digest('hex');
    const query = new URLSearchParams({ ...fields, mac });
    if (drop) query.delete(drop);
    return { browser, answer: await browser.open(`${section}/site/enter?${query}`) };
  }
  const FORGED = '不是学校网站给的', OLD = '过了一分钟';
  for (const [what, change, how, words] of [
    ['signed with another key', {}, { key: 'k'.repeat(64) }, FORGED],
    ['signed with the key and its line end', {}, { key: `${'k'.repeat(64)}\n` }, FORGED],
    ['signed for leaving', {}, { kind: 'shide sign-out 1' }, FORGED],
    ['without a session', { session: '' }, {}, FORGED],
    ['about a user who is no number', { user: "2' OR 1=1" }, {}, FORGED],
    ['about a negative user', { user: '-1' }, {}, FORGED],
    ['with a line break in it', { session: 'abc\ndef' }, {}, FORGED],
    ['with a way back of ten thousand letters', { return: `/${'x'.repeat(3000)}` }, {}, FORGED],
    ['of a time that is no number', { issued: '1e9' }, {}, FORGED],
    ['of an hour ago', { issued: String(now() - 3600) }, {}, OLD],
    ['of tomorrow', { issued: String(now() + 86400) }, {}, OLD],
    ['for a nonce of somebody else', { nonce: 'a'.repeat(24) }, {}, '不是给这个浏览器的'],
    ...['user', 'session', 'issued', 'nonce', 'mac'].map((drop) => [`without its ${drop}`, {}, { drop }, FORGED]),
  ]) {
    await fact(`ticket: one ${what} is refused in words`, async () => {
      const { browser, answer } = await enter(change, how);
      if (await is_in(browser)) return 'let in';
      return answer.status === 403 && answer.body.includes(words) ? null : `${answer.status} ${answer.body.match(/<main[\s\S]{0,600}/)?.[0]}`;
    });
  }
  await fact('ticket: a good one counts once, also when it comes five times at once', async () => {
    const browser = new Browser();
    await browser.sign_in_at_site('teacher', password);
    const sent = await browser.open(`${section}/site/sign-in?return=%2Fmy`);
    const ticket = (await browser.open(sent.to)).to;
    const all = await Promise.all(Array.from({ length: 5 }, () => browser.open(ticket)));
    const statuses = all.map((one) => one.status).sort().join(' ');
    return statuses === '303 403 403 403 403' && all.some((one) => one.body.includes('已经用过')) ? null : statuses;
  });
}

// ---- somebody goes in mid-session ----
async function account_facts() {
  await fact('account: one disabled in the section ends the session, and the site cannot bring it back', async () => {
    const { browser } = await arrive();
    if (!(await is_in(browser))) return 'not in to begin with';
    const disabled = shidectl('user', 'disable', account.login);
    const still = await is_in(browser);
    const again = await browser.follow(`${section}/site/sign-in?return=%2Fmy`);
    const enabled = shidectl('user', 'enable', account.login);
    if (disabled.status !== 0 || enabled.status !== 0) return `${disabled.err} ${enabled.err}`;
    if (still) return 'the session goes on';
    return again.status === 403 && again.body.includes('已经停用') ? null : `${again.status} ${again.address}`;
  });
  await fact('account: one that loses its role at the site in mid-session is put out, and told why', async () => {
    const { browser } = await arrive();
    inside('role', 'teacher', 'subscriber');
    await until('the end of the session', async () => !(await is_in(browser)), 5000);
    const refused = await browser.follow(`${section}/site/sign-in`);
    inside('role', 'teacher', 'author');
    return refused.status === 403 && refused.body.includes('教职工') ? null : `${refused.status}`;
  });
}

// ---- the key, after everything was set up ----
async function key_facts() {
  const spare = path.join(scratch, 'another.key');
  await fact('key: two sides with different keys, and the section says whose ticket it is not', async () => {
    write_key(spare, crypto.randomBytes(32).toString('hex'));
    bridge({ key_file: spare });
    const { browser, landed } = await arrive();
    bridge({});
    return landed.status === 403 && landed.body.includes('不是学校网站给的') && !(await is_in(browser)) ? null : `${landed.status} ${landed.address}`;
  });
  for (const [what, spoil] of [
    ['is gone', () => fs.rmSync(spare)],
    ['is open to everybody', () => write_key(spare, 'x'.repeat(64), 0o644)],
    ['is too short', () => write_key(spare, 'short')],
    ['is empty', () => write_key(spare, '')],
  ]) {
    await fact(`key: one of the site that ${what} later is told there, and nobody is signed in with it`, async () => {
      write_key(spare, crypto.randomBytes(32).toString('hex'));
      bridge({ key_file: spare });
      spoil();
      const { browser, landed } = await arrive();
      bridge({});
      return landed.status === 503 && landed.address.startsWith(url) && !(await is_in(browser)) ? null : `${landed.status} ${landed.address}`;
    });
  }
  await fact('key: with the right one again everything is as before', async () => ((await is_in((await arrive()).browser)) ? null : 'not in'));
}

// ---- the site reaches the section through a connection that misbehaves ----
async function gate_facts() {
  const gate = await open_gate({ host: '127.0.0.1', port: Number(new URL(url).port) });
  const address = inside('page', '<p>around</p>[shide_section]');
  bridge({ inner_url: `http://127.0.0.1:${gate.port}/shide` });
  for (const way of ['pass', 'refuse', 'silence', 'stall 30', 'stall 500', 'cut 0', 'cut 500', 'corrupt 0', 'delay 500', 'drip 20 100']) {
    await fact(`site: while its way to the section does "${way}", its pages stand and one signs in`, async () => {
      await gate.be(way);
      inside('forget');
      const began = Date.now(), page = await new Browser().open(address), took = Date.now() - began;
      const shows = page.body.includes('/shide/posts/'), says = page.body.includes('现在读不到列表。');
      if (page.status !== 200 || !page.body.includes('around') || took > 5000) return `${page.status} after ${took} ms`;
      if (way === 'pass' || way.startsWith('delay') ? !shows : !says) return `${shows ? 'shows pieces' : ''} ${says ? 'says it cannot' : ''}`;
      const { landed } = await arrive();
      return landed.address === `${section}/my` && landed.status === 200 ? null : `${landed.status} ${landed.address}`;
    });
  }
  await fact('site: a sign-out it could not tell is told when the way is back', async () => {
    await gate.be('refuse');
    const { browser } = await arrive();
    inside('end_sessions', 'teacher');
    const still = await is_in(browser);
    await gate.be('pass');
    await until('the end of the session', async () => {
      await new Browser().open(`${url}/wp-cron.php`);  // as a visit of the site does, where cron is not turned off as in this test
      return !(await is_in(browser));
    }, 40000);
    return still ? null : 'it was told through a closed gate';
  });
  await gate.close();
  bridge({});
}

await run('sign_in', async () => {
  if (!apache_is_there || !fs.existsSync(path.join(modules, 'mod_proxy_fcgi.so'))) return skip('sign_in: Apache or mod_shide.so is not there');
  await begin();
  await inside_facts();
  await ticket_facts();
  await account_facts();
  await key_facts();
  await gate_facts();
}, () => call(wordpress, ['stop', site]));
