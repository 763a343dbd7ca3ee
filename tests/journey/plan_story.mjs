// The plan, once through, in a school founded from nothing: announced, read, chosen, listed, prepared, visited, written, read by
// somebody who was not there, filed, redacted, published, withdrawn, answered, put right, scored. What several people do the same
// way is shown in the browser once and sent by the API for the others.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { School, Reader, Caller, step, must, says, hides, eventually, phone, desk } from './stage.mjs';
import { draw_photos } from './photos.mjs';
import { public_bytes } from './public_bytes.mjs';

const password = 'Yuhe-2021-visit';
const homeroom = [['宁书远', '0101', '语文'], ['池若云', '0102', '语文'], ['简素秋', '0103', '数学'], ['文竹君', '0104', '语文'], ['骆听雨', '0105', '数学'], ['柏思源', '0106', '语文']];
const companions = [['贺兰亭', '0111', '英语'], ['路知行', '0112', '英语'], ['施南星', '0113', '科学'], ['段清秋', '0114', '数学'], ['包有光', '0115', '语文'], ['钟离晚', '0116', '美术']];
const offices = [['闻静好', 'wenjinghao', 'student_office'], ['季明朗', 'jiminglang', 'union_editor'], ['严正平', 'yanzhengping', 'ethics_committee'], ['史可鉴', 'shikejian', 'hr'], ['方知新', 'fangzhixin', 'head']];
const pupils = ['祝云舒', '沈清越', '裴晚晴', '蒲星野', '邬知夏', '左青禾'];
const others = ['秦逸舟', '卫子衿', '尤念慈', '岑向晨', '阮初雪', '姚景行'];
const fathers = ['祝海峰', '沈长青', '裴建业', '蒲永年', '邬德厚', '左卫民'];
const phone_of = (index) => `1380000${String(110 + index).padStart(4, '0')}`;
const newcomer = '何时归';  // whose name stood in a public text before anybody knew of the pupil
const class_of = (index) => `三(${index + 1})班`;
const admin = { name: '凌知远', login: 'lingzhiyuan', password: 'Shide-founder-2021' };

// Office text as it arrives: blanks by the thousand, both widths, a number without its dot.
const plan_text = `一、活动主题\n牵手千家万户，共助学生成长。\n\n４教师在家访前要预先备课，${' '.repeat(6900)}结束后要认真做好情况记录，形成家访手记。\n\n５、学校将建立“大家访”活动激励机制。`;
const plan = {
  title: '2020——2021学年育和小学百名教师“大走访”活动实施方案', other_title: '“大家访”活动', theme: '牵手千家万户，共助学生成长', school_year: '2020-2021',
  visit_from: '2021年1月23日', visit_to: '2021-01-24', tentative_note: '如因疫情防控要求放假时间有改变，再根据具体情况确定', roster_due: '2021-01-20', upload_due: '2021-01-29',
  issued_by: '育和小学', issued_on: '2021-01-12', source: '本站原创', purpose: '落实立德树人根本任务，办好人民满意的教育。', plan_text,
  'basis.0.title': '关于组织开展教育系统教师“大家访”活动的通知', 'basis.0.issuer': '市教育局', 'basis.1.title': '关于师德“个十百千万”行动的实施意见', 'basis.1.issuer': '区教育局',
  'stages.0.title': '学校宣讲', 'stages.0.from': '2021-01-13', 'stages.0.to': '2021-01-13', 'stages.1.title': '选定一户', 'stages.1.from': '2021-01-14', 'stages.1.to': '2021-01-20',
  'stages.2.title': '结伴走访', 'stages.2.from': '2021-01-23', 'stages.2.to': '2021-01-24', 'stages.3.title': '写成手记', 'stages.3.from': '2021-01-23', 'stages.3.to': '2021-01-29',
};
const notes = [
  ['祝云舒把奖状按大小贴在门后，最高的一张她够不着，是爷爷贴的。我们先说她爱提问、会照顾同桌，爸爸一直笑。说到计算常丢单位，爸爸说回家太晚，没看过作业。一起商量：每晚十分钟，孩子讲一道题，大人听。', '先说优点，家长才听得进不足。回校以后每周请孩子讲一道题。'],
  ['一进门，孩子先给我们倒水。我们说到课堂上声音小，妈妈说在家爱唱歌。商量好：早读请孩子领读，一周一次。', '换一个场合，孩子就肯开口。领读从两人一起开始。'],
  ['爸爸问得最多的是作业。我们把三年级的作业时间讲清楚，再看孩子的书桌，把灯移到了左手边。', '把办法留在家里，比带走问题更要紧。'],
  ['孩子把自己养的蚕拿给我们看。说到读书坐不住，爷爷说看蚕能看半小时。商量好先从读讲虫子的书开始。', '从孩子喜欢的事开始，坐得住也能学会。'],
  ['妈妈准备了一张纸，写着想问的话。我们一条一条答，答不上的两条记下来带回学校。', '家长有备而来，老师更要有备而去。'],
  ['孩子在楼下等我们。聊到和同学相处，孩子说想当小组长。商量好下学期试一个月。', '给孩子一件具体的事，比一句鼓励管用。'],
];

const login_of = (person) => person[1];
const people = Object.fromEntries([...homeroom, ...companions, ...offices].map((one) => [one[0], one]));
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const found = (text, pattern) => { const hit = new RegExp(pattern.replaceAll('UUID', uuid)).exec(text); must(hit, `nothing like ${pattern} on the page`); return hit[1]; };

