// A school without a CMS: shided behind nginx with the packaged file and TLS, and nothing else. A teacher hands in a record on a phone,
// an editor and the office publish, a visitor reads, and what is withdrawn is gone from page, list, feed and API.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { School, Reader, eventually, step, must, says, phone, desk } from './stage.mjs';
import { make_certificate } from '../support/certificate.mjs';
import { nginx, write_nginx } from '../support/nginx.mjs';
import { draw_photos } from './photos.mjs';
import { open_drafts } from './drafts_story.mjs';
import { compose_and_approve, hand_in_record, look, published, withdraw_post } from './publishing.mjs';

const title = '走访之后：先说优点';

export async function nginx_story(browser) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-journey-nginx-'));
  const user = process.getuid() === 0 ? { uid: Number(execFileSync('id', ['-u', 'www-data'])), gid: Number(execFileSync('id', ['-g', 'www-data'])) } : {};
  if (user.uid) fs.chownSync(folder, user.uid, user.gid);
  const school = await School.found();
  let proxy;
  try {
    school.ctl('demo');
    const { accounts } = JSON.parse(fs.readFileSync(path.join(school.data, 'demo.json'), 'utf8'));
    const account = (role) => accounts.find((one) => one.role === role);
    school.config = path.join(folder, 'shide.info');
    fs.writeFileSync(school.config, `data { directory "${school.data}" }\nserver {\n port ${school.port}\n trusted_proxy 127.0.0.1\n}\ndemo { enabled on }\nworker { interval_seconds 1 }\n`);
    await school.open();
    const [mine] = await open_drafts(school, accounts);
    must(mine, 'the demo school has no record to be written');
    const { tls_port, args } = await write_nginx(folder, school.port, make_certificate(folder, user));
    proxy = spawn(nginx, args, { stdio: 'ignore', ...user });
    school.base = `https://localhost:${tls_port}`;
    const photos = await draw_photos(browser, 2);
    const visitor = await Reader.at(browser, school, phone), teacher = await Reader.at(browser, school, phone), at_desk = await Reader.at(browser, school, desk);
    const asked = (where) => visitor.context.request.get(`/shide${where}`);
    let post = '';

    await step('S4 R1 the section stands behind nginx, by TLS, and every cookie is its own', async () => {
      await eventually('nginx', () => asked('/ready').then((answer) => answer.ok(), () => false));
      must((await visitor.go('/')).status() === 200, 'no public face');
      await look(visitor, 'nginx_face');
      await teacher.sign_in(mine.login, mine.password);
      const cookies = await teacher.context.cookies();
      must(cookies.length > 0 && cookies.every((one) => one.secure && /^__(Host|Secure)-/.test(one.name)), cookies.map((one) => one.name).join(' '));
    });
    await step('S72 S93 the record is written on the phone, with two photos, and handed in', () => hand_in_record(teacher, mine.visit, photos, 'nginx'));
    await step('S7 S98 an editor composes, the office approves', async () => { post = await compose_and_approve(at_desk, account, title); });
      // The page tells the words, the others the title.
    const places = [() => `/posts/${post}`, () => '/', () => '/feed.xml', () => '/api/v1/public/posts'];
    const tells = async (where) => { const text = await (await asked(where())).text(); return text.includes(title) || text.includes(published); };
    await step('S4 S98 a visitor finds it on page, list, feed and API, on a phone and at a desk', async () => {
      await eventually('the post', () => tells(places[0]), 30);
      for (const where of places) must(await tells(where), `${where()} does not tell of it`);
      for (const viewport of [phone, desk]) {
        const reader = await Reader.at(browser, school, viewport);
        await reader.go(`/posts/${post}`);
        says(await reader.text(), published);
        await reader.calm('nginx_post');
        await reader.leave();
      }
    });
    await step('S98 D1 withdrawn, it is gone from all of them within 60 s', async () => {
      await withdraw_post(at_desk, post, 'nginx');
      await eventually('the end of it everywhere', async () => {
        for (const where of places) if (await tells(where)) return false;
        return true;
      }, 60);
      must((await asked(`/posts/${post}`)).status() === 404, 'its page answers as if it stood');
    });
    for (const one of [visitor, teacher, at_desk]) await one.leave();
  } finally {
    proxy?.kill('SIGTERM');
    await school.leave();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
