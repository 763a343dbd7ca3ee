// What the stories stand on: steps with a report, a shided of one's own whose day can be moved, people who sign in, and the
// calm every page owes its reader. Only run.mjs and the stories use it.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { free_port } from '../support/free_port.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(path.join(here, '../package.json'));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const build = path.resolve(process.env.SHIDE_BUILD ?? path.join(here, '../../build-test'));
export const results = path.resolve(process.env.SHIDE_RESULTS ?? path.join(build, 'journey'));
export const phone = { width: 360, height: 640 };
export const desk = { width: 1280, height: 800 };

export const steps = [];
let broken = false;

/// One fact of a story. After a failed one the rest of that story is not walked: its steps fail by name, none is skipped in silence.
export async function step(name, work) {
  let problem = broken ? 'an earlier step of this story failed' : undefined;
  try { if (!broken) await work(); } catch (error) { problem = error.message; }
  broken ||= Boolean(problem);
  steps.push({ name, passed: !problem });
  console.log(problem ? `not ok ${name}: ${problem}` : `ok ${name}`);
}
export async function story(name, work) {
  broken = false;
  try { await work(); } catch (error) { await step(`${name} goes to its end`, () => { throw error; }); }
}
export function must(fact, otherwise) { if (!fact) throw new Error(otherwise); }
export function says(text, ...sentences) {
  for (const sentence of sentences) must(text.includes(sentence), `it does not say "${sentence}" in: ${text.slice(0, 600)}`);
}
export function hides(text, ...words) {
  for (const word of words) must(!text.includes(word), `it shows "${word}"`);
}

