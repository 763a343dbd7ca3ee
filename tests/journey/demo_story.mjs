// The demo school as each role finds it, on a phone and at a desk, in both languages: every page of one's own opens, is calm and
// says what is so; what is another's does not exist; a guesser learns nothing.
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { School, Reader, Caller, step, story, must, says, hides, phone, desk } from './stage.mjs';
import { draw_photos } from './photos.mjs';

const today = '2021-01-24 20:30';
/// Where each role looks; {visit} is a visit of one's own.
const pages = {
  teacher: ['/my', '/companions', '/staff', '/my/archive', '/campaigns', '/code-of-conduct', '/privacy', '/privacy/matrix'],
  homeroom_teacher: ['/my', '/visits/{visit}', '/visits/{visit}/annex3', '/papers', '/visits/{visit}/preparation', '/visits/{visit}/arrange', '/visits/{visit}/contact', '/visits/{visit}/gift', '/staff', '/my/archive', '/my/score', '/signals'],
  grade_leader: ['/my', '/companions', '/rosters', '{roster}/allocation', '{roster}/annex2', '/reviews', '/demands'],
  student_office: ['/overview', '/campaigns', '/campaigns/new', '/rosters', '/reviews', '/demands', '/rectifications', '/signals', '/gifts', '/editor', '/editor/copies', '/classes', '/classes/import', '/new-year', '/begin', '/staff'],
  union_editor: ['/editor', '/editor/copies', '/staff'],
  ethics_committee: ['/appraisal', '/signals', '/gifts', '/rectifications', '/staff'],
  hr: ['/archives', '/archives/0317', '/appraisal'],
  head: ['/overview', '/demands', '/rectifications', '/signals', '/archives', '/appraisal', '/staff'],
  it_admin: ['/begin', '/people', '/people/new', '/people/lines', '/people/import', '/people/slips', '/account', '/account/second-factor'],
  auditor: ['/audit', '/audit/readers', '/audit/seal', '/account'], district: ['/district'],
};
/// One more paragraph in the box of the visit, as a word processor puts it.
const FILL = `
import sys, docx
document = docx.Document(sys.argv[1])
for row in document.tables[0].rows:
    if row.cells[0].text.strip() == "家访过程":
        row.cells[-1].add_paragraph("从纸上写的一段。")
document.save(sys.argv[2])
`;
const is_chinese = /[\u4e00-\u9fff]/;
/// What stays Chinese on an English page: the way back, and the names of groups and classes.
const is_data = (word) => /^(中文|[一二三四五六]年级组|艺体综合组|[一二三四五六]\(\d\)班)$/.test(word.trim());

