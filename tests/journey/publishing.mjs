// From a visit to the public and back, as people at a school do it: the same steps whatever website is around the section.
import path from 'node:path';
import { must, results, says } from './stage.mjs';

/// What a post of compose_and_approve says.
export const published = '从孩子喜欢的事开始，坐得住也能学会。';

export const look = (reader, name) => reader.page.screenshot({ path: path.join(results, 'screenshots', `${name}-${reader.viewport.width}.png`), fullPage: true });

export async function hand_in_record(reader, visit, photos, where) {
  await reader.go(`/visits/${visit}`);
  await reader.fill({ narrative: '进门先说孩子的长处，再一起看了作业和书桌。', reflection: '家长愿意听，也愿意说。' });
  const slots = await reader.page.locator('input[type="file"][name^="photo_"]').evaluateAll((all) => all.map((one) => one.name));
  must(slots.length > 0, 'the record takes no photo');
  for (const [index, slot] of slots.entries()) await reader.page.locator(`input[name="${slot}"]`).setInputFiles({ name: `${slot}.png`, mimeType: 'image/png', buffer: photos[index] });
  await look(reader, `${where}_record`);
  await reader.press('上交');
  await look(reader, `${where}_handed_in`);
  says(await reader.text(), '已上交');
}

/// One editor, and somebody else who approves; answers the post's id. `account(role)` is somebody's login and password.
export async function compose_and_approve(reader, account, title) {
  const editor = account('union_editor'), office = account('student_office');
  await reader.sign_in(editor.login, editor.password);
  await reader.go('/editor');
  await reader.follow(reader.page.getByRole('link', { name: '写公开稿' }).first());
  await reader.fill({ title, quote: '先说优点，家长才听得进不足。', body: published });
  await reader.press('送审');
  says(await reader.text(), '待审批');
  await reader.sign_in(office.login, office.password);
  await reader.go('/editor');
  await reader.follow(reader.page.getByRole('link', { name: title }));
  const post = /\/editor\/([0-9a-f-]{36})/.exec(reader.page.url())[1];
  await reader.press('批准');
  return post;
}

export async function withdraw_post(reader, post, where) {
  await reader.go(`/editor/${post}`);
  await look(reader, `${where}_withdraw`);
  const button = reader.page.locator('button[value="withdraw"]');
  if (!(await button.isVisible())) await reader.tap(reader.page.locator('main summary', { hasText: '撤' }));
  await reader.page.locator('main [name="reason"]').fill('家长要求撤下');
  await reader.follow(button);
}
