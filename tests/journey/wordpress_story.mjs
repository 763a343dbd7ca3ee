// A school whose website is WordPress, with its own sign-in, theme and category: a teacher goes from there to a visit record on a
// phone, an editor and the office publish, the copy stands in WordPress, and goes when it is withdrawn. tests/host/wordpress.mjs has
// the sides nobody sees.
import { execFile, execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { School, Reader, eventually, step, must, says, phone, desk } from './stage.mjs';
import { draw_photos } from './photos.mjs';
import { open_drafts } from './drafts_story.mjs';
import { compose_and_approve, hand_in_record, look, published, withdraw_post } from './publishing.mjs';

const tests = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const program = path.join(tests, 'support/wordpress');
const title = '走访之后：午餐温热';

export async function wordpress_story(browser) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-journey-wordpress-'));
  fs.chmodSync(scratch, 0o755);
  const site = path.join(scratch, 'site');
  const inside = (...args) => JSON.parse(execFileSync(program, ['php', site, path.join(tests, 'host/support/inside_wordpress.php'), ...args], { encoding: 'utf8', stdio: 'pipe' }).trim().split('\n').pop());
  const starting = promisify(execFile)(program, ['start', site]);
  const school = await School.found();
  try {
    school.ctl('demo');
    const url = (await starting).stdout.trim().split('\n').pop();
    const { accounts } = JSON.parse(fs.readFileSync(path.join(school.data, 'demo.json'), 'utf8'));
    const account = (role) => accounts.find((one) => one.role === role);
    const section = `${school.base}/shide`, key_file = path.join(scratch, 'site.key');
    fs.writeFileSync(key_file, `${crypto.randomBytes(32).toString('hex')}\n`, { mode: 0o640 });
    if (process.getuid() === 0) fs.chownSync(key_file, 0, Number(execFileSync('id', ['-g', 'www-data'], { encoding: 'utf8' })));
    school.config = path.join(scratch, 'shide.info');
    fs.writeFileSync(school.config, `data { directory "${school.data}" }\nserver { port ${school.port} }\ndemo { enabled on }\nworker { interval_seconds 1 }\n` +
      `site {\n bridge_url "${url}/"\n ticket_key_file "${key_file}"\n theme on\n}\n` +
      `publisher {\n kind "wordpress"\n url "${url}/"\n user "publisher"\n password_file "${path.join(site, 'publisher.password')}"\n category "shide"\n}\n`);
    await school.open();
    inside('activate');
    inside('settings', JSON.stringify({ section_url: section, key_file, count: '5' }));
    const home = inside('front', '青榆小学工会网', '<!-- wp:shide/section {"count":5} /-->');
    const [mine] = await open_drafts(school, accounts);
    must(mine, 'the demo school has no record to be written');
    const photos = await draw_photos(browser, 2);
    const teacher = await Reader.at(browser, school, phone), at_desk = await Reader.at(browser, school, desk);
    let post = '';

    await step('S1 R1 a teacher signs in at WordPress, finds the section in its menu and is asked once who that is', async () => {
      await teacher.page.goto(`${url}/wp-login.php`);
      await teacher.page.locator('#user_login').fill('teacher');
      await teacher.page.locator('#user_pass').fill(fs.readFileSync(path.join(site, 'teacher.password'), 'utf8').trim());
      await teacher.follow('#wp-submit');
      await teacher.page.goto(`${url}/wp-admin/`);
      const entry = teacher.page.locator('#adminmenu a[href="admin.php?page=shide"]').first();
      if (!(await entry.isVisible())) await teacher.tap('#wp-admin-bar-menu-toggle a');
      await teacher.follow(entry);
      await look(teacher, 'wordpress_entry');
      await teacher.follow('#wpbody a.button-primary');
      must(teacher.page.url().startsWith(section), `it leads to ${new URL(teacher.page.url()).pathname}`);
      await look(teacher, 'wordpress_link');
      await teacher.page.locator('form[action$="/site/link"] input[name="login"]').fill(mine.login);
      await teacher.page.locator('form[action$="/site/link"] input[type="password"]').fill(mine.password);
      await teacher.follow('form[action$="/site/link"] button');
      must((await teacher.go('/my')).status() === 200, 'the teacher is not in');
    });
    await step('S72 S93 the record is written on the phone and handed in', () => hand_in_record(teacher, mine.visit, photos, 'wordpress'));
    await step('S7 S98 an editor composes, the office approves', async () => { post = await compose_and_approve(at_desk, account, title); });
    const text_of = async (address) => (await fetch(address, { redirect: 'manual' })).text();
    const places = () => [`/shide-${post}/`, '/category/shide/', '/feed/', `/?s=${encodeURIComponent(title)}`, `/wp-json/wp/v2/posts?slug=shide-${post}`].map((one) => `${url}${one}`);
    /// The search page repeats what was looked for, and REST writes Chinese in escapes: there the piece's own name is what tells.
    const tells = async (address) => {
      const text = await text_of(address);
      return text.includes(/\/\?s=|wp-json/.test(address) ? `shide-${post}` : title) || text.includes(published);
    };
    await step("S4 it stands in WordPress's own category, and in the block on its home page, in the site's theme", async () => {
      await eventually('the copy', async () => inside('copies', `shide-${post}`).some((one) => one.status === 'publish'), 30);
      inside('forget');
      for (const viewport of [phone, desk]) {
        const visitor = await Reader.at(browser, school, viewport);
        for (const [name, address] of [['category', `${url}/category/shide/`], ['post', `${url}/shide-${post}/`], ['home', home]]) {
          await visitor.page.goto(address);
          await look(visitor, `wordpress_${name}`);
          says(await visitor.text(), title);
          const wide = await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          must(wide <= 0, `${name} scrolls sideways by ${wide} px at ${viewport.width}`);
        }
        await visitor.leave();
      }
      for (const address of places()) must(await tells(address), `${new URL(address).pathname} does not tell of it`);
    });
    await step('S98 D1 withdrawn, it is gone from page, category, feed, search, REST and home page within 60 s', async () => {
      await withdraw_post(at_desk, post, 'wordpress');
      await eventually('the end of it everywhere', async () => {
        for (const address of places()) if (await tells(address)) return false;
        return !(await tells(home)) && inside('copies', `shide-${post}`).length === 0;
      }, 60);
    });
    for (const one of [teacher, at_desk]) await one.leave();
  } finally {
    await starting.catch(() => {});
    await school.leave();
    execFileSync(program, ['stop', site], { stdio: 'ignore' });
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