export async function plan_story(browser) {
  const school = await School.found();
  const at_phone = await Reader.at(browser, school, phone), at_desk = await Reader.at(browser, school, desk);
  const photos = await draw_photos(browser, 13);
  const sign_in = (reader, name) => reader.sign_in(login_of(people[name]), password);
  const as = (name) => Caller.of(school, login_of(people[name]), password);
  const visits = [];
  let demand;
  try {
    await founding();
    await announcing();
    await listing();
    await visiting();
    await reading();
    await publishing();
    await following();
    await appraising();
    await withdrawing();
    await looking_back();
  } finally {
    await at_phone.leave();
    await at_desk.leave();
    await school.leave();
  }

  async function founding() {
    await school.open('2021-01-11 09:00');
    await step('D13 a wrong link says no more than any unknown address', async () => {
      must((await at_desk.go('/setup/not-a-link')).status() === 404, 'a guessed link does not answer 404');
    });
    await step('S1 S2 S75 the one-time link founds the school and its section', async () => {
      const link = /https?:\S+\/setup\/\S+/.exec(school.ctl('first-administrator', '--url', `${school.base}/shide`))[0];
      await at_desk.page.goto(link);
      await at_desk.calm('setup');
      await at_desk.fill({ school_name: '云陵市桐湖区育和小学', short_name: '育和小学', site_name: '工会网', section_name: '师德师风活动', name: admin.name, login: admin.login, password: 'short' });
      await at_desk.press('建好了');
      says(await at_desk.text(), '12');
      must(await at_desk.page.locator('main [name="school_name"]').inputValue() === '云陵市桐湖区育和小学', 'what was typed is not kept');
      await at_desk.fill({ password: admin.password });
      await at_desk.press('建好了');
      await at_desk.page.waitForURL('**/begin');
      must((await fetch(link)).status === 404, 'the link works twice');
      await at_desk.go('/');
      says(await at_desk.text(), '育和小学', '工会网', '师德师风活动');
    });
    await step('D13 the administrator adds colleagues, several at once, wrong lines by number', async () => {
      await at_desk.go('/people/lines');
      const lines = [...homeroom, ...companions].map(([name, number, subject]) => `${name} ${number} ${subject}`).join('\n');
      await at_desk.fill({ lines: `${lines}\n没有工号的人` });
      await at_desk.press('全部添加');
      says(await at_desk.text(), '13');
      await at_desk.calm('people_lines_wrong');
      await at_desk.fill({ lines });
      await at_desk.press('全部添加');
      await at_desk.page.waitForURL('**/people');
      const keeper = await Caller.of(school, admin.login, admin.password);
      for (const [name, login, role] of offices) await keeper.post('/people', { name, login, roles: role });
      await at_desk.go('/people');
      says(await at_desk.text(), ...Object.keys(people));
      await at_desk.calm('people');
      for (const name of Object.keys(people)) await first_sign_in(keeper, name);
    });
    await step('S53 S54 S63 grade groups, classes and the register are entered', async () => {
      await sign_in(at_desk, '闻静好');
      await at_desk.go('/grade-groups/new');
      await at_desk.fill({ name: '三年级组', grade: '3' });
      await at_desk.choose('kind', 'grade');
      await at_desk.page.locator('main [name="leader_id"]').selectOption({ label: '贺兰亭（0111）' });
      for (const [name] of [...homeroom, ...companions]) await at_desk.page.locator('label', { hasText: name }).locator('input[name="member_ids"]').check({ force: true });
      await at_desk.press('保存');
      for (const [index, [name, number]] of homeroom.entries()) {
        await at_desk.go('/classes/new');
        await at_desk.fill({ name: class_of(index) });
        await at_desk.page.locator('main [name="grade_group_id"]').selectOption({ label: '三年级组' });
        await at_desk.page.locator('main [name="homeroom_teacher_id"]').selectOption({ label: `${name}（${number}）` });
        await at_desk.press('保存');
        await at_desk.fill({ students: `${pupils[index]}\n${others[index]}` });
        await at_desk.press('放进名册');
        says(await at_desk.text(), pupils[index], others[index]);
      }
      await at_desk.calm('class');
      await at_desk.go('/classes');
      says(await at_desk.text(), '贺兰亭', ...homeroom.map(([name]) => name));
      await at_desk.calm('classes');
    });
  }

  /// From the slip to a password of one's own.
  async function first_sign_in(keeper, name) {
    const page = (await keeper.get('/people')).text;
    const id = found(page, `/people/(UUID)"[^>]*>${name}<`);
    const slip = await keeper.call('POST', `/people/${id}/slip`, { body: new URLSearchParams({ csrf: keeper.csrf }) });
    const given = /<b class="secret">([^<]+)<\/b>/.exec(slip.text)[1];
    const person = await Caller.of(school, login_of(people[name]), given);
    await person.post('/password', { current: given, password });
  }

  async function looking_back() {
    await step('D12 the visits to one family stand together for who may see them, and reading is logged', async () => {
      for (const reader of [at_desk, at_phone]) {
        await sign_in(reader, '闻静好');
        await reader.go('/classes');
        await reader.follow(reader.page.getByRole('link', { name: class_of(0), exact: true }));
        await reader.follow(reader.page.getByRole('link', { name: pupils[0], exact: true }));
        says(await reader.text(), `${pupils[0]}家的家访`, '2020-2021', '宁书远');
        hides(await reader.text(), phone_of(0));
        await reader.calm('timeline');
      }
    });
  }

  async function announcing() {
    await school.open('2021-01-12 09:00');
    await sign_in(at_desk, '闻静好');
    await step('S57 a day that does not exist comes back beside its field, with everything that was typed', async () => {
      await at_desk.go('/campaigns/new');
      await at_desk.fill({ ...plan, visit_to: '2021-02-30' });
      await at_desk.choose('tentative', 'yes');
      await at_desk.press('存草稿');
      must(await at_desk.page.locator('.field.wrong [name="visit_to"]').count() === 1, 'visit_to is not marked');
      must(await at_desk.page.locator('main [name="theme"]').inputValue() === plan.theme, 'the theme is lost');
      const described = await at_desk.page.locator('[name="visit_to"]').getAttribute('aria-describedby');
      must(described && await at_desk.page.locator(`#${described.split(' ').at(-1)}`).count() === 1, 'the message is not tied to its field');
      await at_desk.calm('plan_wrong');
    });
    await step('S5 S10 S11 S12 S13 S15 S17 S18 S19 S20 S50 the plan is entered as a campaign', async () => {
      await at_desk.fill({ visit_to: plan.visit_to });
      await at_desk.choose('term', '1');
      await at_desk.press('存草稿');
      await at_desk.page.waitForURL(/campaigns\/[0-9a-f-]{36}$/);
      says(await at_desk.text(), '2020', plan.title, '“大家访”活动', plan.theme, '市教育局', '区教育局', '个十百千万', '1月23日', '1月24日', '初定', '1月20日', '1月29日', '育和小学');
      await at_desk.calm('plan_draft');
    });
    await step('S16 pasted office text is cleaned, not refused', async () => {
      const shown = await at_desk.page.locator('.plain-text').last().innerText();
      says(shown, '教师在家访前要预先备课', '形成家访手记');
      must(!/ {20}/.test(shown), 'thousands of blanks are still there');
    });
    await step('S45 S64 announced, it reaches everybody', async () => {
      await at_desk.press('发布方案');
      await sign_in(at_phone, '宁书远');
      says(await at_phone.text(), '先读一遍');
    });
    await step('S3 S6 S7 S8 S9 it stands on the public face', async () => {
      const visitor = await Reader.at(browser, school, desk);
      await visitor.go('/');
      says(await visitor.text(), plan.theme.split('，')[0], plan.title, '来源：本站原创', '发布人：闻静好', '2021-01-12', '浏览 0', '学校宣讲', '选定一户', '结伴走访', '写成手记');
      await visitor.follow(visitor.page.getByRole('link', { name: plan.title }));
      says(await visitor.text(), '发布人：闻静好', '教师在家访前要预先备课');
      await visitor.calm('plan_post');
      await visitor.go('/');
      says(await visitor.text(), '浏览 1');
      await visitor.leave();
    });
    await step('S45 S65 S89 S90 S91 S92 S93 S94 S95 S96 S97 S98 every teacher reads the ten rules, by version, once', async () => {
      await at_phone.go('/code-of-conduct');
      says(await at_phone.text(), '精心准备', '按时家访', '仪表大方', '客观评价', '认真记录', '告状式', '只讲问题', '置之不理', '宴请', '对外公布');
      await at_phone.calm('code');
      await at_phone.press('我已读过，会照做');
      hides(await at_phone.text(), '先读一遍');
      for (const [name] of [...homeroom.slice(1), ...companions]) {
        const teacher = await as(name);
        await teacher.post('/code-of-conduct', { version: found((await teacher.get('/code-of-conduct')).text, 'name="version" value="([^"]+)"') });
      }
    });
  }

  async function choose(index) {
    const teacher = await as(homeroom[index][0]);
    const id = found((await teacher.get('/my')).text, '/classes/(UUID)/student');
    const page = (await teacher.get(`/classes/${id}/student`)).text;
    await teacher.post(`/classes/${id}/student`, { student_id: found(page, `value="(UUID)"[^>]*>${pupils[index]}<`), gender: '1', guardian_name: fathers[index], relation: 'father', phone: phone_of(index), address: `桐湖新村${index + 3}幢${index + 1}单元` });
  }

  async function listing() {
    await school.open('2021-01-19 15:00');
    await step('S23 S24 S25 S26 S27 S28 S29 S30 S46 S47 the homeroom teacher chooses one pupil of the own class', async () => {
      await sign_in(at_phone, '宁书远');
      await at_phone.follow(at_phone.page.getByRole('link', { name: '从本班名单里选' }));
      says(await at_phone.text(), '心理', '经济', '学业', '留守', '随迁', '残障');
      const offered = await at_phone.page.locator('main [name="student_id"] option').allInnerTexts();
      must(offered.includes(pupils[0]) && !offered.includes(pupils[1]), `offered are ${offered}`);
      await at_phone.page.locator('main [name="student_id"]').selectOption({ label: pupils[0] });
      await at_phone.choose('gender', '2');
      await at_phone.fill({ guardian_name: fathers[0], phone: '12345', address: '桐湖新村3幢1单元' });
      await at_phone.choose('care_categories', 'learning_difficulty');
      await at_phone.press('选定');
      must(await at_phone.page.locator('.field.wrong [name="phone"]').inputValue() === '12345', 'the wrong number is not kept');
      await at_phone.calm('choose_wrong');
      await at_phone.fill({ phone: phone_of(0) });
      await at_phone.press('选定');
      says(await at_phone.text(), `${pupils[0]}家`);
      for (let index = 1; index < 6; ++index) await choose(index);
    });
    await step('D12 the office brings along the families of chosen pupils: others and surplus columns are named and not kept', async () => {
      await sign_in(at_desk, '闻静好');
      const import_page = '/classes/import?kind=guardians';
      await at_desk.go(import_page);
      const head = '班级\t学生姓名\t家长姓名\t关系\t联系电话\t住址\t工作单位';
      await at_desk.fill({ pasted: `${head}\n三(2)班\t${pupils[1]}\t${fathers[1]}\t爸爸\t320412198001011234\t\t` });
      await at_desk.press('先看一遍');
      says(await at_desk.text(), '身份证');
      await at_desk.go(import_page);
      await at_desk.fill({ pasted: `${head}\n三(2)班\t${pupils[1]}\t${fathers[1]}\t爸爸\t${phone_of(1)}\t桐湖新村9幢9单元\t毛巾厂\n三(1)班\t${others[0]}\t卫长风\t爸爸\t13800000999\t\t` });
      await at_desk.press('先看一遍');
      says(await at_desk.text(), '工作单位', '这名学生不是选定的被访学生', '住址有变');
      await at_desk.calm('import_guardians');
      await at_desk.choose('without_problems', 'yes');
      await at_desk.press('只导入没有问题的');
      says(await at_desk.text(), '导入好了');
    });
    await step('S31 S54 S58 S99 S100 S101 the grade leader compiles annex 2: five columns, masked telephones, who is left out', async () => {
      await sign_in(at_desk, '贺兰亭');
      await at_desk.go('/rosters');
      const text = await at_desk.text();
      const columns = await at_desk.page.locator('main thead th').allInnerTexts();
      must(columns.slice(0, 5).join(' ') === '班级 被访学生 性别 联系方式 参与老师', `the columns are ${columns}`);
      says(text, ...pupils, '138****0110', '路知行');
      hides(text, phone_of(0), '桐湖新村', '学业');
      await at_desk.calm('roster_open');
    });
    await step('S48 a team outside the bounds is named, nothing is handed in', async () => {
      await at_desk.press('交学生发展中心');
      says(await at_desk.text(), '每组2到3人', '三(1)班');
    });
    await step('S54 S55 R12 the text for the group chat tells what is outstanding, in classes and counts', async () => {
      const text = await at_desk.page.locator('#reminder').inputValue();
      says(text, '三年级组名单', '三(1)班', '6位老师还没有分到组');
      hides(text, ...pupils, ...Object.keys(people));
      must(await at_desk.page.getByRole('button', { name: '复制', exact: true }).isVisible(), 'there is no button to copy it');
    });
    await step('S58 D5 who does not go with whom is entered by the grade leader, and nobody of the grade finds it', async () => {
      await at_desk.follow(at_desk.page.getByRole('link', { name: '看分配建议' }));
      await at_desk.page.locator('summary', { hasText: '哪两位不同组' }).click();
      const form = at_desk.page.locator('details[open] form');
      await form.locator('[name="teacher_id"]').selectOption({ label: '路知行' });
      await at_desk.follow(form.getByRole('button', { name: '加上' }));
      must(await at_desk.page.locator('.field.wrong [name="other_id"]').count() === 1, 'the missing colleague is not marked');
      await at_desk.calm('allocation_rule_wrong');
      await form.locator('[name="other_id"]').selectOption({ label: '施南星' });
      await at_desk.follow(form.getByRole('button', { name: '加上' }));
      says(await at_desk.page.locator('.rules').innerText(), '路知行', '施南星', '两位老师不同组');
      says(await at_desk.text(), '人人有一户');
      const address = new URL(at_desk.page.url()).pathname.replace('/shide', '');
      await sign_in(at_phone, '路知行');
      must((await at_phone.go(address)).status() === 404, 'a colleague finds the page');
      await sign_in(at_phone, '贺兰亭');
      await at_phone.go(address);
      await at_phone.calm('allocation');
    });
    await step('S48 S58 the proposal is moved by hand, what breaks is said at once and nothing is taken', async () => {
      await at_desk.calm('allocation');
      const places = (index) => at_desk.page.locator('tr', { hasText: class_of(index) }).locator('select');
      const value = (name) => places(0).first().locator('option', { hasText: name }).getAttribute('value');
      const before = await places(0).first().inputValue();
      await places(0).nth(0).selectOption(await value('路知行'));
      await places(0).nth(1).selectOption(await value('施南星'));
      await eventually('the clash is said beside the team', async () => (await at_desk.page.locator('tr', { hasText: class_of(0) }).locator('.error').allInnerTexts()).join('').includes('不同组'), 10);
      await at_desk.calm('allocation_moved');
      await at_desk.press('全部采用');
      says(await at_desk.text(), '两位老师不同组');
      await at_desk.calm('allocation_refused');
      await at_desk.go(new URL(at_desk.page.url()).pathname.replace('/shide', ''));
      must(await places(0).first().inputValue() === before, 'the proposal is not what it was');
    });
    await step('S58 it is taken as a whole, and a proposal seen before is refused', async () => {
      const page = await at_desk.page.content(), address = new URL(at_desk.page.url()).pathname.replace('/shide', '');
      const leader = await as('贺兰亭');
      const sent = { version: found(page, 'name="version" value="([^"]+)"'), fingerprint: '0'.repeat(64), act: 'accept' };
      must((await leader.call('POST', address, { body: new URLSearchParams({ csrf: leader.csrf, ...sent }) })).status === 412, 'a proposal of yesterday is taken');
      await at_desk.press('全部采用');
      await at_desk.page.waitForURL(/rosters\/[0-9a-f-]{36}$/);
      hides(await at_desk.page.locator('.checks').innerText(), '0 / 12');
      says(await at_desk.page.locator('.checks').innerText(), '12 / 12');
    });
    await step('S48 S55 S56 S58 teams of two to three for everybody are handed in before 20 January', async () => {
      for (const [index, [name]] of companions.entries()) {
        const row = at_desk.page.locator('tr', { hasText: class_of(index) }).first();
        await row.locator('summary').click();
        await row.locator('select').first().selectOption(await row.locator('select').first().locator('option', { hasText: name }).first().getAttribute('value'));
      }
      await at_desk.press('交学生发展中心');
      says(await at_desk.text(), '已交');
    });
    await step('S56 the office sends it back with a reason, the leader reads it in place and hands in again', async () => {
      const leader = await as('贺兰亭');
      const roster = found((await at_desk.page.content()), '/rosters/(UUID)');
      await sign_in(at_desk, '闻静好');
      await at_desk.go(`/rosters/${roster}`);
      await at_desk.page.locator('main summary').click();
      await at_desk.fill({ reason: '三(5)班再核对一遍姓名' });
      await at_desk.follow(at_desk.page.locator('button[value="send_back"]'));
      await sign_in(at_desk, '贺兰亭');
      await at_desk.go(`/rosters/${roster}`);
      says(await at_desk.text(), '三(5)班再核对一遍姓名');
      await at_desk.calm('roster_back');
      await leader.json('POST', `/api/v1/rosters/${roster}/submit`, {});
      await sign_in(at_desk, '闻静好');
      await at_desk.go(`/rosters/${roster}`);
      await at_desk.press('收下这份名单');
      says(await at_desk.text(), '已收下');
      await at_desk.calm('roster_accepted');
    });
  }

  async function prepare(index) {
    const teacher = await as(homeroom[index][0]);
    const id = found((await teacher.get('/my')).text, '/visits/(UUID)/');
    await teacher.post(`/visits/${id}/preparation`, { preparation: '优点：肯帮忙。不足：作业常晚交。想问：在家几点睡。', act: 'seal' });
    await teacher.post(`/visits/${id}/arrange`, { at: '2021-01-23 15:00', mode: 'home', record_consent: 'granted', photo_consent: 'granted', means: 'spoken' });
    visits[index] = id;
  }

  async function visiting() {
    await school.open('2021-01-22 20:00');
    await step('S48 S77 who falls ill asks a colleague: a no changes nothing, a yes moves the place', async () => {
      await sign_in(at_phone, '路知行');
      await at_phone.follow(at_phone.page.getByRole('link', { name: '同行安排' }));
      await at_phone.calm('companions');
      for (const [to, answer] of [['施南星', '这次不行'], ['钟离晚', '好，我去']]) {
        await sign_in(at_phone, '路知行');
        await at_phone.go('/companions');
        await at_phone.page.locator('.place', { hasText: class_of(1) }).locator('summary').click();
        await at_phone.page.locator('details[open] [name="to_id"]').selectOption({ label: to });
        await at_phone.press('请这位老师');
        says(await at_phone.text(), '等答复');
        await sign_in(at_phone, to);
        says(await at_phone.text(), '有1位同事等您答复');
        await at_phone.go('/companions');
        says(await at_phone.text(), '路知行老师去不了三(2)班这一户');
        await at_phone.calm('companions_asked');
        await at_phone.press(answer);
      }
      await sign_in(at_phone, '路知行');
      says(await at_phone.text(), '您还没有分到哪一组');
      const ill = await as('钟离晚'), well = await as('路知行');
      const page = (await ill.get('/companions')).text;
      const form = page.split('class="place"').find((one) => one.includes(`${class_of(1)}这一户`));
      await ill.post(`/companions/visits/${found(form, '/companions/visits/(UUID)')}`, { from_id: found(form, 'name="from_id" value="(UUID)"'), to_id: found(form, `value="(UUID)"[^>]*>路知行<`) });
      await well.post(`/companions/hand-overs/${found((await well.get('/companions')).text, '/companions/hand-overs/(UUID)"[^>]*>(?:(?!/form).)*value="yes"')}`, { act: 'yes' });
      await at_phone.go('/my');
      hides(await at_phone.text(), '您还没有分到哪一组');
    });
    await step('S37 S38 S39 S40 S41 who prepares finds what the plan wants to be talked of', async () => {
      await sign_in(at_phone, '宁书远');
      await at_phone.follow(at_phone.page.getByRole('link', { name: '写备课单' }));
      await at_phone.page.locator('summary', { hasText: '方案要谈的五件事' }).click();
      says(await at_phone.text(), '共商', '家庭教育理念', '办学理念', '教育政策');
      await at_phone.calm('preparation');
    });
    await step('S71 S89 prepared before the visit, sealed by time', async () => {
      await at_phone.fill({ preparation: '优点：爱提问，会照顾同桌。不足：计算常丢单位。想问：在家几点睡，谁陪写作业。' });
      await at_phone.press('定稿');
      says(await at_phone.text(), '1月22日', '定稿');
    });
    await step('S90 D7 the visit is arranged, consent asked before any photo', async () => {
      await at_phone.follow(at_phone.page.getByRole('link', { name: '记下约定' }));
      await at_phone.fill({ at: '2021-01-23 15:00' });
      await at_phone.choose('record_consent', 'granted');
      await at_phone.choose('photo_consent', 'granted');
      await at_phone.calm('arrange');
      await at_phone.press('记下约定');
      says(await at_phone.text(), '1月23日', '15:00');
      visits[0] = found(await at_phone.page.content(), '/visits/(UUID)');
      for (let index = 1; index < 6; ++index) await prepare(index);
    });
    await school.open('2021-01-23 18:00');
    await step('S32 S33 S34 S35 S36 S49 S72 S102 S103 S104 S105 S106 S107 S108 S109 S110 annex 3 in its order, prefilled from the list', async () => {
      await sign_in(at_phone, '宁书远');
      await at_phone.follow(at_phone.page.locator('.next a.btn'));
      const text = await at_phone.text();
      const parts = ['学校', '教师姓名', '班级', '学生姓名', '家长姓名', '同行教师', '家访时间', '家访形式', '家访准备', '家访过程', '家长诉求', '家访照片', '家访后寻求对策或感想'];
      const at = parts.map((part) => text.indexOf(part));
      must(at.every((place, i) => place >= 0 && (i === 0 || place > at[i - 1])), `the parts of annex 3 stand at ${at}`);
      says(text, '育和小学', '宁书远', '三(1)班', pupils[0], fathers[0], '贺兰亭', '爱提问');
      await at_phone.calm('record_empty');
    });
    await step('S104 a day that does not exist and one that has not come are told beside the field, nothing typed is lost', async () => {
      for (const [day, words] of [['2021-02-30 15:00', '没有这个时间'], ['2021-01-24 15:00', '还没到']]) {
        await at_phone.fill({ visited_at: day, narrative: notes[0][0] });
        await at_phone.follow(at_phone.page.locator('button[value="save"]'));
        says(await at_phone.text(), words);
        must(await at_phone.page.locator('main [name="narrative"]').inputValue() === notes[0][0], 'the narrative is lost');
      }
      await at_phone.calm('record_wrong_day');
    });
    await step('S51 S109 a text file is no photo, and the words say what to do', async () => {
      await at_phone.fill({ visited_at: '2021-01-23 15:00' });
      await at_phone.page.locator('input[name="photo_1"]').setInputFiles({ name: '家访.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo') });
      await at_phone.follow(at_phone.page.locator('button[value="save"]'));
      says(await at_phone.text(), '不是照片');
    });
    await step('S44 S51 S66 S67 S68 S69 S70 S73 S76 D11 the full record takes at most 12 taps besides free text', async () => {
      at_phone.taps = 1;  // the one that opened the record; the wrong days and the text file above are no part of a record
      await at_phone.choose('topics', 'learning_support');
      await at_phone.choose('topics', 'family_education');
      const more = at_phone.page.locator('details:has([name="demand_text"]) summary');
      if (await more.count()) await at_phone.tap(more);
      await at_phone.fill({ demand_text: '我五点半才下班，课后服务能不能到六点？', reflection: notes[0][1] });
      await at_phone.page.locator('[name="demand_topic"]').selectOption('after_school');
      at_phone.taps += 2;  // open the list, choose
      for (const slot of [1, 2]) await at_phone.page.locator(`input[name="photo_${slot}"]`).setInputFiles({ name: `${slot}.png`, mimeType: 'image/png', buffer: photos[slot - 1] });
      at_phone.taps += 4;  // each slot, then the picture in the album
      await at_phone.follow(at_phone.page.locator('button[value="save"]'));
      const text = await at_phone.text();
      says(text, '课后服务能不能到六点', '第1张', '第2张');
      must(await at_phone.page.locator('figure img').evaluateAll((all) => all.every((one) => one.naturalWidth > 0)), 'a stored photo is not shown');
      await at_phone.calm('record_full');
      console.log(`   ${at_phone.taps + 1} taps from my visit to handed in`);
      must(at_phone.taps + 1 <= 12, `${at_phone.taps + 1} taps`);
    });
    await step('S76 two write at once: the second sees both versions by field and loses nothing', async () => {
      const colleague = await Reader.at(browser, school, phone);
      await sign_in(colleague, '贺兰亭');
      await colleague.go(`/visits/${visits[0]}`);
      await at_phone.fill({ reflection: `${notes[0][1]}我来买一本练习册。` });
      await at_phone.follow(at_phone.page.locator('button[value="save"]'));
      await colleague.fill({ reflection: `${notes[0][1]}我每周问一次。` });
      const [answer] = await Promise.all([colleague.page.waitForResponse((one) => one.request().method() === 'POST'), colleague.page.locator('button[value="save"]').click()]);
      await colleague.page.waitForLoadState('load');
      must(answer.status() === 412, `the stale edit answers ${answer.status()}`);
      says(await colleague.text(), '我来买一本练习册');
      must((await colleague.page.locator('main [name="reflection"]').inputValue()).includes('我每周问一次'), 'the own words are lost');
      await colleague.calm('record_clash');
      await colleague.follow(colleague.page.locator('button[value="save"]'));
      must(!(await colleague.text()).includes('我来买一本练习册'), 'the choice is not kept');
      await colleague.go('/my');
      await colleague.press('我到了，确认');
      says(await colleague.text(), '已确认');
      await colleague.leave();
    });
    await step('S49 S74 S77 handing in does not wait for the others; twice is as good as once', async () => {
      await at_phone.go(`/visits/${visits[0]}`);
      await at_phone.press('上交');
      says(await at_phone.text(), '已上交');
      await at_phone.press('我到了，确认');
      const writer = await as('宁书远');
      const [first, again] = [await writer.json('POST', `/api/v1/records/${visits[0]}/submit`, {}), await writer.json('POST', `/api/v1/records/${visits[0]}/submit`, {})];
      must(first.submitted_at === again.submitted_at, 'the second hand-in is another one');
      await at_phone.calm('my_submitted');
    });
    await school.open('2021-01-24 20:30');
    await step('S21 S22 the other teams write theirs', async () => {
      for (let index = 1; index < 6; ++index) await write(index);
    });
  }

  async function write(index) {
    const writer = await as(homeroom[index][0]), colleague = await as(companions[index][0]), id = visits[index];
    await writer.json('PUT', `/api/v1/records/${id}`, { visited_at: '2021-01-23 15:00', mode: 'home', narrative: notes[index][0], reflection: notes[index][1], topics: ['family_education'], no_demand: true }, { 'If-Match': '"0"' });
    // The second team sends a photo that the third sends, too (S86).
    const pictures = index === 2 ? [photos[2], photos[12]] : [photos[index * 2], photos[index * 2 + 1]];
    for (const [slot, bytes] of pictures.entries()) {
      const sent = await writer.call('PUT', `/api/v1/records/${id}/photos/${slot + 1}`, { body: bytes, headers: { 'Content-Type': 'image/png' } });
      must(sent.status < 300, `photo ${slot + 1} of visit ${index}: ${sent.status} ${sent.text.slice(0, 200)}`);
    }
    for (const teacher of [writer, colleague]) await teacher.json('POST', `/api/v1/records/${id}/confirm`, {});
    await writer.json('POST', `/api/v1/records/${id}/submit`, {});
  }

  async function reading() {
    await step('D9 the leader who was there does not read it, the student office does', async () => {
      const leader = await as('贺兰亭');
      hides((await leader.get('/reviews')).text, visits[0]);
      await sign_in(at_desk, '闻静好');
      await at_desk.go('/reviews');
      await at_desk.follow(at_desk.page.locator(`a[href$="${visits[0]}"]`));
      says(await at_desk.text(), pupils[0], '爱提问');
      await at_desk.calm('review_office');
    });
    await step('S72 S93 sent back with a reason that the writer reads in place', async () => {
      await at_desk.page.locator('main summary').click();
      await at_desk.fill({ reason: '请补一句：谁来听孩子讲题' });
      await at_desk.follow(at_desk.page.locator('button[value="send_back"]'));
      await sign_in(at_phone, '宁书远');
      says(await at_phone.text(), '谁来听孩子讲题');
      await at_phone.follow(at_phone.page.locator('.next a.btn'));
      says(await at_phone.text(), '谁来听孩子讲题');
      await at_phone.fill({ narrative: `${notes[0][0]}周一到周四妈妈听，周五爸爸听。` });
      await at_phone.calm('record_back');
      await at_phone.press('上交');
      says(await at_phone.text(), '已上交');
    });
    await step('S93 S95 accepted by somebody who was not there, with a judgement of quality', async () => {
      await at_desk.go(`/reviews/${visits[0]}`);
      says(await at_desk.text(), '周一到周四妈妈听');
      await at_desk.choose('preparation_mark', '2');
      await at_desk.fill({ quality_mark: '22' });
      await at_desk.press('收下');
      await sign_in(at_desk, '贺兰亭');
      await at_desk.go(`/reviews/${visits[1]}`);
      hides(await at_desk.text(), pupils[1], fathers[1]);
      await at_desk.calm('review_leader');
      const leader = await as('贺兰亭'), office = await as('闻静好');
      for (let index = 1; index < 6; ++index) {
        await leader.post(`/reviews/${visits[index]}`, { act: 'accept', preparation_mark: '2', quality_mark: '21' });
        await office.post(`/reviews/${visits[index]}`, { act: 'second', quality_mark: '23' });
      }
    });
  }

  async function publishing() {
    await step('S74 S75 S77 S98 the staff view: filed for all with month, grade and teachers; the text within one\'s reach', async () => {
      const office = await as('闻静好');
      await eventually('six notes are filed', async () => (await office.get('/staff')).text.split('2021年1月').length > 6);
      await sign_in(at_phone, '池若云');
      await at_phone.go('/staff');
      says(await at_phone.text(), '宁书远', '贺兰亭', '三年级组', '2021');
      hides(await at_phone.text(), ...pupils, ...fathers, '奖状');
      must((await at_phone.go(`/staff/${visits[0]}`)).status() === 404, 'the text of another team opens');
      await sign_in(at_desk, '季明朗');
      await at_desk.go(`/staff/${visits[0]}`);
      says(await at_desk.text(), '奖状', '每周请孩子讲一道题');
      hides(await at_desk.text(), ...pupils, ...fathers, '云舒');
      await at_desk.calm('staff_note');
      await at_desk.go('/staff');
      await at_desk.calm('staff');
    });
    await step('S98 D1 a digest is composed from the redacted text of at least five visits; a name in it is refused beside the field', async () => {
      await at_desk.go('/editor');
      await at_desk.calm('editor');
      await at_desk.follow(at_desk.page.getByRole('link', { name: '写公开稿' }).first());
      await at_desk.fill({ title: '三年级组：先说优点', quote: '先说优点，家长才听得进不足。', body: `${pupils[0]}的爸爸笑了。\n\n从孩子喜欢的事开始。` });
      await at_desk.press('送审');
      must(await at_desk.page.locator('.field.wrong [name="body"]').count() === 1, 'the name is not refused beside the text');
      await at_desk.calm('compose_wrong');
      await at_desk.fill({ body: '先说优点，家长才听得进不足。\n\n从孩子喜欢的事开始，坐得住也能学会。' });
      await at_desk.press('送审');
      says(await at_desk.text(), '待审批');
      hides(await at_desk.text(), '请审批');
    });
    await step('S7 S8 S98 somebody else approves it, and it stands on the public face with title, source, publisher, date, views', async () => {
      await sign_in(at_desk, '闻静好');
      await at_desk.go('/editor');
      await at_desk.follow(at_desk.page.getByRole('link', { name: '三年级组：先说优点' }));
      await at_desk.calm('approve');
      await at_desk.press('批准');
      await eventually('the digest is published', async () => (await (await fetch(`${school.base}/shide/`)).text()).includes('三年级组：先说优点'));
      const visitor = await Reader.at(browser, school, phone);
      await visitor.go('/');
      await visitor.calm('public');
      await visitor.follow(visitor.page.getByRole('link', { name: '三年级组：先说优点' }));
      says(await visitor.text(), '来源：本站原创', '发布人：季明朗', '2021-01-24', '浏览');
      await visitor.calm('post');
      await visitor.leave();
    });
    await step('S98 D1 a single note needs the guardian and the school, and somebody else', async () => {
      const editor = await as('季明朗'), office = await as('闻静好'), teacher = await as(homeroom[3][0]);
      const page = await editor.post('/editor', { kind: 'single_note', title: '看蚕半小时', quote: '从喜欢的事开始。', body: '从孩子喜欢的事开始，坐得住也能学会。', source: '本站原创', visits: visits[3], act: 'review' });
      const post = found(page, '/editor/(UUID)');
      const approve = (decision) => office.call('POST', `/editor/${post}`, { body: new URLSearchParams({ csrf: office.csrf, act: 'approve', school_decision: decision }) });
      must((await approve('')).status === 422, 'approved without the decision of the school');
      must((await approve('校务会2021年1月24日')).status === 422, 'approved without the guardian');
      await teacher.post(`/visits/${visits[3]}/publish-consent`, { answer: 'granted' });
      must((await approve('校务会2021年1月24日')).status === 303, 'refused though everything is there');
      await eventually('the note is published', async () => (await fetch(`${school.base}/shide/posts/${post}`)).status === 200);
      const text = await (await fetch(`${school.base}/shide/posts/${post}`)).text();
      hides(text, class_of(3), '1月23日', ...homeroom.map(([name]) => name), ...companions.map(([name]) => name));
    });
    await step('S98 no public byte holds a name, a telephone, a class or an address', async () => {
      const pages = await public_bytes(school.base);
      must(pages.size >= 6, `only ${pages.size} public pages were found`);
      for (const [where, bytes] of pages) {
        for (const word of [...pupils, ...others, ...fathers, ...pupils.map((_, i) => phone_of(i)), ...pupils.map((_, i) => class_of(i)), '桐湖新村', ...notes.map(([narrative]) => narrative.slice(0, 12))]) {
          must(!bytes.includes(word), `${where} holds something that nobody may read there`);
        }
      }
      const log = fs.readFileSync(school.log, 'utf8');
      for (const word of [...pupils, ...fathers, ...homeroom.map(([name]) => name), phone_of(0), visits[0]]) must(!log.includes(word), 'the log holds what it must not');
    });
    await step('S79 S80 S111 each confirmed teacher has one entry in both archives, without retyping', async () => {
      await sign_in(at_phone, '贺兰亭');
      await at_phone.go('/my/archive');
      says(await at_phone.text(), '师德档案', '业务档案', '2021-01');
      await at_phone.calm('my_archive');
      await sign_in(at_desk, '史可鉴');
      await at_desk.go('/archives');
      says(await at_desk.text(), '宁书远', '0101');
      await at_desk.calm('archives');
      await at_desk.go('/archives/0101');
      hides(await at_desk.text(), ...pupils, '三(1)班', '课后服务');
      await at_desk.calm('archive_file');
    });
    await step('S111 HR pulls the entries by page, JSON and CSV with a scoped token', async () => {
      const { token } = JSON.parse(school.ctl('token', 'add', '--scope', 'archive:read', '--name', 'HR'));
      const pull = (where, accept) => fetch(`${school.base}/shide/api/v1/${where}`, { headers: { Authorization: `Bearer ${token}`, Accept: accept } });
      let entries = [], next = '';
      for (;;) {
        const page = await (await pull(`archive-entries?limit=10${next && `&after=${next}`}`, 'application/json')).json();
        entries = entries.concat(page.items);
        if (!(next = page.next)) break;
      }
      must(entries.length === 24 && new Set(entries.map((one) => one.id)).size === 24, `${entries.length} entries came`);
      const csv = await (await pull('archive-entries?archive=ethics', 'text/csv')).text();
      must(csv.trim().split('\n').length === 13, `the CSV has ${csv.trim().split('\n').length} lines`);
      hides(csv + JSON.stringify(entries), ...pupils, ...fathers, '三(', '课后服务');
      must((await pull('demands', 'application/json')).status !== 200, 'the token opens more than its scope');
    });
  }

  async function following() {
    await step('S37 S42 S43 S44 S83 S96 the wish gets an owner, a date and an answer, and the answer goes back to the family', async () => {
      await sign_in(at_desk, '闻静好');
      await at_desk.go('/demands');
      await at_desk.calm('demands');
      await at_desk.follow(at_desk.page.locator('main a[href*="/demands/"]').first());
      demand = found(at_desk.page.url(), '/demands/(UUID)');
      says(await at_desk.text(), '课后服务能不能到六点');
      await at_desk.fill({ owner: '总务处 闻静好' });
      await at_desk.press('请这位答复');
      await at_desk.fill({ answer: '下学期起课后服务延到六点，自愿参加。' });
      await at_desk.press('答复');
      await at_desk.calm('demand');
      await sign_in(at_phone, '宁书远');
      says(await at_phone.text(), '延到六点');
      await at_phone.press('满意');
      hides(await at_phone.text(), '家长觉得');
    });
    await step('S84 S85 a rectification item opened from it is signed off by someone other than its owner', async () => {
      await at_desk.go(`/rectifications?demand=${demand}`);
      await at_desk.fill({ problem: '课后服务结束太早', measure: '延到六点，排班表公布', standard: '三月起每天有人值守到六点', due_on: '2021-03-01' });
      await at_desk.page.locator('main [name="owner_login"]').selectOption('wenjinghao');
      await at_desk.press('开始');
      await at_desk.page.locator('main [name="outcome"]').first().fill('排班表已公布，三月一日起执行。');
      await at_desk.press('报完成');
      hides(await at_desk.text(), '核销人');
      must(await at_desk.page.getByRole('button', { name: '核销', exact: true }).count() === 0, 'the owner may sign off');
      await sign_in(at_desk, '方知新');
      await at_desk.go('/rectifications');
      await at_desk.press('核销');
      says(await at_desk.text(), '方知新', '已核销');
      await at_desk.calm('rectifications');
    });
    await step('S97 an offered gift is told by the teacher and reaches the student office', async () => {
      await at_phone.go(`/visits/${visits[0]}/gift`);
      await at_phone.fill({ text: '家长留下一箱橙子，当场没收，已托门卫退回。' });
      await at_phone.calm('gift');
      await at_phone.press('告诉学生发展中心');
      await sign_in(at_desk, '闻静好');
      await at_desk.go('/gifts');
      says(await at_desk.text(), '一箱橙子');
      await at_desk.fill({ outcome: '已核实退回，向家长说明。' });
      await at_desk.press('处理好了');
      says(await at_desk.text(), '已处理');
      await at_desk.calm('gifts');
    });
    await step('S86 S87 D8 the same photo in two records is asked about, answered, and decided by a named person', async () => {
      const asked = await as(homeroom[1][0]), page = (await asked.get('/signals')).text;
      const id = found(page, '/signals/(UUID)');
      hides(page, pupils[2], homeroom[2][0]);
      await asked.post(`/signals/${id}`, { act: 'reply', reply: '楼下的花坛是一起拍的，两组同走一栋楼。' });
      await sign_in(at_desk, '严正平');
      await at_desk.go('/signals');
      says(await at_desk.text(), '两组同走一栋楼');
      const card = at_desk.page.locator('section.card', { hasText: '两组同走一栋楼' });
      await card.locator('label:has(input[value="explained"])').click();
      await card.locator('[name="reason"]').fill('两组同楼，属实。');
      await at_desk.follow(card.getByRole('button', { name: '定下' }));
      says(await at_desk.text(), '说明成立，严正平定');
      await at_desk.calm('signals');
    });
  }

  async function appraising() {
    await step('S78 S81 the rule set scores every teacher, and each line says why in one sentence', async () => {
      await sign_in(at_desk, '严正平');
      await at_desk.go('/appraisal');
      await at_desk.press('开始这次考评');
      await at_desk.follow(at_desk.page.getByRole('link', { name: '填写评分' }));
      await at_desk.calm('ratings');
      const row = at_desk.page.locator('tr', { hasText: '宁书远' });
      for (const [component, value] of [['self', '96'], ['peer', '91.5/7'], ['guardian', '94/42'], ['committee', '一百']]) await row.locator(`[name^="rating."][name$=".${component}"]`).fill(value);
      await at_desk.press('存下并计算');
      must(await row.locator('[name$=".committee"][aria-invalid="true"]').count() === 1, 'the wrong mark is not shown in place');
      must(await row.locator('[name^="rating."][name$=".peer"]').inputValue() === '91.5/7', 'what was typed is lost');
      await row.locator('[name^="rating."][name$=".committee"]').fill('90');
      await at_desk.press('存下并计算');
      says(await at_desk.text(), '宁书远');
      await at_desk.calm('appraisal');
      await sign_in(at_phone, '宁书远');
      await at_phone.go('/my/score');
      says(await at_phone.text(), '9.60', '18.30', '18.80', '27.00', '96', '30分');
      await at_phone.calm('my_score');
    });
    await step('S82 award candidates by eligibility, with the reasons', async () => {
      await at_desk.go('/appraisal');
      await at_desk.follow(at_desk.page.getByRole('link', { name: '评优候选' }).first());
      says(await at_desk.text(), '宁书远');
      await at_desk.calm('awards');
    });
    await step('S22 S59 S83 S84 S88 leadership sees one screen, and each number opens', async () => {
      await sign_in(at_desk, '方知新');
      await at_desk.go('/overview');
      says(await at_desk.text(), '6', '户已走访');
      await at_desk.calm('overview');
      for (const link of new Set(await at_desk.page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href'))))) {
        must((await at_desk.page.request.get(new URL(link, school.base).href)).ok(), `${link} does not open for the head`);
      }
      await sign_in(at_phone, '方知新');
      await at_phone.go('/overview');
      await at_phone.calm('overview');
    });
  }

  async function withdrawing() {
    const elsewhere = 'https://portal.example.edu.cn/a/7';
    await step('S4 S75 a misfiled post goes to another shelf, as it was approved', async () => {
      await sign_in(at_desk, '季明朗');
      await at_desk.go('/editor');
      await at_desk.follow(at_desk.page.getByRole('link', { name: '三年级组：先说优点' }));
      await at_desk.tap(at_desk.page.locator('summary', { hasText: '换' }));
      await at_desk.page.locator('main [name="shelf"]').selectOption('notes');
      await at_desk.follow(at_desk.page.locator('button[value="move"]'));
      const shelf = await (await fetch(`${school.base}/shide/?shelf=notes`)).text();
      says(shelf, '三年级组：先说优点');
      hides(await (await fetch(`${school.base}/shide/?shelf=digests`)).text(), '三年级组：先说优点');
    });
    await step('S98 D10 a portal that loads no code gets every box ready to paste, and the address of the copy is kept', async () => {
      await at_desk.go('/editor');
      await at_desk.follow(at_desk.page.getByRole('link', { name: '三年级组：先说优点' }));
      await at_desk.follow(at_desk.page.getByRole('link', { name: '放到别的网站' }));
      await at_desk.calm('bundle');
      must((await at_desk.page.locator('#part-text').inputValue()).startsWith('<p><strong>先说优点'), 'the text is not in plain tags');
      await at_desk.tap(at_desk.page.locator('button[data-copies="part-headline"]'));
      await at_desk.page.locator('button[data-copies="part-headline"]', { hasText: '已复制' }).waitFor();
      const [file] = await Promise.all([at_desk.page.waitForEvent('download'), at_desk.page.getByRole('link', { name: '下载全部' }).click()]);
      must(file.suggestedFilename() === '三年级组：先说优点.zip', `the archive is called ${file.suggestedFilename()}`);
      const listed = execFileSync('python3', ['-m', 'zipfile', '-l', await file.path()], { encoding: 'utf8' });
      says(listed, 'headline.txt', 'text.html', 'checklist.txt');
      await at_desk.fill({ copy_address: 'javascript:alert(1)' });
      await at_desk.press('记下地址');
      must(await at_desk.page.locator('.field.wrong [name="copy_address"]').inputValue() === 'javascript:alert(1)', 'no web address is not refused, or what was typed is gone');
      await at_desk.fill({ copy_address: elsewhere });
      await at_desk.press('记下地址');
      must(await at_desk.page.locator('[name="copy_address"]').inputValue() === elsewhere, 'the address is not kept');
    });
    await step('S98 D1 a pupil who joins the register is found in what is public already: gone at once, and the office is told', async () => {
      const editor = await as('季明朗'), office = await as('闻静好');
      const page = await editor.post('/editor', { kind: 'digest', grade: found((await editor.get('/editor')).text, 'kind=digest&(?:amp;)?grade=(UUID)'), title: '灯下十分钟', quote: '', body: `问一声${newcomer}家，孩子就坐得住。`, source: '本站原创', visits: visits.slice(0, 5), act: 'review' });
      const post = found(page, '/editor/(UUID)');
      await office.post(`/editor/${post}`, { act: 'approve' });
      await eventually('it is published', async () => (await fetch(`${school.base}/shide/posts/${post}`)).status === 200);
      const its_class = found((await office.get('/classes')).text, '(/classes/UUID)"');
      says((await office.call('POST', `${its_class}/register`, { body: new URLSearchParams({ csrf: office.csrf, students: newcomer }) })).text, newcomer);
      await school.open('2021-01-24 21:30');
      await eventually('it is gone', async () => (await fetch(`${school.base}/shide/posts/${post}`)).status === 404, 30);
      await sign_in(at_desk, '闻静好');
      await at_desk.go('/editor');
      const tasks = await at_desk.page.locator('ul.tasks').innerText();
      says(tasks, `/posts/${post}`);
      hides(tasks, newcomer);
      await at_desk.calm('editor_tasks');
    });
    await step('S98 D1 a withdrawal acts at once on page, list and feed; a withdrawn consent takes its note down', async () => {
      const office = await as('闻静好'), teacher = await as(homeroom[3][0]);
      const desk_page = (await office.get('/editor')).text;
      await office.post(`/editor/${found(desk_page, '/editor/(UUID)"[^>]*>三年级组：先说优点')}`, { act: 'withdraw', reason: '有家长不放心' });
      await teacher.post(`/visits/${visits[3]}/publish-consent`, { answer: 'withdrawn' });
      await eventually('both are gone', async () => {
        const pages = await public_bytes(school.base);
        return ![...pages.values()].some((bytes) => bytes.includes('三年级组：先说优点') || bytes.includes('看蚕半小时'));
      });
    });
    await step('S98 D1 D10 the copy outside is a task of the same day, until a named person says what is seen there now', async () => {
      await sign_in(at_phone, '闻静好');
      await at_phone.go('/editor');
      const task = at_phone.page.locator('ul.tasks form', { hasText: elsewhere });
      says(await task.innerText(), '2021-01-25');
      await at_phone.follow(task.getByRole('button').first());
      must(await at_phone.page.locator('ul.tasks form', { hasText: elsewhere }).locator('.wrong').count() === 1, 'closed without a word on what is seen');
      await at_phone.calm('editor_task_wrong');
      await at_phone.page.locator('ul.tasks form', { hasText: elsewhere }).locator('[name="outcome"]').fill('打开是“页面不存在”');
      await at_phone.follow(at_phone.page.locator('ul.tasks form', { hasText: elsewhere }).getByRole('button').first());
      must(await at_phone.page.locator('ul.tasks form', { hasText: elsewhere }).count() === 0, 'the task is still there');
    });
  }
}