/// Asks again until the answer is there, as the jobs of the section need a moment.
export async function eventually(what, ask, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

/// A school on this machine: a data directory, shidectl, and a shided whose day is moved by starting it anew (which only a
/// demonstration may do).
export class School {
  static async found() {
    const school = new School();
    school.data = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-journey-'));
    school.port = await free_port();
    school.base = `http://127.0.0.1:${school.port}`;
    school.log = path.join(school.data, 'shided.log');
    school.ctl('migrate');
    return school;
  }
  ctl(command, ...flags) {
    return execFileSync(path.join(build, 'shidectl'), [command, '--data', this.data, ...flags], { stdio: 'pipe', encoding: 'utf8' });
  }
  async open(today) {
    await this.close();
    const log = fs.openSync(this.log, 'a');
    const options = this.config ? ['--config', this.config] : ['--data', this.data, '--port', String(this.port), '--demo', '--today', today];
    this.server = spawn(path.join(build, 'shided'), options, { stdio: ['ignore', log, log] });
    fs.closeSync(log);
    await eventually('shided listens', async () => {
      must(this.server.exitCode === null, `shided ended with ${this.server.exitCode}: ${fs.readFileSync(this.log, 'utf8').slice(-400)}`);
      return fetch(`${this.base}/shide/ready`).then((answer) => answer.ok, () => false);
    }, 30);
  }
  async close() {
    if (!this.server || this.server.exitCode !== null) return;
    const ended = new Promise((done) => this.server.once('exit', done));
    process.kill(this.server.pid, 'SIGTERM');
    await ended;
  }
  async leave() {
    await this.close();
    fs.rmSync(this.data, { recursive: true, force: true });
  }
}

export async function open_browser() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
    '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/// Somebody at a screen. Taps are counted as a finger makes them: typing into a field that is open already is none.
export class Reader {
  static async at(browser, school, viewport, locale = 'zh-CN') {
    const reader = new Reader();
    reader.context = await browser.newContext({ baseURL: school.base, viewport, locale, hasTouch: viewport.width < 600, ignoreHTTPSErrors: school.base.startsWith('https:') });
    reader.page = await reader.context.newPage();
    reader.page.setDefaultTimeout(5000);
    reader.viewport = viewport;
    reader.taps = 0;
    return reader;
  }
  async go(where) { return this.page.goto(`/shide${where}`); }
  async text() { return this.page.locator('body').innerText(); }
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`main [name="${name}"]`).fill(value);
  }
  async tap(locator) {
    this.taps += 1;
    await (typeof locator === 'string' ? this.page.locator(locator) : locator).click();
  }
  /// A word drawn as a button around a radio or a box.
  async choose(name, value) { await this.tap(this.page.locator(`label:has(input[name="${name}"][value="${value}"])`)); }
  /// A link or button that leads to another page: goes on when that page is there.
  async follow(locator) {
    await Promise.all([this.page.waitForEvent('domcontentloaded'), this.tap(locator)]);
    await this.page.waitForLoadState('load');
  }
  async press(name) { await this.follow(this.page.getByRole('button', { name, exact: true })); }
  async sign_in(login, password) {
    await this.context.clearCookies();
    await this.go('/login');
    await this.page.locator('form.card input[name="login"]').fill(login);
    await this.page.locator('form.card input[type="password"]').fill(password);
    await this.follow('form.card button');
    await this.page.waitForURL((url) => !url.pathname.endsWith('/login'));
  }
  /// Nothing for axe-core, nothing wider than the screen; keeps a screenshot to be looked at.
  async calm(name) {
    const file = `${name}-${this.viewport.width}`;
    await this.page.screenshot({ path: path.join(results, 'screenshots', `${file}.png`), fullPage: true });
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    must(wide <= 0, `${file} scrolls sideways by ${wide} px`);
    const cdp = await this.context.newCDPSession(this.page);  // past the CSP, which forbids a script added to the page
    await cdp.send('Runtime.evaluate', { expression: axe });
    const { violations } = await this.page.evaluate(() => window.axe.run());
    await cdp.detach();
    must(violations.length === 0, `${file}: ${violations.map((v) => `${v.id} at ${v.nodes[0].target}`).join('; ')}`);
  }
  /// Text twice as large (WCAG 1.4.4), or as WeChat enlarges it: nothing goes sideways, and every field and button can still be reached.
  async enlarged(factor, name) {
    await this.page.evaluate((size) => { document.documentElement.style.fontSize = `${size * 100}%`; }, factor);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const cut = await this.page.evaluate(() => [...document.querySelectorAll('main button, main label, main a.btn')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === 'hidden').length);
    await this.page.screenshot({ path: path.join(results, 'screenshots', `${name}-${this.viewport.width}-x${factor}.png`), fullPage: true });
    await this.page.evaluate(() => { document.documentElement.style.fontSize = ''; });
    must(wide <= 0 && cut === 0, `${name} at ${factor} times: ${wide} px sideways, ${cut} words cut off`);
  }
  /// From where the reader is, by the tab key alone, to the field or button that fits.
  async tab_to(selector) {
    for (let count = 0; count < 80; ++count) {
      await this.page.keyboard.press('Tab');
      if (await this.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    throw new Error(`the tab key does not lead to ${selector}`);
  }
  async leave() { await this.context.close(); }
}

/// The same person by the API and by plain forms: what the story tells once in the browser, it need not tell six times.
export class Caller {
  static async of(school, login, password) {
    const caller = new Caller();
    caller.base = `${school.base}/shide`;
    const answer = await fetch(`${caller.base}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password }) });
    const words = await answer.text();
    must(answer.status === 200, `${login} cannot sign in: ${answer.status} ${words}`);
    caller.csrf = JSON.parse(words).csrf;
    // Debian 12's node 18 has no getSetCookie; one header holds all, apart by commas.
    caller.cookie = [...answer.headers.get('set-cookie').matchAll(/(?:^|, )([^=;, ]+=[^;,]*)/g)].map((one) => one[1]).join('; ');
    return caller;
  }
  async call(method, where, { body, headers = {} } = {}) {
    const answer = await fetch(`${this.base}${where}`, { method, body, redirect: 'manual', headers: { Cookie: this.cookie, 'X-CSRF-Token': this.csrf, ...headers } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
  async get(where) { return this.call('GET', where); }
  async json(method, where, value, headers = {}) {
    const answer = await this.call(method, where, { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json', ...headers } });
    must(answer.status < 300, `${method} ${where}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return JSON.parse(answer.text);
  }
  /// A form as the page would send it; answers where it leads.
  async post(where, fields) {
    const form = new URLSearchParams({ csrf: this.csrf });
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
    const answer = await this.call('POST', where, { body: form });
    must(answer.status === 303, `POST ${where}: ${answer.status} ${(/<p class="error"[^>]*>[^<]*/.exec(answer.text) ?? /<ul class="wrongs">.*?<\/ul>/s.exec(answer.text) ?? [answer.text.slice(0, 200)])[0]}`);
    return new URL(answer.headers.get('location'), this.base).pathname;
  }
}
