// The bridge in a real WordPress (tests/support/wordpress) beside a real shided with the demo school: menu, pieces, one sign-in and
// out again in both directions, the theme around the public pages, copies of posts and their end, what goes wrong in words, and that
// nothing is left behind.
// SHIDE_BUILD names the build (build-test). Needs no package of npm. The last line is "N passed, N failed, N skipped".
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser_of, hidden } from './support/browser.mjs';
import { make_certificate } from '../support/certificate.mjs';
import { free_port } from '../support/free_port.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const build = path.resolve(process.env.SHIDE_BUILD ?? path.join(root, 'build-test'));
const bridge = path.join(root, 'packaging/wordpress/shide');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-wordpress-'));
fs.chmodSync(scratch, 0o755);
const site = path.join(scratch, 'site');
const wordpress = path.join(root, 'tests/support/wordpress');
const counts = { passed: 0, failed: 0, skipped: 0 };
const steps = [];
let shided = null;

function report(name, problem) {
  console.log(problem ? `not ok ${name}: ${problem}` : `ok ${name}`);
  counts[problem ? 'failed' : 'passed'] += 1;
  steps.push({ name, passed: !problem });
}
async function fact(name, work) {
  try {
    report(name, await work());
  } catch (error) {
    report(name, error.stack.split('\n').slice(0, 3).join(' | '));
  }
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(what, condition, limit = 20000) {
  for (const end = Date.now() + limit; Date.now() < end; await pause(50)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`${what} did not come`);
}
function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: 120000, ...options });
  return { status: done.status, out: done.stdout ?? '', err: done.stderr ?? '' };
}
const shidectl = (...args) => run(path.join(build, 'shidectl'), args, { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
function inside(...args) {
  const done = run(wordpress, ['php', site, path.join(here, 'support/inside_wordpress.php'), ...args]);
  if (done.status !== 0) throw new Error(`inside ${args[0]}: ${done.err || done.out}`);
  return JSON.parse(done.out.trim().split('\n').pop());
}

const Browser = browser_of(() => url);

// ---- what is started ----
let url = '', section = '', port = 0, config = '', key_file = '', password = '';
const logins = {};

function write_config(more = '') {
  fs.writeFileSync(config, `data { directory "${path.join(scratch, 'data')}" }\nserver { port ${port} }\ndemo { enabled on }\nworker { interval_seconds 1 }\n` +
    `site {\n bridge_url "${url}/"\n ticket_key_file "${key_file}"\n theme on\n}\n${more}`);
}
async function start_shided(file, address) {
  const child = spawn(path.join(build, 'shided'), ['--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { child.words += chunk; });
  child.ended = new Promise((done) => child.on('exit', done));
  await until('the section', async () => {
    if (child.exitCode !== null) throw new Error(`shided ended: ${child.words}`);
    return (await fetch(`${address}/ready`).catch(() => null))?.status === 200;
  });
  return child;
}
async function stop_shided(child) {
  child?.kill('SIGTERM');
  await child?.ended;
}
async function start_section() {
  shided = await start_shided(config, section);
}
async function stop_section() {
  await stop_shided(shided);
  shided = null;
}

// A program that runs beside others.
function run_beside(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const done = { out: '', err: '' };
  child.stdout.on('data', (chunk) => { done.out += chunk; });
  child.stderr.on('data', (chunk) => { done.err += chunk; });
  return new Promise((end) => child.on('exit', (status) => end({ ...done, status })));
}

async function begin() {
  const data = path.join(scratch, 'data');
  const school = run_beside('sh', ['-c', '"$0" migrate --data "$1" && "$0" demo --data "$1"', path.join(build, 'shidectl'), data]);
  const started = await run_beside(wordpress, ['start', site]);
  const made = await school;
  for (const one of [started, made]) {
    if (one.status !== 0) throw new Error(one.err);
  }
  url = started.out.trim().split('\n').pop();
  port = await free_port();
  section = `http://127.0.0.1:${port}/shide`;
  config = path.join(scratch, 'shide.info');
  key_file = path.join(scratch, 'site.key');
  fs.writeFileSync(key_file, `${crypto.randomBytes(32).toString('hex')}\n`, { mode: 0o640 });
  if (process.getuid() === 0) fs.chownSync(key_file, 0, Number(run('id', ['-g', 'www-data']).out));
  write_config();
  const demo = JSON.parse(fs.readFileSync(path.join(data, 'demo.json'), 'utf8'));
  for (const one of demo.accounts) logins[one.role] ??= one;
  fs.cpSync(data, path.join(scratch, 'data-of-another'), { recursive: true });  // before anybody holds a lease in it
  password = fs.readFileSync(path.join(site, 'teacher.password'), 'utf8').trim();
}

// ---- the plugin itself ----
async function plugin_facts() {
  await fact('bridge: every file is PHP, under 1,500 lines in all', () => {
    const files = fs.readdirSync(bridge, { recursive: true }).filter((file) => file.endsWith('.php')).map((file) => path.join(bridge, file));
    const wrong = files.map((file) => run('php', ['-l', file])).filter((one) => one.status !== 0);
    const lines = files.reduce((sum, file) => sum + fs.readFileSync(file, 'utf8').split('\n').length - 1, 0);
    if (files.length < 10) return `only ${files.length} files`;
    return wrong.length ? wrong[0].out : lines < 1500 ? null : `${lines} lines`;
  });
  await fact('bridge: its Chinese words are those of the .po', () => {
    const made = run('msgfmt', ['--check-format', '-o', '-', path.join(bridge, 'languages/shide-zh_CN.po')], { encoding: 'buffer' });
    return Buffer.compare(Buffer.from(made.out), fs.readFileSync(path.join(bridge, 'languages/shide-zh_CN.mo'))) === 0 ? null : 'run msgfmt again';
  });
  await fact('bridge: twenty rounds of activating, deactivating and uninstalling leave nothing', () => {
    const before = JSON.stringify(inside('options'));
    for (let i = 0; i < 20; ++i) {
      const kept = inside('round', JSON.stringify({ section_url: section, key_file, count: '3' }));
      if (kept !== 3) return `round ${i}: ${kept}`;
    }
    const after = JSON.stringify(inside('options'));
    return before === after ? null : `before ${before} after ${after}`;
  });
  await fact('bridge: settings that cannot be are refused each in words, and the old ones stay', () => {
    inside('activate');
    inside('settings', JSON.stringify({ section_url: section, key_file, count: '5' }));
    const open = path.join(scratch, 'open.key'), short = path.join(scratch, 'short.key');
    fs.writeFileSync(open, 'x'.repeat(64), { mode: 0o644 });
    fs.writeFileSync(short, 'short', { mode: 0o640 });
    if (process.getuid() === 0) fs.chownSync(short, 0, Number(run('id', ['-g', 'www-data']).out));
    for (const [typed, code] of [[{ section_url: 'nonsense' }, 'shide_section_url'], [{ section_url: 'javascript:alert(1)' }, 'shide_section_url'], [{ section_url: 'https://u:p@a.example/' }, 'shide_section_url'],
      [{ section_url: 'https://a.example/?x=1' }, 'shide_section_url'], [{ inner_url: 'ftp://a' }, 'shide_inner_url'], [{ key_file: 'relative.key' }, 'shide_key_file'],
      [{ key_file: '/no/such.key' }, 'shide_key_file'], [{ key_file: open }, 'shide_key_file'], [{ key_file: short }, 'shide_key_file'],
      [{ key_file: path.join(site, 'www/wp-config.php') }, 'shide_key_file'], [{ key_file: ['x'] }, null]]) {
      const { kept, errors } = inside('check', JSON.stringify({ section_url: section, key_file, count: '5', ...typed }));
      if (code && !errors.includes(code)) return `${JSON.stringify(typed)}: ${JSON.stringify(errors)}`;
      if (kept.section_url !== section || (code && kept.key_file !== key_file)) return `${JSON.stringify(typed)} changed ${JSON.stringify(kept)}`;
    }
    return null;
  });
}

// ---- pieces ----
async function pieces_facts() {
  const visitor = new Browser();
  const titles = JSON.parse((await visitor.open(`${section}/api/v1/public/posts`)).body).items.map((one) => one.title);
  await fact('pieces: shortcode and block show the newest, and lead to them', async () => {
    if (titles.length === 0) return 'the demo school has published nothing';
    for (const written of ['[shide_section count="2" title="栏目<b>x"]', '<!-- wp:shide/section {"count":2,"title":"栏目\\u003cb\\u003ex"} /-->']) {
      const page = await visitor.open(inside('page', written));
      const links = page.body.match(new RegExp(`href="${section}/posts/[0-9a-f-]{36}"`, 'g')) ?? [];
      if (page.status !== 200 || links.length !== Math.min(2, titles.length)) return `${written}: ${page.status}, ${links.length} links`;
      if (!page.body.includes(titles[0]) || !page.body.includes('栏目&lt;b&gt;x') || page.body.includes('栏目<b>x')) return `${written}: not as it should be`;
      if (!page.body.includes('assets/pieces.css')) return 'without its styles';
    }
    return (await visitor.open(`${url}/`)).body.includes('assets/pieces.css') ? 'styles on a page without pieces' : null;
  });
  await fact('pieces: a piece leads to the section\'s own page of it', async () => {
    const page = await visitor.open(inside('page', '[shide_section]'));
    const link = page.body.match(new RegExp(`${section}/posts/[0-9a-f-]{36}`))[0];
    return (await visitor.open(link)).status === 200 ? null : link;
  });
  await fact('pieces: when the section is down the page stands, and says so', async () => {
    const address = inside('page', '<p>around</p>[shide_section]');
    await stop_section();
    inside('forget');
    const began = Date.now();
    const page = await visitor.open(address);
    const took = Date.now() - began;
    await start_section();
    inside('forget');
    if (page.status !== 200 || !page.body.includes('around') || !page.body.includes('现在读不到列表。')) return `${page.status}`;
    return took < 4000 ? null : `after ${took} ms`;
  });
}

// ---- copies of posts ----
class Desk {
  static async of(role) {
    const desk = new Desk();
    const answer = await fetch(`${section}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: logins[role].login, password: logins[role].password }) });
    desk.cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    desk.csrf = (await answer.json()).csrf;
    return desk;
  }
  async read(path) { return (await fetch(`${section}${path}`, { headers: { cookie: this.cookie } })).text(); }
  async send(path, fields) {
    await pause(20);  // a connection that was closed while a program ran is noticed before it is used again
    return fetch(`${section}${path}`, { method: 'POST', redirect: 'manual', headers: { cookie: this.cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ csrf: this.csrf, ...fields }) });
  }
  async call(path, body) {
    await pause(20);
    const answer = await fetch(`${section}${path}`, { method: 'POST', headers: { cookie: this.cookie, 'x-csrf-token': this.csrf, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}
// The site by TLS as well, with a certificate of an authority nobody knows.
async function open_tls() {
  const owner = process.getuid() === 0 ? { uid: Number(run('id', ['-u', 'www-data']).out), gid: Number(run('id', ['-g', 'www-data']).out) } : {};
  const tls = make_certificate(scratch, owner), port = await free_port();
  fs.writeFileSync(path.join(site, 'apache/tls.conf'), `LoadModule socache_shmcb_module /usr/lib/apache2/modules/mod_socache_shmcb.so\nLoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so\n` +
    `Listen 127.0.0.1:${port}\n<VirtualHost 127.0.0.1:${port}>\n DocumentRoot "${path.join(site, 'www')}"\n SSLEngine on\n SSLCertificateFile "${tls.certificate}"\n SSLCertificateKeyFile "${tls.key}"\n</VirtualHost>\n`);
  run(wordpress, ['reload', site]);
  return { port, ca: tls.ca };
}
const slug_of = (post) => `shide-${post}`;
const text_of = async (address) => (await (await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(20000) })).text());

async function publishing_facts() {
  const publisher = (more = {}) => {
    const options = { kind: 'wordpress', url: `${url}/`, user: 'publisher', password_file: path.join(site, 'publisher.password'), category: 'shide', ...more };
    return `publisher {\n${Object.entries(options).map(([name, value]) => ` ${name} "${value}"\n`).join('')}}\n`;
  };
  const doctor = (more) => {
    const file = path.join(scratch, 'publisher.info');
    fs.writeFileSync(file, fs.readFileSync(config, 'utf8').replace(/publisher \{[^}]*\}\n/, publisher(more)));
    const done = shidectl('--lang', 'zh', 'doctor', '--config', file);
    return done.out.split('\n').find((line) => line.includes('"publisher"')) ?? done.err;
  };
  await stop_section();
  write_config(publisher());
  await start_section();
  const editor = await Desk.of('union_editor'), office = await Desk.of('student_office');
  async function publish(title) {
    const sent = await editor.send('/editor', { kind: 'answer', title, quote: '', body: `${title}，学校已经在做。`, source: '本站原创', act: 'review' });
    const post = sent.headers.get('location')?.split('/').pop();
    if (sent.status !== 303) throw new Error(`composing: ${sent.status}`);
    await office.call(`/api/v1/posts/${post}/approve`, {});
    return post;
  }
  const withdraw = (post) => office.call(`/api/v1/posts/${post}/withdraw`, { reason: '家长要求撤下' });
  const copies_of = (post) => inside('copies', slug_of(post));
  const stands = (post) => until('the copy', () => copies_of(post).some((one) => one.status === 'publish'), 100000);
  const is_gone = (post) => until('the end of the copy', () => copies_of(post).length === 0, 100000);
  const copy_on_page = async (title) => (await editor.read('/editor/copies')).split('<section class="card">').find((part) => part.includes(title)) ?? '';
  const block = () => text_of(inside('page', '<!-- wp:shide/section {"count":5} /-->'));
  const places = (post) => ({
    page: () => text_of(`${url}/${slug_of(post)}/`), category: () => text_of(`${url}/category/shide/`), feed: () => text_of(`${url}/feed/`),
    search: () => text_of(`${url}/?s=${encodeURIComponent('午餐温热')}`), rest: () => text_of(`${url}/wp-json/wp/v2/posts?slug=${slug_of(post)}`), block,
  });

  await fact('copies: the doctor is content with the site, its user and its category', () => (doctor().includes('"ok":true') ? null : doctor()));
  const title = '午餐温热';
  let post = '';
  await fact('copies: a published post stands in the site\'s page, category, feed, search, REST and block', async () => {
    post = await publish(title);
    await stands(post);
    inside('forget');
    for (const [name, read] of Object.entries(places(post))) {
      const body = await read();
      if (!body.includes(title) && !body.includes(JSON.stringify(title).slice(1, -1).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))) return `not in ${name}`;
    }
    const copy = copies_of(post)[0];
    return copy.comments === 'closed' && copy.author === 'publisher' ? null : JSON.stringify(copy);
  });
  await fact('copies: the desk sees where it stands', async () => {
    const shown = await until('the address at the desk', async () => { const part = await copy_on_page(title); return part.includes(`${url}/${slug_of(post)}/`) && part; });
    return shown.includes('在学校网站上') ? null : shown;
  });
  await fact('copies: one edited there is noticed with its views, and not changed back by itself', async () => {
    inside('edit_copy', slug_of(post), '<p>网站管理员加的一句。</p>');
    const shown = await until('the notice at the desk', async () => { const part = await copy_on_page(title); return part.includes('那边有人改过') && part; }, 150000);
    if (!copies_of(post)[0].content.includes('网站管理员加的一句')) return 'overwritten in silence';
    return shown.includes('41') ? null : `without its views: ${shown}`;
  });
  await fact('copies: the approved text is put back when a person says so', async () => {
    const id = (await copy_on_page(title)).match(/editor\/copies\/([0-9a-f-]{36})/)[1];
    await editor.send(`/editor/copies/${id}`, { act: 'retry' });
    await until('the approved text', () => !copies_of(post)[0].content.includes('网站管理员加的一句'));
    return copies_of(post).length === 1 ? null : `${copies_of(post).length} copies`;
  });
  await fact('copies: a withdrawn post is gone from page, category, feed, search, REST and block within 60 s', async () => {
    const began = Date.now();
    await withdraw(post);
    await is_gone(post);
    await until('the end of it everywhere', async () => {
      for (const read of Object.values(places(post))) if ((await read()).includes(`${title}，`)) return false;
      return !(await block()).includes(title);
    }, 60000);
    const took = Date.now() - began;
    console.log(`   gone everywhere after ${(took / 1000).toFixed(1)} s`);
    return took < 60000 ? null : `after ${took} ms`;
  });
  await fact('copies: WordPress stopped and started in the middle, permalinks off: each exactly once, withdrawals done, our pages up', async () => {
    inside('permalinks', '');
    const before = await publish('晚托延时');
    await stands(before);
    run(wordpress, ['stop', site, 'apache']);
    run(wordpress, ['stop', site, 'php']);
    const posts = [];
    try {
      posts.push(await publish('校门疏导'), await publish('雨天接送'));
      await withdraw(before);
      await pause(12000);
      if (!(await text_of(`${section}/`)).includes('雨天接送')) return 'our own page waits for the site';
    } finally {
      run(wordpress, ['resume', site]);  // the facts behind this one need it
    }
    for (const one of posts) await stands(one);
    await is_gone(before);
    const counts = posts.map((one) => copies_of(one).length);
    inside('permalinks', '/%postname%/');
    return counts.every((count) => count === 1) ? null : `${counts} copies`;
  });
  await fact('copies: in a folder of the server it is the same', async () => {
    fs.writeFileSync(path.join(site, 'apache/folder.conf'), `LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so\nAlias /school "${path.join(site, 'www')}"\n`);
    run(wordpress, ['reload', site]);
    const said = await until('the folder', () => { const line = doctor({ url: `${url}/school/` }); return line.includes('"ok":true') && line; });
    return said ? null : 'no answer';
  });
  await fact("copies and theme: by TLS, under another host name; an authority of the district's own is trusted only where it is named", async () => {
    const { port, ca } = await open_tls();
    const by_tls = `https://localhost:${port}/`;
    await until('the site by TLS', () => doctor({ url: by_tls, ca_file: ca }).includes('"ok":true'));
    const strange = doctor({ url: by_tls });
    if (!strange.includes('"ok":false') || !strange.includes('publisher.ca_file')) return `trusted: ${strange}`;
    const theme = (more) => {
      const file = path.join(scratch, 'theme.info');
      fs.writeFileSync(file, fs.readFileSync(config, 'utf8').replace(`bridge_url "${url}/"`, `bridge_url "${by_tls}"${more}`));
      return shidectl('--lang', 'zh', 'doctor', '--config', file).out.split('\n').find((line) => line.includes('"theme"')) ?? '';
    };
    if (!theme(`\n ca_file "${ca}"`).includes('"ok":true')) return theme(`\n ca_file "${ca}"`);
    return theme('').includes('"ok":false') ? null : `the theme is trusted: ${theme('')}`;
  });
  await fact('copies: a post that is moved to another shelf takes its article to the category of that one', async () => {
    inside('category', '家长说', 'voices');
    const moved = await publish('课间喝水');
    await stands(moved);
    const before = copies_of(moved)[0].categories;
    await stop_section();
    write_config(publisher({ category: 'shide voices=voices digests=shide' }));
    await start_section();
    await editor.send(`/editor/${moved}`, { act: 'move', shelf: 'digests' });
    await editor.send(`/editor/${moved}`, { act: 'move', shelf: 'voices' });
    await until('the other category', () => copies_of(moved)[0].categories.join() === 'voices');
    return before.join() === 'shide' ? null : before.join();
  });
  await fact('copies: what is wrong is said in words: header stripped, password, role, category, no interface', async () => {
    const strip = path.join(site, 'apache/strip.conf');
    fs.writeFileSync(strip, `<Directory "${path.join(site, 'www')}">\n CGIPassAuth Off\n</Directory>\n`);
    run(wordpress, ['reload', site]);
    const stripped = await until('the stripped header', () => { const line = doctor(); return line.includes('"ok":false') && line; });
    fs.rmSync(strip);
    run(wordpress, ['reload', site]);
    await until('the header again', () => doctor().includes('"ok":true'));
    const wrong = path.join(scratch, 'wrong.password');
    fs.writeFileSync(wrong, 'abcd efgh ijkl mnop qrst uvwx', { mode: 0o600 });
    inside('role', 'publisher', 'contributor');
    const role = doctor();
    inside('role', 'publisher', 'administrator');
    const large = doctor();
    inside('role', 'publisher', 'author');
    for (const [line, words] of [[stripped, 'CGIPassAuth On'], [doctor({ password_file: wrong }), '应用密码'], [role, '不能发布'], [large, '权限太大'],
      [doctor({ category: 'no-such' }), 'publisher.category'], [doctor({ url: `${section}/` }), '接口']]) {
      if (!line.includes('"ok":false') || !line.includes(words)) return `${words}: ${line}`;
    }
    return null;
  });
  const words = shided.words;
  await stop_section();
  await fact('copies: nothing of a text or a password came into the log', () => {
    const secret = fs.readFileSync(path.join(site, 'publisher.password'), 'utf8').trim();
    return words.includes('午餐') || words.includes(secret) || words.includes(Buffer.from(`publisher:${secret}`).toString('base64')) ? 'it did' : null;
  });
  write_config();
  await start_section();
}

// ---- one sign-in ----
async function linked_teacher() {
  const browser = new Browser();
  await browser.sign_in_at_site('teacher', password);
  const landed = await browser.follow(`${section}/site/sign-in?return=%2Fmy`);
  return { browser, landed };
}
const is_in = async (browser) => (await browser.open(`${section}/my`)).status === 200;

async function sign_in_facts() {
  const teacher = new Browser();
  await fact('menu: a teacher signed in at the site finds the section in its menu and its bar', async () => {
    const signed = await teacher.sign_in_at_site('teacher', password);
    if (signed.status !== 302) return `signing in at the site: ${signed.status}`;
    const dashboard = await teacher.open(`${url}/wp-admin/profile.php`);
    if (!/page=shide['"][^]*?师德师风活动/.test(dashboard.body)) return 'no entry in the menu';
    const page = await teacher.open(`${url}/wp-admin/admin.php?page=shide`);
    if (!page.body.includes(`${section}/site/sign-in`) || !page.body.includes('进入栏目')) return `its page: ${page.status}`;
    return (await teacher.open(`${url}/`)).body.includes('wp-admin-bar-shide') ? null : 'no entry in the bar';
  });
  await fact('sign-in: the first time the section asks who that is, once', async () => {
    const asked = await teacher.follow(`${section}/site/sign-in?return=%2Fmy`);
    if (asked.status !== 200 || !asked.body.includes('/site/link')) return `${asked.status} after ${teacher.way.join(' ')}`;
    if (await is_in(teacher)) return 'signed in without being known';
    const linked = await teacher.send(`${section}/site/link`, { csrf: hidden(asked.body, 'csrf'), login: logins.homeroom_teacher.login, password: logins.homeroom_teacher.password, return: '/my' });
    return linked.status === 303 && (await is_in(teacher)) ? null : `linking: ${linked.status}`;
  });
  await fact('sign-in: from then on the site brings the teacher in without a word', async () => {
    const { browser, landed } = await linked_teacher();
    return landed.status === 200 && landed.address === `${section}/my` && (await is_in(browser)) ? null : `${landed.status} ${landed.address}`;
  });
  await fact('sign-in: who is not signed in at the site is asked there, and goes on to the page', async () => {
    const browser = new Browser();
    const form = await browser.follow(`${section}/site/sign-in?return=%2Fmy`);
    if (!form.address.startsWith(`${url}/wp-login.php`)) return form.address;
    const sent = await browser.send(`${url}/wp-login.php`, { log: 'teacher', pwd: password, testcookie: '1', redirect_to: new URL(form.address).searchParams.get('redirect_to') });
    return (await browser.follow(sent.to)).address === `${section}/my` ? null : browser.way.join(' ');
  });
  await fact('ticket: a second use, another browser, and a changed one are refused', async () => {
    const { browser } = await linked_teacher();
    const ticket = browser.way.find((one) => one.includes('/site/enter?'));
    const again = await browser.open(ticket);
    const other = new Browser();
    await other.open(`${section}/site/sign-in`);
    const stolen = await other.open(ticket);
    const changed = await other.open(ticket.replace(/user=\d+/, 'user=1'));
    if ([again, stolen, changed].some((one) => one.status !== 403)) return `${again.status} ${stolen.status} ${changed.status}`;
    return (await is_in(other)) || !stolen.body.includes('登录票') ? 'let in' : null;
  });
  await fact('ticket: it tells no name, and the site and the section agree on its words', async () => {
    const { browser } = await linked_teacher();
    const ticket = new URL(browser.way.find((one) => one.includes('/site/enter?')));
    const fields = ['user', 'session', 'issued', 'nonce', 'return'].map((name) => ticket.searchParams.get(name));
    const mac = crypto.createHmac('sha256', fs.readFileSync(key_file, 'utf8').trim()).update(['shide ticket 1', ...fields].join('\n')).digest('hex');
    return mac === ticket.searchParams.get('mac') && !ticket.href.includes('teacher') && fields[4] === '/my' ? null : ticket.href;
  });
  await fact('ticket: one of a minute and more ago is refused in words', async () => {
    const browser = new Browser();
    const sent = await browser.open(`${section}/site/sign-in`);
    const fields = ['2', 'abcdef', String(Math.floor(Date.now() / 1000) - 75), new URL(sent.to).searchParams.get('nonce'), ''];
    const mac = crypto.createHmac('sha256', fs.readFileSync(key_file, 'utf8').trim()).update(['shide ticket 1', ...fields].join('\n')).digest('hex');
    const [user, session, issued, nonce, back] = fields;
    const late = await browser.open(`${section}/site/enter?${new URLSearchParams({ user, session, issued, nonce, return: back, mac })}`);
    return late.status === 403 && late.body.includes('过了一分钟') ? null : `${late.status}`;
  });
  await fact('sign-in: the way back never leads elsewhere', async () => {
    for (const wanted of ['//elsewhere.example', 'https://elsewhere.example/', '/\\elsewhere.example']) {
      const browser = new Browser();
      await browser.sign_in_at_site('teacher', password);
      const landed = await browser.follow(`${section}/site/sign-in?return=${encodeURIComponent(wanted)}`);
      if (!landed.address.startsWith(section) || browser.way.some((one) => new URL(one).host === 'elsewhere.example')) return browser.way.join(' ');
    }
    return null;
  });
  await fact('sign-in: who is no staff at the site is told so there', async () => {
    inside('user', 'guest', 'guest-of-the-test', 'subscriber');
    const browser = new Browser();
    await browser.sign_in_at_site('guest', 'guest-of-the-test');
    const refused = await browser.follow(`${section}/site/sign-in`);
    return refused.status === 403 && refused.body.includes('教职工') && !(await is_in(browser)) ? null : `${refused.status}`;
  });
}

// ---- out again ----
async function sign_out_facts() {
  await fact('sign-out: leaving the site leaves the section, within a second', async () => {
    const { browser } = await linked_teacher();
    const { browser: desk } = await linked_teacher();
    const out = (await browser.open(`${url}/`)).body.match(/wp-login\.php\?action=logout[^"']*/)[0].replaceAll('&#038;', '&').replaceAll('&amp;', '&');
    const began = Date.now();
    await browser.open(`${url}/${out}`);
    await until('the end of the session', async () => !(await is_in(browser)), 5000);
    const took = Date.now() - began;
    if (!(await is_in(desk))) return 'another browser of the teacher was put out as well';
    return took < 1000 ? null : `after ${took} ms`;
  });
  await fact('sign-out: leaving the section leaves the site', async () => {
    const { browser } = await linked_teacher();
    const mine = await browser.open(`${section}/my`);
    const left = await browser.send(`${section}/logout`, { csrf: hidden(mine.body, 'csrf') });
    const onward = left.headers.get('refresh')?.replace('0; url=', '') ?? '';
    if (!onward.startsWith(`${url}/?shide_bridge=sign-out`)) return `${left.status} ${onward}`;
    const landed = await browser.follow(onward);
    const dashboard = await browser.open(`${url}/wp-admin/profile.php`);
    return landed.address === `${section}/` && dashboard.status === 302 ? null : `${landed.address} ${dashboard.status}`;
  });
  await fact('sign-out: a forged word to leave leaves nobody', async () => {
    const { browser } = await linked_teacher();
    await browser.open(`${url}/?shide_bridge=sign-out&session=abc&issued=${Math.floor(Date.now() / 1000)}&nonce=${'a'.repeat(24)}&mac=${'0'.repeat(64)}`);
    return (await browser.open(`${url}/wp-admin/profile.php`)).status === 200 ? null : 'put out';
  });
  await fact('sign-out: all sessions thrown away at the site are thrown away here', async () => {
    const { browser } = await linked_teacher();
    inside('end_sessions', 'teacher');
    await until('the end of the session', async () => !(await is_in(browser)), 5000);
    return null;
  });
  await fact('sign-out: another role at the site bites at once, and no staff is no entry', async () => {
    const { browser } = await linked_teacher();
    inside('role', 'teacher', 'subscriber');
    await until('the end of the session', async () => !(await is_in(browser)), 5000);
    const refused = await browser.follow(`${section}/site/sign-in`);
    inside('role', 'teacher', 'author');
    return refused.status === 403 ? null : `${refused.status}`;
  });
}

// ---- the theme ----
async function theme_facts() {
  const visitor = new Browser();
  await fact('theme: the public face stands in the site\'s header and footer, without its scripts', async () => {
    const page = await until('the theme', async () => {
      const one = await visitor.open(`${section}/`);
      return one.body.includes('wp-site-blocks') && one;
    });
    const header = page.body.indexOf('<header'), own = page.body.indexOf('<main id="main">'), footer = page.body.lastIndexOf('<footer');
    if (!(header >= 0 && header < own && own < footer)) return `header ${header}, ours ${own}, footer ${footer}`;
    if (/<script|<style|\son[a-z]+=|javascript:/i.test(page.body)) return 'something that acts is left';
    if (!page.body.includes('示例小学工会网')) return 'not the name of the site';
    const policy = page.headers.get('content-security-policy');
    if (!policy.includes(`style-src 'self' ${url};`) || !policy.includes("script-src 'self';")) return policy;
    const own_style = await visitor.open(`${section}${page.body.match(/\/theme\.css\?v=[0-9a-f]+/)[0]}`);
    return own_style.status === 200 && own_style.headers.get('content-type').startsWith('text/css') ? null : `its styles: ${own_style.status}`;
  });
  await fact('theme: the page of a piece stands in it, pages of the staff do not', async () => {
    const link = (await visitor.open(`${section}/`)).body.match(/\/shide\/posts\/[0-9a-f-]{36}/)[0];
    const piece = await visitor.open(`http://127.0.0.1:${port}${link}`);
    const login = await visitor.open(`${section}/login`);
    return piece.body.includes('wp-site-blocks') && !login.body.includes('wp-site-blocks') ? null : 'the other way round';
  });
  await fact('theme: the shell is a stranger\'s, and no page of its own', async () => {
    const admin = new Browser();
    await admin.sign_in_at_site('teacher', password);
    const shell = await admin.open(`${url}/?shide_bridge=shell`);
    if (shell.status !== 200 || !shell.body.includes('id="shide-section"')) return `${shell.status}`;
    return shell.headers.get('x-robots-tag') === 'noindex' && !shell.body.includes('wpadminbar') && !shell.body.includes('王老师') ? null : 'it tells who asks';
  });
  await fact('theme: the doctor is content, and says so when the site is down', async () => {
    const finding = (done) => done.out.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find((one) => one.check === 'theme');
    const well = finding(shidectl('doctor', '--config', config));
    run(wordpress, ['stop', site, 'apache']);
    const down = finding(shidectl('doctor', '--config', config));
    const page = await visitor.open(`${section}/`);
    run(wordpress, ['resume', site, 'apache']);
    if (!well?.ok || down?.ok !== false || !down.do) return `${JSON.stringify(well)} ${JSON.stringify(down)}`;
    return page.status === 200 ? null : `the public face: ${page.status}`;
  });
}

async function hostile_facts() {
  await fact('theme: one of the old kind stands around as well, and nothing of it acts', async () => {
    inside('classic');
    const other = path.join(scratch, 'another.info'), other_port = await free_port();  // the first one fetches again in a minute only
    fs.writeFileSync(other, fs.readFileSync(config, 'utf8').replace(path.join(scratch, 'data'), path.join(scratch, 'data-of-another')).replace(`port ${port}`, `port ${other_port}`));
    const child = await start_shided(other, `http://127.0.0.1:${other_port}/shide`);
    const page = await until('the other theme', async () => {
      const one = await new Browser().open(`http://127.0.0.1:${other_port}/shide/`);
      return one.body.includes('旧式主题') && one;
    }).finally(() => stop_shided(child));
    if (/<script|<iframe|<base|javascript:|alert\(|type="password"|elsewhere/i.test(page.body)) return 'something that acts is left';
    const own = page.body.indexOf('<main id="main">');
    if (!(page.body.indexOf('旧式主题') < own && own < page.body.indexOf('页脚')) || page.body.split('<main').length !== 2) return 'not around our page';
    return page.body.includes(`${url}/wp-content/themes/classic/style.css`) ? null : 'without its styles';
  });
  await fact('pieces: whatever stands at the section\'s address, the page stands and nothing comes to life', async () => {
    let answer = null;
    const stranger = http.createServer((request, response) => answer(response));
    await new Promise((done) => stranger.listen(0, '127.0.0.1', done));
    const address = inside('page', '<p>around</p>[shide_section]');
    inside('settings', JSON.stringify({ section_url: section, inner_url: `http://127.0.0.1:${stranger.address().port}/shide`, key_file, count: '5' }));
    const piece = { id: '018f0000-0000-7000-8000-000000000001', title: '<img src=x onerror=alert(1)>"\'&', published_on: '2021-01-24' };
    const json = (value) => (response) => response.end(typeof value === 'string' ? value : JSON.stringify(value));
    const answers = {
      'a title that is markup': [json({ items: [piece] }), (body) => body.includes('&lt;img src=x onerror=alert(1)&gt;')],
      'an id that is a path': [json({ items: [{ ...piece, id: '../../evil' }] }), (body) => !body.includes('evil')],
      'a day that is markup': [json({ items: [{ ...piece, published_on: '"><script>alert(1)</script>' }] }), (body) => body.includes('/posts/018f')],
      'no JSON': [json('<html>'), (body) => body.includes('现在读不到列表。')],
      'JSON of another kind': [json([1, 2, { items: 'x' }]), (body) => body.includes('现在读不到列表。')],
      'nested without end': [json('['.repeat(200000)), (body) => body.includes('现在读不到列表。')],
      'more than can be read': [(response) => response.end(JSON.stringify({ items: [piece], more: 'x'.repeat(3 << 20) })), (body) => body.includes('现在读不到列表。')],
      'another address': [(response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), (body) => body.includes('现在读不到列表。')],
      'silence': [() => {}, (body) => body.includes('现在读不到列表。')],
    };
    try {
      for (const [what, [act, is_right]] of Object.entries(answers)) {
        answer = act;
        inside('forget');
        const began = Date.now();
        const page = await new Browser().open(address);
        if (page.status !== 200 || !page.body.includes('around') || !is_right(page.body)) return `${what}: ${page.status}`;
        if (/<img src=x|<script/.test(page.body.slice(page.body.indexOf('around'), page.body.indexOf('页脚')))) return `${what}: it comes to life`;
        if (Date.now() - began > 5000) return `${what}: after ${Date.now() - began} ms`;
      }
      return null;
    } finally {
      stranger.closeAllConnections();
      stranger.close();
      inside('settings', JSON.stringify({ section_url: section, key_file, count: '5' }));
    }
  });
}

// ---- as the guide sets it up: one host, the site's own Apache in front ----
async function one_host_facts() {
  await fact('another host: where the section has a name of its own, the site signs in there all the same', async () => {
    const other = section.replace('127.0.0.1', 'localhost');
    inside('settings', JSON.stringify({ section_url: other, inner_url: section, key_file, count: '5' }));
    const browser = new Browser();
    await browser.sign_in_at_site('teacher', password);
    const landed = await browser.follow(`${other}/site/sign-in?return=%2Fmy`);
    inside('settings', JSON.stringify({ section_url: section, key_file, count: '5' }));
    return landed.address === `${other}/my` && landed.status === 200 ? null : `${landed.status} ${browser.way.join(' ')}`;
  });
  await fact('one host: behind the site\'s own Apache as the guide says, without WordPress taking our addresses', async () => {
    const modules = '/usr/lib/apache2/modules';
    const lines = fs.readFileSync(path.join(root, 'packaging/httpd/shide-proxy.conf'), 'utf8').replaceAll('127.0.0.1:8090', `127.0.0.1:${port}`);
    fs.writeFileSync(path.join(site, 'apache/section.conf'), `${['proxy_http', 'headers', 'env'].map((one) => `LoadModule ${one}_module ${modules}/mod_${one}.so`).join('\n')}\n${lines}\n`);
    run(wordpress, ['reload', site]);
    await until('the section in the site', async () => (await fetch(`${url}/shide/ready`).catch(() => null))?.status === 200);
    inside('settings', JSON.stringify({ section_url: `${url}/shide`, inner_url: section, key_file, count: '5' }));
    const browser = new Browser();
    await browser.sign_in_at_site('teacher', password);
    const landed = await browser.follow(`${url}/shide/site/sign-in?return=%2Fmy`);
    if (landed.address !== `${url}/shide/my` || landed.status !== 200) return `${landed.status} ${browser.way.join(' ')}`;
    const page = await browser.open(inside('page', '[shide_section]'));
    return page.body.includes(`${url}/shide/posts/`) ? null : 'the pieces lead elsewhere';
  });
  await fact('one host: with permalinks off it is the same', async () => {
    inside('permalinks', '');
    const browser = new Browser();
    await browser.sign_in_at_site('teacher', password);
    const landed = await browser.follow(`${url}/shide/site/sign-in?return=%2Fmy`);
    const shell = await browser.open(`${url}/?shide_bridge=shell`);
    inside('permalinks', '/%postname%/');
    return landed.address === `${url}/shide/my` && shell.body.includes('id="shide-section"') ? null : browser.way.join(' ');
  });
}

// ---- the key ----
async function key_facts() {
  for (const [what, prepare, words] of [
    ['missing', (file) => file, '读不到'],
    ['readable by everybody', (file) => fs.writeFileSync(file, 'x'.repeat(64), { mode: 0o644 }), '谁都能读'],
    ['too short', (file) => fs.writeFileSync(file, 'short', { mode: 0o600 }), '太短'],
  ]) {
    await fact(`key: one ${what} is refused in words at the start, by --check and by the doctor`, () => {
      const file = path.join(scratch, `${what.replaceAll(' ', '-')}.key`), other = path.join(scratch, 'other.info');
      prepare(file);
      if (what === 'readable by everybody') fs.chmodSync(file, 0o644);
      fs.writeFileSync(other, fs.readFileSync(config, 'utf8').replace(key_file, file));
      const tries = [run(path.join(build, 'shided'), ['--check', '--config', other]), run(path.join(build, 'shided'), ['--config', other], { timeout: 20000 }), shidectl('--lang', 'zh', 'doctor', '--config', other)];
      const silent = tries.find((one) => one.status === 0 || !(one.out + one.err).includes('site.ticket_key_file'));
      if (silent) return `${silent.status} ${silent.out} ${silent.err}`;
      return tries[2].err.includes(words) ? null : tries[2].err;
    });
  }
}

async function clean_up() {
  await stop_section();
  run(wordpress, ['stop', site]);
  fs.rmSync(scratch, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => clean_up().finally(() => process.exit(1)));

const began = Date.now();
try {
  await begin();
  await plugin_facts();  // the section does not run yet: what could not be told to it must be forgotten, too
  await start_section();
  await pieces_facts();
  await publishing_facts();
  await sign_in_facts();
  await sign_out_facts();
  await theme_facts();
  await hostile_facts();
  await one_host_facts();
  await key_facts();
} catch (error) {
  report('the site and the section start', error.message);
} finally {
  if (process.env.SHIDE_KEEP) console.log(`kept: ${scratch}, ${url}, ${section}, shided ${shided?.pid}`);
  else await clean_up();
}
if (process.env.SHIDE_RESULTS) fs.writeFileSync(path.join(process.env.SHIDE_RESULTS, 'wordpress.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
console.log(`   the bridge in WordPress took ${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed ? 1 : 0);
