// Never lose a sentence: a record is written on a phone whose tab, network and server die again and again, by two who see no
// network, by two who write into the same field; and a draft never turns up where it does not belong. SHIDE_KILLS says how often
// something dies; the way is drawn from a fixed seed.
import fs from 'node:fs';
import path from 'node:path';
import { School, Reader, Caller, eventually, step, must, says, hides, phone } from './stage.mjs';

const today = '2021-01-24 20:30';
const kills = Number(process.env.SHIDE_KILLS ?? 20);

export async function drafts_story(browser) {
  const school = await School.found();
  try {
    school.ctl('demo', '--today', today);
    const { accounts } = JSON.parse(fs.readFileSync(path.join(school.data, 'demo.json'), 'utf8'));
    await school.open(today);
    const drafts = await open_drafts(school, accounts);
    must(drafts.length >= 2, `the demo school has ${drafts.length} records to be written, two are needed`);
    const [mine, another] = drafts;
    const at = async (owner) => { const reader = await Reader.at(browser, school, phone); await reader.sign_in(owner.login, owner.password); return reader; };
    const stored = async (one) => JSON.parse((await one.caller.get(`/api/v1/records/${one.visit}`)).text);
    const field = (reader, name) => reader.page.locator(`main [name="${name}"]`);
    const state = (reader, name) => reader.page.locator(`[data-draft="${name}"]`).waitFor({ timeout: 15000 });
    const server_has = (one, name, words) => eventually(`the server has the ${name}`, async () => (await stored(one))[name] === words, 40);
    const start_narrative = (await stored(mine)).narrative;
    let reader;

    await step('S72 S93 D11 what is typed is on the device, then on the server, and the page says which', async () => {
      reader = await at(mine);
      await reader.go(`/visits/${mine.visit}`);
      const scripts = await reader.page.evaluate(async () => Promise.all([...document.scripts].map(async (one) => (await (await fetch(one.src)).blob()).size)));
      must(scripts.length > 0 && scripts.reduce((sum, one) => sum + one, 0) <= 60 * 1024, `the scripts of the record weigh ${scripts}`);
      await field(reader, 'narrative').fill(`${start_narrative}门后贴着三年的奖状。`);
      await state(reader, 'local');
      await reader.calm('record_kept_here');
      await state(reader, 'synced');
      await reader.calm('record_synced');
      await server_has(mine, 'narrative', `${start_narrative}门后贴着三年的奖状。`);
      must((await device(reader)).length === 0, 'a draft that the server has is still on the device');
    });
    await step('S96 S97 D8 what the text shows is pointed out while it is written, and goes when it is mended', async () => {
      const before = await field(reader, 'reflection').inputValue();
      const hint = reader.page.locator('[data-hint="gift"]');
      must(!(await hint.isVisible()), 'a hint about nothing');
      await field(reader, 'reflection').fill(`${before}临走奶奶塞给我们一袋花生，我们谢绝了。`);
      await hint.waitFor({ timeout: 15000 });
      await reader.calm('record_hints');
      await field(reader, 'reflection').fill(before);
      await hint.waitFor({ state: 'hidden', timeout: 15000 });
    });
    await step(`S72 S93 killing the tab, the network or the server ${kills} times loses not one word`, async () => {
      let words = '', seed = 20210124;
      const chance = (sides) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 65536) % sides; };
      for (let round = 1; round <= kills; ++round) {
        words += `第${round}句。`;
        await field(reader, 'reflection').fill(words);
        await eventually(`round ${round}: kept somewhere`, async () => JSON.stringify(await device(reader)).includes(words) || (await stored(mine)).reflection === words, 5);
        const [tab, network, server] = [[true, false, false], [true, true, false], [true, false, true], [false, true, false], [false, false, true]][chance(5)];
        if (network) await reader.context.setOffline(true);
        if (server) await school.close();
        if (tab) await crash(reader);
        if (network) await reader.context.setOffline(false);
        if (server) await school.open(today);
        if (tab) await reader.go(`/visits/${mine.visit}`);
        await eventually(`round ${round}`, async () => (await field(reader, 'reflection').inputValue()) === words, 10);
      }
      await reader.go(`/visits/${mine.visit}`);
      await server_has(mine, 'reflection', words);
    });
    await step('S72 without a network the address still opens, with the words in it; the shell holds nobody', async () => {
      await reader.page.evaluate(() => navigator.serviceWorker.ready);
      await school.close();
      await field(reader, 'narrative').fill('灯下写的一段。');
      await state(reader, 'local');
      await reader.go(`/visits/${mine.visit}`);
      says(await reader.text(), '现在没有网络', '已存本机');
      must(await field(reader, 'narrative').inputValue() === '灯下写的一段。', 'the words are not there without a network');
      await field(reader, 'narrative').fill('灯下写的一段，又添一句。');
      await state(reader, 'local');
      await eventually('it is on the device', async () => JSON.stringify(await device(reader)).includes('又添一句'));
      await reader.calm('offline');
      const kept = await reader.page.evaluate(async () => {
        const texts = [];
        for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) texts.push(request.url, await (await caches.match(request)).text());
        return texts.join('\n');
      });
      must(kept.includes('/offline') && kept.includes('drafts.js'), 'the shell is not kept');
      hides(kept, mine.name, mine.visit, 'data-owner', '灯下');
      await school.open(today);
      await reader.go(`/visits/${mine.visit}`);
      await server_has(mine, 'narrative', '灯下写的一段，又添一句。');
    });
    await step('S76 two phones of one team without a network make one record, with the words of both', async () => {
      const second = await at(mine);
      await second.go(`/visits/${mine.visit}`);
      await reader.go(`/visits/${mine.visit}`);
      for (const one of [reader, second]) await one.context.setOffline(true);
      await field(reader, 'narrative').fill('从第一部手机写的过程。');
      await field(second, 'reflection').fill('从第二部手机写的感想。');
      for (const one of [reader, second]) await state(one, 'local');
      for (const one of [reader, second]) await one.context.setOffline(false);
      await server_has(mine, 'narrative', '从第一部手机写的过程。');
      await server_has(mine, 'reflection', '从第二部手机写的感想。');
      await eventually('each sees the words of the other', async () => {
        for (const one of [reader, second]) await one.go(`/visits/${mine.visit}`);
        return await field(reader, 'reflection').inputValue() === '从第二部手机写的感想。' && await field(second, 'narrative').inputValue() === '从第一部手机写的过程。';
      });
      await second.leave();
    });
    await step('S76 R3 both wrote into the same field: both versions stand there, a person chooses', async () => {
      const second = await at(mine);
      await second.go(`/visits/${mine.visit}`);
      await second.context.setOffline(true);
      await field(second, 'narrative').fill('第二位写的。');
      await state(second, 'local');
      await field(reader, 'narrative').fill('第一位写的。');
      await server_has(mine, 'narrative', '第一位写的。');
      await second.context.setOffline(false);
      await state(second, 'clash');
      says(await second.text(), '第一位写的。', '有冲突');
      must(await field(second, 'narrative').inputValue() === '第二位写的。', 'the own words are gone');
      await second.calm('record_both');
      await second.page.getByRole('button', { name: '两份接在一起' }).click();
      await server_has(mine, 'narrative', '第一位写的。\n第二位写的。');
      await state(second, 'synced');
      await second.leave();
    });
    await step('S51 S109 a large photo is made small on the phone, a face painted over before it is sent, HEIC and the same photo twice are told at once', async () => {
      await reader.go(`/visits/${mine.visit}`);
      const slots = await reader.page.locator('input[type="file"][name^="photo_"]').evaluateAll((all) => all.map((one) => one.name));
      must(slots.length > 0, 'both slots are taken: the story needs a free one');
      const slot = reader.page.locator(`input[name="${slots[0]}"]`), beside = reader.page.locator(`.field:has(input[name="${slots[0]}"])`);
      await slot.setInputFiles({ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from('heic') });
      await beside.locator('.error', { hasText: 'HEIC' }).waitFor();
      must(await slot.evaluate((one) => one.files.length) === 0, 'the HEIC file would be sent');
      const large = Buffer.from(await reader.page.evaluate(async () => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [4000, 3000];
        const pen = canvas.getContext('2d');
        for (let i = 0; i < 400; ++i) { pen.fillStyle = `hsl(${i * 47 % 360} 50% 50%)`; pen.fillRect(i % 20 * 200, Math.floor(i / 20) * 150, 200, 150); }
        return (await (await new Promise((done) => canvas.toBlob(done, 'image/png'))).arrayBuffer().then((bytes) => Array.from(new Uint8Array(bytes))));
      }));
      await slot.setInputFiles({ name: 'IMG_2.png', mimeType: 'image/png', buffer: large });
      await beside.locator('[data-sizes]:not([hidden])').waitFor();
      const sent = () => slot.evaluate(async (one) => {
        const picture = await createImageBitmap(one.files[0]), canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [picture.width, picture.height];
        const pen = canvas.getContext('2d');
        pen.drawImage(picture, 0, 0);
        const edge = (y) => { const row = pen.getImageData(0, y, canvas.width, 1).data; let hard = 0; for (let i = 4; i < row.length; ++i) hard += Math.abs(row[i] - row[i - 4]) > 24; return hard; };
        return { type: one.files[0].type, width: picture.width, height: picture.height, middle: edge(Math.floor(canvas.height / 2)), top: edge(20) };
      });
      const before = await sent();
      must(before.type === 'image/jpeg' && before.width === 1600 && before.height === 1200, `what would be sent is ${JSON.stringify(before)}`);
      await beside.getByRole('button', { name: '涂掉脸和门牌' }).click();
      await beside.locator('canvas').evaluate((one) => one.scrollIntoView({ block: 'center' }));
      const shown = await beside.locator('canvas').boundingBox();
      await reader.page.mouse.move(shown.x + 5, shown.y + shown.height / 2);
      await reader.page.mouse.down();
      await reader.page.mouse.move(shown.x + shown.width - 5, shown.y + shown.height / 2, { steps: 12 });
      await reader.page.mouse.up();
      await eventually('the painted photo is what would be sent', async () => (await sent()).middle < before.middle / 2);
      must((await sent()).top > before.top / 2, 'more is painted over than the finger touched');
      await reader.calm('record_photo_painted');
      if (slots[1]) {
        await reader.page.locator(`input[name="${slots[1]}"]`).setInputFiles({ name: 'again.png', mimeType: 'image/png', buffer: large });
        await reader.page.locator('.hint', { hasText: '同一张照片' }).waitFor();
      }
      await reader.follow(reader.page.locator('button[value="save"]'));
      must(JSON.parse((await mine.caller.get(`/api/v1/records/${mine.visit}`)).text).photos.some((one) => one.width === 1600 && one.height === 1200), 'the painted photo is not stored');
    });
    await step("S98 D13 a draft turns up in no other pupil's form and after no other person's sign-in, and signing out drops it", async () => {
      await reader.go(`/visits/${mine.visit}`);
      await reader.context.route('**/api/v1/records/**', (route) => route.abort());
      await field(reader, 'reflection').fill('只有我看见的一句。');
      await state(reader, 'local');
      must((await device(reader)).length === 1, 'the draft is not on the device');
      await reader.sign_in(another.login, another.password);
      await reader.go(`/visits/${another.visit}`);
      must(!(await reader.page.locator('main textarea').evaluateAll((all) => all.map((one) => one.value))).join().includes('只有我看见'), "the draft stands in another pupil's form");
      await eventually("another person's sign-in drops it", async () => (await device(reader)).length === 0);
      await field(reader, 'reflection').fill('下一位写的一句。');
      await state(reader, 'local');
      must((await device(reader)).length === 1, 'the second draft is not on the device');
      await reader.follow(reader.page.locator('form[action$="/logout"] button'));
      must((await device(reader)).length === 0, 'signing out leaves a draft on the device');
      await reader.leave();
    });
    await step('S72 S76 without a script the record is written as before', async () => {
      const context = await browser.newContext({ baseURL: school.base, viewport: phone, locale: 'zh-CN', javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto('/shide/login');
      await page.locator('form.card input[name="login"]').fill(mine.login);
      await page.locator('form.card input[type="password"]').fill(mine.password);
      await page.locator('form.card button').first().click();
      await page.goto(`/shide/visits/${mine.visit}`);
      await page.locator('main [name="reflection"]').fill('没有脚本也写得下。');
      await page.locator('button[value="save"]').click();
      await server_has(mine, 'reflection', '没有脚本也写得下。');
      await context.close();
    });
  } finally {
    await school.leave();
  }
}

