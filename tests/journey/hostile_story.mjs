// Somebody types markup into every field of every form of every role: nothing is ever run, opened or loaded, with the CSP switched
// off, so that the pages themselves have to hold. Then everybody looks at everything, and what was typed stands there as text.
import fs from 'node:fs';
import path from 'node:path';
import { School, Reader, step, story, must, desk } from './stage.mjs';

const today = '2021-01-24 20:30';
const payloads = fs.readFileSync(new URL('../golden/markup/payloads.txt', import.meta.url), 'utf8').trim().split('\n');
const roles = ['', 'teacher', 'homeroom_teacher', 'grade_leader', 'union_editor', 'ethics_committee', 'hr', 'head', 'auditor', 'district', 'student_office', 'it_admin'];
const pages_of_a_role = 40;

/// What of a page is alive that we did not write. Runs in the page.
function alive() {
  const found = [];
  for (const one of document.querySelectorAll('*')) {
    const name = one.localName.toLowerCase();
    if (name.startsWith('brand')) found.push(`<${name}>`);
    if (['iframe', 'object', 'embed', 'base', 'style', 'video', 'audio', 'marquee', 'math', 'animate'].includes(name)) found.push(`<${name}>`);
    if (name === 'meta' && one.httpEquiv) found.push('<meta http-equiv>');
    if (name === 'script' && !/\/shide\/assets\//.test(one.getAttribute('src') ?? '')) found.push('<script>');
    for (const { name: attribute, value } of one.attributes) {
      if (/^on/i.test(attribute)) found.push(`${name} ${attribute}`);
      if (attribute === 'style' && /fixed|brand/.test(value)) found.push(`${name} style`);
      if (/^(href|src|action|formaction|xlink:href|data|srcdoc)$/i.test(attribute) && (/^\s*(javascript|vbscript|data:text)/i.test(value) || /brand\.example/.test(value))) found.push(`${name} ${attribute}=${value}`);
    }
  }
  return found;
}
/// All that a reader could see or would send again. Runs in the page.
function words() {
  return [document.documentElement.textContent, ...[...document.querySelectorAll('input, textarea')].map((one) => one.value)].join('\n');
}
/// Fills a form: lines with one payload each, areas with as many as they take; `with_hidden`: also what nobody types. Runs in the page.
function fill({ index, action, payloads, from, with_hidden }) {
  const form = document.forms[index];
  if (form?.action !== action) return undefined;  // what was just done took it away
  form.noValidate = true;
  let next = from;
  const named = [];
  for (const field of form.elements) {
    if (!field.name || field.name === 'csrf') continue;
    const type = field.localName === 'input' ? field.type : field.localName;
    if (type === 'textarea') {
      let text = '';
      for (let i = 0; i < payloads.length; ++i) {
        const more = `${text}${payloads[(next + i) % payloads.length]}\n`;
        if (field.maxLength > 0 && more.length > field.maxLength) break;
        text = more;
      }
      ++next;
      field.value = text;
      named.push(field.name);
    } else if (['text', 'search', 'email', 'url', 'tel', 'password'].includes(type)) {
      field.value = payloads[next++ % payloads.length].slice(0, field.maxLength > 0 ? field.maxLength : undefined);
      named.push(field.name);
    } else if (with_hidden && ['hidden', 'radio', 'checkbox', 'date', 'number', 'datetime-local', 'time'].includes(type)) {
      if (type !== 'hidden' && type !== 'radio' && type !== 'checkbox') field.type = 'text';
      else if (type !== 'hidden') field.checked = true;
      field.value = payloads[next++ % payloads.length];
      named.push(field.name);
    } else if (with_hidden && type === 'select') {
      field.add(new Option('', payloads[next++ % payloads.length], true, true));
      named.push(field.name);
    }
  }
  form.requestSubmit(form.querySelector('button:not([type=button]):not([disabled])') ?? undefined);
  return { next, named };
}
const kind_of = (address) => new URL(address).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replaceAll(/\/\d+/g, '/{n}');

class Hostile {
  static async at(browser, school, role, account) {
    const one = new Hostile();
    Object.assign(one, { role: role || 'visitor', school, kinds: new Map(), forms: new Map(), named: new Set(), seen: new Set(), next: 0, sent: 0 });
    one.context = await browser.newContext({ baseURL: school.base, viewport: desk, locale: 'zh-CN', bypassCSP: true, acceptDownloads: false });
    await one.context.exposeFunction('brand', () => { one.ran = 'brand() was called'; });
    one.page = await one.context.newPage();
    one.page.setDefaultTimeout(5000);
    one.page.on('dialog', (dialog) => { one.ran = 'a dialog opened'; dialog.dismiss(); });
    one.page.on('request', (request) => { if (!request.url().startsWith(school.base) && !request.url().startsWith('data:image/')) one.ran = `it asked for ${request.url()}`; });
    if (account) {
      await one.page.goto('/shide/login');
      await Promise.all([one.page.waitForURL((url) => !url.pathname.endsWith('/login')), one.page.locator('.role-card', { hasText: account.name }).first().click()]);
    }
    return one;
  }
  /// A file instead of a page leaves the reader where they were.
  async open(address) {
    const answer = await this.page.goto(address).catch((error) => { if (!/Download|ERR_ABORTED/.test(error.message)) throw error; });
    if (answer) await this.look();
    return answer;
  }
  async look() {
    const found = await this.page.evaluate(alive);
    must(found.length === 0, `${this.role}: ${this.page.url()} holds ${found.slice(0, 3).join(', ')}`);
    must(!this.ran, `${this.role}: ${this.page.url()}: ${this.ran}`);
    const text = await this.page.evaluate(words);
    payloads.forEach((payload, number) => { if (text.includes(payload)) this.seen.add(number); });
  }
  is_new(table, key, most) {
    table.set(key, (table.get(key) ?? 0) + 1);
    return table.get(key) <= most;
  }
  /// From the first page along every link, a few pages of each kind.
  async walk(pages_of_a_kind, visit) {
    this.kinds.clear();
    const waiting = [`${this.school.base}/shide/`];
    const known = new Set(waiting);
    for (let count = 0; waiting.length > 0 && count < pages_of_a_role; ++count) {
      const address = waiting.shift();
      if (!(await this.open(address))) continue;
      const links = await this.page.evaluate(() => [...document.querySelectorAll('a[href]')].map((one) => one.href));
      for (const link of links.map((one) => one.split('#')[0])) {
        if (!link.startsWith(`${this.school.base}/shide/`) || /[?&]lang=|\/assets\/|\/login/.test(link) || known.has(link)) continue;
        known.add(link);
        if (this.is_new(this.kinds, kind_of(link), pages_of_a_kind)) waiting.push(link);
      }
      await visit?.(address);
    }
  }
  /// Every form of the page, as people fill it and as nobody does.
  async type_into(address) {
    const count = await this.page.evaluate(() => document.forms.length);
    for (let index = 0; index < count; ++index) {
      const action = await this.page.evaluate((at) => document.forms[at]?.action, index);
      if (!action || /\/(logout|login)$/.test(action) || !this.is_new(this.forms, `${kind_of(address)} ${kind_of(action)}`, 1)) continue;
      for (const with_hidden of [false, true]) {
        const settled = this.page.waitForEvent('domcontentloaded').catch(() => undefined);
        const download = this.page.waitForEvent('download').catch(() => undefined);
        const filled = await this.page.evaluate(fill, { index, action, payloads, from: this.next, with_hidden });
        if (!filled) break;
        const { next, named } = filled;
        this.next = next;
        this.sent += 1;
        for (const name of named) this.named.add(`${kind_of(action)} ${name}`);
        await Promise.race([settled, download]);
        await this.page.waitForLoadState('load');
        await this.look();
        if (!(await this.open(address))) return;
      }
    }
  }
}

export async function hostile_story(browser) {
  const school = await School.found();
  const people = [];
  try {
    school.ctl('demo', '--today', today);
    const { accounts } = JSON.parse(fs.readFileSync(path.join(school.data, 'demo.json'), 'utf8'));
    await school.open(today);
    await story('markup in every field', async () => {
      await step('the eye sees: shown raw, the same lines run and are found', async () => {
        const one = await Hostile.at(browser, school, '');
        let seen = 0;
        await one.open('/shide/');
        for (const payload of payloads) {
          const found = await one.page.evaluate((raw) => {
            const frames = [`<p>${raw}</p>`, `<input value="${raw}">`, `<input value='${raw}'>`, `<textarea>${raw}</textarea>`, `<a href="${raw}">a</a>`, `<title>${raw}</title>`, `<!--${raw}--><b>`, `<style>${raw}</style>`];
            return frames.filter((frame) => {
              const parsed = new DOMParser().parseFromString(frame, 'text/html');
              const count = (document_) => document_.querySelectorAll('*').length;
              return count(parsed) !== count(new DOMParser().parseFromString(frame.replace(raw, 'x'), 'text/html')) || /javascript:|data:text|brand\.example/i.test(parsed.querySelector('a')?.getAttribute('href') ?? '') ||
                [...parsed.querySelectorAll('*')].some((element) => [...element.attributes].some((attribute) => /^on/i.test(attribute.name)));
            }).length;
          }, payload);
          seen += found > 0 ? 1 : 0;
        }
        must(seen >= 48, `only ${seen} of ${payloads.length} lines would be anything`);
        await one.page.setContent('<img src=x onerror=brand()>');
        await one.page.waitForFunction(() => document.images[0].complete);
        must(one.ran, 'a handler that runs is not noticed');
        await one.context.close();
      });
      for (const role of roles) {
        await step(`${role || 'a visitor'} types markup into every form in reach`, async () => {
          const account = accounts.find((one) => one.role === role);
          must(!role || account, `the demo school has no ${role}`);
          const one = await Hostile.at(browser, school, role, account);
          people.push(one);
          await one.walk(2, (address) => one.type_into(address));
          console.log(`   ${one.role}: ${one.sent} forms sent, ${one.named.size} fields`);
        });
      }
      await step('everybody opens everything once more: nothing runs, and what was typed is there to read', async () => {
        const seen = new Set(), named = new Set();
        for (const one of people) {
          await one.walk(1);
          for (const number of one.seen) seen.add(number);
          for (const name of one.named) named.add(name);
        }
        const unseen = payloads.filter((_, number) => !seen.has(number));
        console.log(`   ${named.size} fields of forms took ${payloads.length} lines each in turn; not shown as typed: ${unseen.join(' | ') || 'none'}`);
        must(named.size >= 120, `only ${named.size} fields were reached`);
        must(unseen.length <= 4, `never shown: ${unseen.join(' | ')}`);
      });
    });
  } finally {
    for (const one of people) await one.context.close();
    await school.leave();
  }
}
