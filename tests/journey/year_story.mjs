// The first afternoon of a large school, and the year after: 1,600 pupils and 100 teachers by the school's own lists, slips that a phone
// reads, a plan whose days are moved, and the school year that follows. Names are drawn, not anybody's.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { School, Reader, Caller, step, must, says, hides, eventually, phone, desk, results } from './stage.mjs';

const password = 'A sentence of 2021 mine';
const admin = { name: '凌知远', login: 'lingzhiyuan', password: 'Shide-founder-2021' };
const office = ['闻静好', 'wenjinghao', 'student_office'];
const others = [office, ['季明朗', 'jiminglang', 'union_editor'], ['严正平', 'yanzhengping', 'ethics_committee'], ['史可鉴', 'shikejian', 'hr'], ['方知新', 'fangzhixin', 'head']];

const numerals = '一二三四五六';
const [first, second, third] = ['沈周俞丁叶秦卫岑阮姚', '云清晚星知青念向初景', '舒越晴野夏禾慈晨雪行'].map((one) => [...one]);
/// A thousand names, each its own; pupils of one name are told apart by their numbers.
const name_of = (index) => first[index % 10] + second[Math.floor(index / 10) % 10] + third[Math.floor(index / 100) % 10];
const teachers = Array.from({ length: 100 }, (_, i) => ({ name: `${name_of(i * 7)}${i < 50 ? '' : '也'}`, number: String(101 + i), grade: `${numerals[Math.floor(i / 16) % 6]}年级组` }));
const classes = Array.from({ length: 36 }, (_, i) => ({ name: `${numerals[Math.floor(i / 6)]}(${(i % 6) + 1})班`, homeroom: teachers[i].number, grade: Math.floor(i / 6) }));
const pupils = Array.from({ length: 1600 }, (_, i) => ({ name: name_of(i), number: String(20001 + i), school_class: classes[i % 36].name }));
const staff_lines = ['姓名\t工号\t学科\t年级组', ...teachers.map((one, i) => `${one.name}\t${one.number}\t${['语文', '数学', '英语'][i % 3]}\t${one.grade}`)].join('\n');
const class_lines = ['班级\t班主任\t年级组\t年级组长', ...classes.map((one) => `${one.name}\t${one.homeroom}\t${numerals[one.grade]}年级组\t${teachers[one.grade * 6].number}`)].join('\n');
const pupil_lines = ['班级\t姓名\t学号', ...pupils.map((one) => `${one.school_class}\t${one.name}\t${one.number}`)].join('\n');
const lesson_lines = ['班级\t教师\t学科', ...classes.map((one, i) => `${one.name}\t${teachers[36 + i].number}\t数学`)].join('\n');

const plan = {
  title: '2020——2021学年育和小学百名教师“大走访”活动实施方案', other_title: '“大家访”活动', theme: '牵手千家万户，共助学生成长', school_year: '2020-2021', term: '1',
  visit_from: '2021-01-23', visit_to: '2021-01-24', tentative: 'yes', roster_due: '2021-01-20', upload_due: '2021-01-29', team_min: '2', team_max: '3', per_class: '1', photos_required: '2',
  homeroom_counts: 'yes', issued_by: '育和小学', plan_text: '一、活动主题\n牵手千家万户，共助学生成长。', 'basis.0.title': '关于“大家访”活动的通知',
  'stages.0.title': '学校宣讲', 'stages.0.from': '2021-01-13', 'stages.0.to': '2021-01-13', 'stages.1.title': '结伴走访', 'stages.1.from': '2021-01-23', 'stages.1.to': '2021-01-24',
};