export async function demo_story(browser) {
  const school = await School.found();
  let accounts = [];
  const of = (role, name) => accounts.find((one) => one.role === role && (!name || one.name === name));
  try {
    school.ctl('demo', '--today', today);
    accounts = JSON.parse(fs.readFileSync(path.join(school.data, 'demo.json'), 'utf8')).accounts;
    await school.open(today);

    await story('the public face', async () => {
      for (const viewport of [phone, desk]) {
        await step(`S1 S2 S3 S6 S7 S8 S9 S14 S17 the public face of the demo school at ${viewport.width} pixels`, async () => {
          const visitor = await Reader.at(browser, school, viewport);
          must((await visitor.go('/')).status() === 200, 'the public face does not answer 200');
          says(await visitor.text(), '青榆小学', '师德师风活动', '来源：本站原创', '发布人：赵文澜', '2021-01-13', '浏览 412', '牵手千家万户', '31', '98位教师', '演示数据');
          await visitor.calm('demo_public');
          await visitor.go('/?lang=en');
          says(await visitor.text(), 'Staff sign-in');
          await visitor.calm('demo_public_en');
          await visitor.leave();
        });
      }
    });
    for (const role of Object.keys(pages)) {
      await story(`the ${role}`, () => step(`D9 R14 ${role}: the pages of one's own, on phone and desk, in both languages`, () => walk(role, of(role))));
    }
    await story('annex 3 as Word', () => out_and_back(of('homeroom_teacher')));
    await story('the check before posting', () => before_posting(of('homeroom_teacher')));
    await story('signing in', () => guessing(of('teacher'), of('homeroom_teacher')));
  } finally {
    await school.leave();
  }

  /// Out as a Word document, filled in with another program, and back: seen before it is written.
  async function out_and_back(account) {
    const reader = await Reader.at(browser, school, phone);
    const file = path.join(school.data, 'annex3.docx'), filled = path.join(school.data, '改了名字 (1).docx');
    let visit;
    await step('S102 D11 annex 3 leaves as a Word document, and prints from its page', async () => {
      await reader.sign_in(account.login, account.password);
      visit = /\/visits\/([0-9a-f-]{36})/.exec(await reader.page.content())[1];
      await reader.go(`/visits/${visit}/annex3`);
      const [download] = await Promise.all([reader.page.waitForEvent('download'), reader.tap(reader.page.getByRole('button', { name: /Word/ }))]);
      await download.saveAs(file);
      must(download.suggestedFilename().startsWith('“大走访”活动记录表'), download.suggestedFilename());
      await reader.follow(reader.page.getByRole('button', { name: '打开打印页' }));
      says(await reader.text(), '附件3', '家访后寻求对策或感想', '参与教师签名', '取出');
      await reader.calm('annex3_print');
    });
    await step('S102 D11 filled in elsewhere, renamed and saved anew it comes back: first to be looked at, then into the record', async () => {
      execFileSync('/usr/bin/python3', ['-c', FILL, file, filled]);
      await reader.go('/papers');
      await reader.page.locator('input[type="file"]').setInputFiles(filled);
      await reader.press('看看读到了什么');
      says(await reader.text(), '改了名字 (1).docx', '从纸上写的一段。', '写进去', '没有变');
      await reader.calm('papers_check');
      const before = (await record_of(visit)).narrative;
      must(!before.includes('从纸上写的一段。'), 'it is written before anybody said so');
      await reader.press('都写进去');
      says(await reader.text(), '写进去了');
      await reader.calm('papers_taken');
      must((await record_of(visit)).narrative === `${before}\n\n从纸上写的一段。`, (await record_of(visit)).narrative);
    });
    await step('S76 D11 what a colleague changed in the same field meanwhile is asked about, with both versions on the page', async () => {
      const now = await record_of(visit), caller = await Caller.of(school, account.login, account.password);
      await caller.json('PUT', `/api/v1/records/${visit}`, { ...now, narrative: `${now.narrative}在页面上又写了一句。` }, { 'If-Match': `"${now.version}"` });
      await reader.go('/papers');
      execFileSync('/usr/bin/python3', ['-c', FILL, filled, filled]);
      await reader.page.locator('input[type="file"]').setInputFiles(filled);
      await reader.press('看看读到了什么');
      await reader.press('都写进去');
      says(await reader.text(), '改了同一栏');
      await reader.press('打开记录，逐处看');
      says(await reader.text(), '在页面上又写了一句。');
      await reader.calm('papers_both');
    });
    await reader.leave();

    async function record_of(id) { return JSON.parse(await (await reader.context.request.get(`/shide/api/v1/records/${id}`)).text()); }
  }

  async function walk(role, account) {
    for (const viewport of [phone, desk]) {
      const reader = await Reader.at(browser, school, viewport);
      await reader.go('/login');
      await reader.follow(reader.page.locator('.role-card', { hasText: account.name }).first());
      await reader.page.waitForURL((url) => !url.pathname.endsWith('/login'));
      must((await reader.page.request.get(reader.page.url())).ok(), `signing in leads ${role} to a page that does not open`);
      await reader.calm(`demo_${role}_home`);
      let roster;  // of one's own, once /rosters has led there
      const visit = /\/visits\/([0-9a-f-]{36})/.exec(await reader.page.content())?.[1];
      for (const place of [...pages[role], '/check']) {
        const where = place.replace('{roster}', roster ?? '');
        const name = `demo_${role}_${where.replace('/{visit}', '').replace(roster ?? '/nowhere', '').replaceAll('/', '_').slice(1)}`;
        must((await reader.go(where.replace('{visit}', visit))).status() === 200, `${where} does not open for ${role}`);
        roster ??= /\/rosters\/[0-9a-f-]{36}/.exec(reader.page.url())?.[0];
        await reader.calm(name);
        await reader.page.goto(`${reader.page.url()}?lang=en`);
        must(await reader.page.locator('html').getAttribute('lang') === 'en', `${where} is not in English`);
        const words = await reader.page.locator('nav:not(.notes-list) a, button, th[scope="col"], label, legend, summary').allInnerTexts();
        const chinese = words.filter((word) => is_chinese.test(word) && !is_data(word));
        must(chinese.length === 0, `${where} still says in Chinese: ${chinese.slice(0, 3)}`);
        if (viewport === phone) await reader.calm(`${name}_en`);
        await reader.go(`${where.replace('{visit}', visit)}?lang=zh`);
      }
      await reader.leave();
    }
  }

  /// A text, a document and a photo in one go; then the whole data directory, log included, is searched for what was sent.
  async function before_posting(teacher) {
    const rare = '鼊鱻麤';
    const tracked = fs.readFileSync(new URL('../fuzz/corpus/docx/tracked.docx', import.meta.url));
    const [photo] = await draw_photos(browser, 1);
    const files = [{ name: '家访.docx', mimeType: 'application/octet-stream', buffer: tracked }, { name: 'photo.png', mimeType: 'image/png', buffer: photo }];
    for (const viewport of [phone, desk]) {
      await step(`S98 S109 D12 发前一查 at ${viewport.width} pixels finds what gives a child away, and gives back clean text and photos`, async () => {
        const reader = await Reader.at(browser, school, viewport);
        await reader.sign_in(teacher.login, teacher.password);
        await reader.follow(reader.page.locator('footer a', { hasText: '发前一查' }));
        await reader.press('查一查');
        says(await reader.text(), '还没有要查的内容');
        await reader.calm('demo_check_nothing');
        await reader.fill({ text: `${rare}：1月23日傍晚，我们敲开了慕容雪晴家的门。雪晴家住枫林路88号6幢，电话13800000000。`, names: '慕容雪晴' });
        await reader.page.locator('input[name="files"]').setInputFiles(files);
        await reader.press('查一查');
        says(await reader.text(), '找到', '学生姓名', '已删除的文字', '批注', '作者', '照片1', '改好的文字');
        const clean = await reader.page.locator('#clean-html').inputValue();
        says(clean, '<p>', rare);
        hides(clean, '雪晴', '88号', '13800000000', '1月23日');
        must(await reader.page.locator('figure img').evaluate((image) => image.complete && image.naturalWidth > 0), 'the cleaned photo is not shown');
        await reader.calm('demo_check');
        await reader.tap(reader.page.getByRole('button', { name: '复制改好的文字' }));
        await reader.page.getByRole('button', { name: '已复制' }).waitFor();
        await reader.go('/check');
        hides(await reader.page.content(), rare);
        await reader.leave();
      });
    }
    await step('D12 nothing of what was checked stays on the disk, in the database or in the log', async () => {
      const kept = fs.readdirSync(school.data, { recursive: true }).map((name) => path.join(school.data, name)).filter((name) => fs.statSync(name).isFile());
      must(kept.some((name) => fs.readFileSync(name).includes('/check')), 'the log does not name the page: the search looks in the wrong place');
      for (const name of kept) must(!fs.readFileSync(name).includes(rare), `${path.basename(name)} holds what was checked`);
    });
  }

  async function guessing(teacher, homeroom) {
    await step('D13 a wrong password is said beside the form, the sixth in a row waits', async () => {
      const reader = await Reader.at(browser, school, phone);
      await reader.go('/login');
      await reader.calm('login');
      for (let attempt = 1; attempt <= 6; ++attempt) {
        await reader.page.locator('form.card input[name="login"]').fill(teacher.login);
        await reader.page.locator('form.card input[type="password"]').fill(`wrong ${attempt}`);
        const [answer] = await Promise.all([reader.page.waitForResponse((one) => one.request().method() === 'POST'), reader.page.locator('form.card button').click()]);
        must(answer.status() === (attempt <= 5 ? 422 : 429) || (attempt === 5 && answer.status() === 429), `attempt ${attempt} answers ${answer.status()}`);
      }
      must(await reader.page.locator('form.card input[name="login"]').inputValue() === teacher.login, 'the login is not kept');
      await reader.calm('login_locked');
      await reader.leave();
    });
    await step('a forged cookie leads to the login, and back to the page afterwards', async () => {
      const reader = await Reader.at(browser, school, phone);
      await reader.context.addCookies([{ name: 'shide_session', value: 'forged', url: school.base }]);
      await reader.go('/my/archive');
      must(reader.page.url().includes('/login'), `a forged cookie leads to ${new URL(reader.page.url()).pathname}`);
      await reader.page.locator('form.card input[name="login"]').fill(homeroom.login);
      await reader.page.locator('form.card input[type="password"]').fill(homeroom.password);
      await reader.follow(reader.page.locator('form.card button'));
      await reader.page.waitForURL('**/my/archive');
      await reader.leave();
    });
    await step('R14 an id of another grade is answered like one that nobody has', async () => {
      const grade_leader = await Caller.of(school, of('grade_leader').login, of('grade_leader').password);
      const owner = await Caller.of(school, of('homeroom_teacher', '宋清和').login, of('homeroom_teacher', '宋清和').password);
      const visit = /\/visits\/([0-9a-f-]{36})/.exec((await owner.get('/my')).text)[1];
      const [theirs, nobodys] = [await grade_leader.get(`/visits/${visit}`), await grade_leader.get(`/visits/${visit.slice(0, -4)}0000`)];
      must(theirs.status === 404 && nobodys.status === 404, `they answer ${theirs.status} and ${nobodys.status}`);
      const plain = (text) => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').replaceAll(/value="[0-9a-f]{32}"/g, '');
      must(plain(theirs.text) === plain(nobodys.text), 'the two answers differ');
      hides(theirs.text, '宋清和');
    });
  }
}