/// Records that can still be written, each with somebody of its team.
export async function open_drafts(school, accounts) {
  const found = [];
  for (const account of accounts.filter((one) => ['homeroom_teacher', 'teacher', 'grade_leader'].includes(one.role))) {
    const caller = await Caller.of(school, account.login, account.password);
    const visits = new Set([...(await caller.get('/my')).text.matchAll(/\/visits\/([0-9a-f-]{36})/g)].map((one) => one[1]));
    for (const visit of visits) {
      const answer = await caller.get(`/api/v1/records/${visit}`);
      const page = answer.status === 200 ? (await caller.get(`/visits/${visit}`)).text : '';
      if (page.includes('name="narrative"') && !found.some((one) => one.login === account.login)) found.push({ ...account, caller, visit });
    }
  }
  return found;
}

/// What the device holds, as a thief of the phone would read it.
async function device(reader) {
  return reader.page.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.open('shide-drafts');
    request.onerror = () => failed(request.error);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => {
      const database = request.result;
      const all = database.transaction('drafts').objectStore('drafts').getAll();
      all.onsuccess = () => { database.close(); done(all.result); };
    };
  }));
}

/// The tab dies without a word, as when the phone needs its memory.
async function crash(reader) {
  const dead = reader.page.waitForEvent('crash');
  const cdp = await reader.context.newCDPSession(reader.page);
  cdp.send('Page.crash').catch(() => {});
  await dead;
  await reader.page.close().catch(() => {});
  reader.page = await reader.context.newPage();
  reader.page.setDefaultTimeout(5000);
}