export async function year_story(browser) {
  const school = await School.found();
  const at_desk = await Reader.at(browser, school, desk), at_phone = await Reader.at(browser, school, phone);
  const both = [at_desk, at_phone];
  let campaign, opened;
  try {
    await school.open('2021-01-11 13:00');
    opened = Date.now();
    await first_afternoon();
    await a_code_after_the_password();
    await moving_the_days();
    await the_year_after();
  } finally {
    for (const one of both) await one.leave();
    await school.leave();
  }

  /// A list, pasted or as a file: looked at, then confirmed.
  async function import_list(where, lines, kind) {
    await at_desk.go(where);
    if (kind) await at_desk.choose('kind', kind);
    if (lines.length < 10_000) await at_desk.fill({ pasted: lines });
    else await at_desk.page.locator('main [name="table"]').setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(lines.replaceAll('\t', ','), 'utf8') });
    await at_desk.follow(at_desk.page.locator('form.card button.btn').first());
    await at_desk.follow(at_desk.page.locator('form[action$="/confirm"] button.btn').first());
  }

  async function first_afternoon() {
    await step('D13 the one-time link leads to a page that says what is next', async () => {
      const link = /https?:\S+\/setup\/\S+/.exec(school.ctl('first-administrator', '--url', `${school.base}/shide`))[0];
      await at_desk.page.goto(link);
      await at_desk.fill({ school_name: '云陵市桐湖区育和小学', short_name: '育和小学', site_name: '工会网', section_name: '师德师风活动', name: admin.name, login: admin.login, password: admin.password });
      await at_desk.press('建好了');
      await at_desk.page.waitForURL('**/begin');
      says(await at_desk.text(), '还没有老师', '导入教职工名单');
      await at_desk.calm('begin_empty');
    });
    await step('S14 S22 a hundred teachers come from the school\'s own list, and their roles', async () => {
      await at_desk.follow(at_desk.page.getByRole('link', { name: '导入教职工名单' }));
      await import_list('/people/import', staff_lines);
      const keeper = await Caller.of(school, admin.login, admin.password);
      for (const [name, login, roles] of others) await keeper.post('/people', { name, login, roles });
      await at_desk.go('/begin');
      says(await at_desk.text(), '100位老师', '各个角色都有人了', '105位同事还没有登录条');
    });
    const slips = [];
    await step('D13 slips for everybody are printed at once, ten a page, and never shown again', async () => {
      await at_desk.go('/people/slips');
      await at_desk.calm('slips_ask');
      await at_desk.press('做出来，打印');
      for (const one of await at_desk.page.locator('.slip').all()) {
        slips.push({ who: await one.locator('p b').first().innerText(), code: await one.locator('.secret').innerText() });
      }
      must(slips.length === 105, `${slips.length} slips instead of 105`);
      await at_desk.page.setViewportSize({ width: 794, height: 1123 });  // A4 at 96 dpi
      await at_desk.page.emulateMedia({ media: 'print' });
      const height = await at_desk.page.locator('.slip').first().evaluate((one) => one.getBoundingClientRect().height);
      must(height * 5 < 252 * 96 / 25.4, `a slip is ${height} px high: five do not fit on a page of A4`);
      await at_desk.page.locator('.slips').first().screenshot({ path: path.join(results, 'screenshots', 'slips-print.png') });
      await at_desk.page.emulateMedia({ media: null });
      await at_desk.page.setViewportSize(desk);
      await at_desk.go('/people/slips');
      hides(await at_desk.text(), slips[0].code);
    });
    const mine = () => slips.find((one) => one.who === office[0]);
    await step('D13 the picture on a slip is read as its address, and opens the page to choose a password', async () => {
      const again = await Reader.at(browser, school, desk);
      await again.sign_in(admin.login, admin.password);
      await again.go('/people');
      await again.follow(again.page.getByRole('link', { name: office[0], exact: true }));
      await again.press('做一张登录条');
      const picture = path.join(results, 'screenshots', 'slip-qr.png');
      await again.page.locator('svg.qr').screenshot({ path: picture });
      await again.calm('slip');
      mine().code = await again.page.locator('.secret').innerText();
      await again.leave();
      const read = execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
      must(read === `${school.base}/shide/enter/${mine().code}`, `the picture says ${read}`);
      await at_phone.page.goto(read);
      says(await at_phone.text(), office[0], office[1]);
      await at_phone.calm('enter');
      await at_phone.fill({ password: 'short' });
      await at_phone.press('定好了，进去');
      says(await at_phone.text(), '12');
      await at_phone.fill({ password });
      await at_phone.press('定好了，进去');
      await at_phone.go('/begin');
      says(await at_phone.text(), '还没有班级');
      await at_phone.calm('begin_half');
      must((await fetch(read)).status === 422, 'the slip works twice');
    });
    await step('D13 from the code to the first page by the keyboard alone', async () => {
      const teacher = await Reader.at(browser, school, desk);
      const keys = teacher.page.keyboard;
      await teacher.go('/login');
      await teacher.tab_to('a[href$="/enter"]');
      await Promise.all([teacher.page.waitForURL('**/enter'), keys.press('Enter')]);
      await teacher.tab_to('[name="code"]');
      await keys.type(slips.find((one) => one.who === teachers[1].name).code);
      await Promise.all([teacher.page.waitForURL('**/enter/*'), keys.press('Enter')]);
      await teacher.tab_to('[name="password"]');
      await keys.type(password);
      await Promise.all([teacher.page.waitForURL('**/my'), keys.press('Enter')]);
      await teacher.leave();
    });
    await step('D13 who has no camera types the code', async () => {
      const teacher = await Reader.at(browser, school, phone);
      await teacher.go('/enter');
      await teacher.fill({ code: 'kRt7-Wm4x-Qz9p' });
      await teacher.press('下一步');
      says(await teacher.text(), '没有这样一张登录条');
      await teacher.calm('enter_code_wrong');
      await teacher.fill({ code: slips.find((one) => one.who === teachers[0].name).code });
      await teacher.press('下一步');
      await teacher.fill({ password });
      await teacher.press('定好了，进去');
      await teacher.page.waitForURL('**/my');
      await teacher.leave();
    });
    await step('S53 S54 S99 classes, 1,600 pupils and lessons follow, each taken up where it was left', async () => {
      await at_desk.sign_in(office[1], password);
      await import_list('/classes/import', class_lines, 'classes');
      await at_desk.go('/begin');
      says(await at_desk.text(), '36个班，都有班主任', '还没有学生');
      await import_list('/classes/import', pupil_lines, 'students');
      await import_list('/classes/import', lesson_lines, 'lessons');
      for (const one of both) {
        if (one === at_phone) await one.sign_in(office[1], password);
        await one.go('/begin');
        says(await one.text(), '1600名学生，每个班都有', '36条任课');
        await one.calm('begin_filled');
      }
    });
    await step('S45 the plan is announced, and the first afternoon is over', async () => {
      const caller = await Caller.of(school, office[1], password);
      const page = (await caller.get('/campaigns/new')).text;
      campaign = await caller.post('/campaigns', { ...plan, id: /name="id" value="([^"]+)"/.exec(page)[1], version: '0' });
      campaign = campaign.replace('/shide', '');
      await caller.post(`${campaign}/announce`, {});
      await at_desk.go('/begin');
      says(await at_desk.text(), '方案已经发布');
    });
  }

  /// What the administrator's phone would show, by the section's day (RFC 6238).
  function shown_on_phone(secret) {
    const bits = [...secret.replaceAll(' ', '')].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((one) => parseInt(one, 2)));
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(BigInt(Math.floor((Date.parse('2021-01-11T13:00:00+08:00') + Date.now() - opened) / 30_000)));
    const digest = createHmac('sha1', key).update(count).digest();
    return String((digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }

  async function a_code_after_the_password() {
    const keeper = await Reader.at(browser, school, phone);
    let secret, recovery, first;
    await step('D13 the administrator adds the account to a phone by a picture, and keeps ten recovery codes', async () => {
      await keeper.sign_in(admin.login, admin.password);
      await keeper.go('/account');
      await keeper.calm('account_second_factor');
      await keeper.follow(keeper.page.getByRole('link', { name: '查看、更改' }));
      await keeper.calm('second_factor_off');
      await keeper.fill({ password: 'not this one' });
      await keeper.press('开始设置');
      says(await keeper.text(), '现在的密码不对');
      await keeper.fill({ password: admin.password });
      await keeper.press('开始设置');
      secret = await keeper.page.locator('.secret').innerText();
      await keeper.calm('second_factor_picture');
      const picture = path.join(results, 'screenshots', 'second-factor-qr.png');
      await keeper.page.locator('svg.qr').screenshot({ path: picture });
      const read = execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
      must(read.startsWith('otpauth://totp/') && read.includes(`secret=${secret.replaceAll(' ', '')}`), `the picture says ${read}`);
      first = shown_on_phone(secret);
      await keeper.fill({ code: first });
      await keeper.press('确认');
      recovery = await keeper.page.locator('.secret').allInnerTexts();
      must(recovery.length === 10, `${recovery.length} recovery codes`);
      await keeper.calm('second_factor_codes');
      await keeper.follow(keeper.page.getByRole('link', { name: '收好了' }));
      must(keeper.page.url().endsWith('/people'), `it leads to ${keeper.page.url()}`);
    });
    await step('D13 the password alone opens nothing, nor does a code that was seen', async () => {
      await keeper.sign_in(admin.login, admin.password);
      says(await keeper.text(), '手机上的验证码');
      await keeper.calm('second_factor_ask');
      await keeper.go('/people');
      says(await keeper.text(), '手机上的验证码');
      await keeper.fill({ code: first });
      await keeper.press('下一步');
      says(await keeper.text(), '已经用过了', '手机的时间不准');
      await keeper.calm('second_factor_wrong');
    });
    await step('D13 the code of now opens it, and when the phone is lost a recovery code, once', async () => {
      await eventually('the phone shows the next code', () => shown_on_phone(secret) !== first, 40);
      await keeper.fill({ code: shown_on_phone(secret) });
      await keeper.press('下一步');
      must(keeper.page.url().endsWith('/people'), `it leads to ${keeper.page.url()}`);
      for (const [code, fits] of [[recovery[0], true], [recovery[0], false]]) {
        await keeper.sign_in(admin.login, admin.password);
        await keeper.fill({ code });
        await keeper.press('下一步');
        must(keeper.page.url().endsWith('/people') === fits, `${fits ? 'refused' : 'taken twice'}: ${keeper.page.url()}`);
      }
      await keeper.fill({ code: recovery[1] });
      await keeper.press('下一步');
      await keeper.go('/account/second-factor');
      says(await keeper.text(), '备用码还剩8个');
      await keeper.calm('second_factor_on');
      await keeper.fill({ code: recovery[2] });
      await keeper.press('关闭验证码');
      says(await keeper.text(), '没有开启');
    });
    await keeper.leave();
  }

  async function moving_the_days() {
    await step('S19 S20 S57 the days are moved for a reason: what hangs on them is reckoned, then looked at one by one', async () => {
      await at_phone.go(`${campaign}/days`);
      await at_phone.calm('plan_days');
      await at_phone.fill({ visit_from: '2021-01-30', visit_to: '2021-01-31', reason: '疫情防控，放假推迟一周' });
      await at_phone.press('看看别的日子怎么变');
      must(await at_phone.page.locator('[name="upload_due"]').inputValue() === '2021年2月5日', 'the deadline did not move with the window');
      says(await at_phone.text(), '原来1月29日');
      await at_phone.calm('plan_days_each');
      await at_phone.fill({ upload_due: '2021-02-08', document: '桐教发〔2021〕3号' });
      await at_phone.press('就这样定，告诉大家');
      says(await at_phone.text(), '疫情防控，放假推迟一周', '桐教发〔2021〕3号', '1月23日', '1月30日');
      for (const one of both) {
        await one.go(`${campaign}/versions`);
        await one.calm('plan_versions');
      }
    });
    await step('S20 every teacher is told once', async () => {
      const teacher = await Reader.at(browser, school, phone);
      await teacher.sign_in(teachers[0].number, password);
      await teacher.go('/my');
      says(await teacher.text(), '日期改了', '疫情防控');
      await teacher.enlarged(1.4, 'plan_news');
      await teacher.calm('plan_news');
      await teacher.press('知道了');
      hides(await teacher.text(), '疫情防控');
      await teacher.leave();
    });
    await step('S64 the task map says who owes what by when', async () => {
      for (const one of both) {
        await one.go(`${campaign}/tasks`);
        says(await one.text(), '六年级组', '选定学生', teachers[0].name);
        await one.calm('task_map');
      }
    });
    await step('S13 the words are amended, and everybody sees which lines changed', async () => {
      await at_phone.go(`${campaign}/words`);
      await at_phone.calm('plan_words');
      await at_phone.fill({ plan_text: '一、活动主题\n牵手千家万户，共助学生成长。\n二、安全第一', reason: '上级要求' });
      await at_phone.press('就这样定，告诉大家');
      says(await at_phone.text(), '方案的文字改了', '二、安全第一');
    });
    await step('WCAG 1.4.4 text twice as large, or as WeChat enlarges it, breaks no page of these', async () => {
      for (const [name, where] of Object.entries({ begin: '/begin', plan_days: `${campaign}/days`, plan_step: `${campaign}/step`, plan_words: `${campaign}/words`, plan_versions: `${campaign}/versions`, task_map: `${campaign}/tasks`, campaigns: '/campaigns', classes: '/classes' })) {
        await at_desk.go(where);
        await at_desk.enlarged(2, name);
        await at_phone.go(where);
        await at_phone.enlarged(1.4, name);
      }
    });
    await step('S20 suspended, the campaign goes on where it was', async () => {
      const caller = await Caller.of(school, office[1], password);
      await at_desk.go(`${campaign}/step`);
      await at_desk.calm('plan_step');
      await at_desk.choose('step', 'suspended');
      await at_desk.press('就这样定，告诉大家');
      says(await at_desk.text(), '还没有写');
      await at_desk.fill({ reason: '等防疫通知' });
      await at_desk.press('就这样定，告诉大家');
      await at_desk.go(campaign);
      says(await at_desk.text(), '暂停');
      await caller.post(`${campaign}/step`, { step: 'resumed', reason: '' });
      await at_desk.go(campaign);
      says(await at_desk.text(), '已发布');
    });
    await step('S15 the bureau\'s name finds the plan', async () => {
      await at_desk.go('/campaigns?q=%E5%A4%A7%E5%AE%B6%E8%AE%BF');
      says(await at_desk.text(), '大走访');
      await at_desk.calm('campaigns_found');
    });
  }

  async function the_year_after() {
    await school.open('2021-09-01 08:00');
    await step('D12 the new school year is shown first: what becomes of each class, who leaves, what is still to be done', async () => {
      for (const one of both) {
        await one.sign_in(office[1], password);
        await one.go('/new-year');
        await one.calm('new_year');
        await one.press('先看会怎样');
        says(await one.text(), '现在什么都还没有动', '毕业离校', '一(6)班', '六(1)班');
        await one.calm('new_year_report');
      }
      await at_desk.go('/classes');
      hides(await at_desk.text(), '四(1)班');
    });
    await step('D12 confirmed, it is done at once, and last year stays as it was', async () => {
      await at_desk.go('/new-year');
      await at_desk.press('先看会怎样');
      await at_desk.press('建2021-2022学年');
      says(await at_desk.text(), '2021-2022学年已经建好了');
      await at_desk.go('/classes');
      says(await at_desk.text(), '二(1)班', '六(6)班', '一(1)班');
      await at_desk.go('/begin');
      says(await at_desk.text(), '6个班是空的');
      await at_desk.go(campaign);
      says(await at_desk.text(), '2020', '1月30日');
    });
    await step('D12 homeroom teachers of the first grades and their pupils follow by the same lists as ever', async () => {
      const heads = Array.from({ length: 6 }, (_, i) => `一(${i + 1})班\t${teachers[30 + i].number}\t一年级组\t`).join('\n');
      await import_list('/classes/import', `班级\t班主任\t年级组\t年级组长\n${heads}`, 'classes');
      const newcomers = Array.from({ length: 270 }, (_, i) => `一(${(i % 6) + 1})班\t${name_of(i * 3 + 1)}\t${30001 + i}`).join('\n');
      await import_list('/classes/import', `班级\t姓名\t学号\n${newcomers}`, 'students');
      await at_desk.go('/begin');
      says(await at_desk.text(), '36个班，都有班主任', '1606名学生，每个班都有');
    });
    await step('S5 S19 the new plan begins from last year\'s', async () => {
      await at_desk.go(campaign);
      await at_desk.follow(at_desk.page.getByRole('link', { name: '照这份写一份新的' }));
      must(await at_desk.page.locator('[name="school_year"]').inputValue() === '2021-2022', 'the school year is the old one');
      must((await at_desk.page.locator('[name="title"]').inputValue()).startsWith('2021——2022学年'), 'the title keeps the old years');
      must(await at_desk.page.locator('[name="tentative"]').isChecked(), 'the days are not tentative');
    });
  }
}
