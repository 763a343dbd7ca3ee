// Annex 3 as other programs open it: python3-docx reads its table, LibreOffice lays it out without a repair, and the PDF holds the same
// words, its photos as they were stored, and the face of rare characters. The last line is "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { demo_school } from './support/apache.mjs';
import { fact, run, scratch, start_shided } from './support/host.mjs';

const school = path.join(scratch, 'school');
let shided;

function run_program(program, args, options = {}) {
  // Nothing is kept open: a connection that ends while a program runs would be noticed too late.
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: 120000, env: { ...process.env, HOME: scratch, LC_ALL: 'C.UTF-8' }, ...options });
  if (done.status !== 0) throw new Error(`${program}: ${done.error?.message ?? done.stderr}`);
  return done.stdout;
}
class Teacher {
  async sign_in({ login, password }) {
    const answer = await fetch(this.at('/api/v1/session'), { method: 'POST', headers: { 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify({ login, password }) });
    this.cookie = [...answer.headers.get('set-cookie').matchAll(/(?:^|, )([^=;, ]+=[^;,]*)/g)].map((one) => one[1]).join('; ');
    this.csrf = (await answer.json()).csrf;
    return this;
  }
  at(where) { return `http://127.0.0.1:${shided.port}/shide${where}`; }
  async read(where) { return (await fetch(this.at(where), { headers: { cookie: this.cookie, connection: 'close' } })).text(); }
  async take_out(visit, act) {
    const answer = await fetch(this.at(`/visits/${visit}/annex3`), { method: 'POST', headers: { cookie: this.cookie, connection: 'close' }, body: new URLSearchParams({ csrf: this.csrf, act }) });
    if (answer.status !== 200) throw new Error(`${act}: ${answer.status}`);
    const file = path.join(scratch, `annex3.${act}`);
    fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    return { file, type: answer.headers.get('content-type') };
  }
}
const squeezed = (text) => text.replace(/\s+/g, '');

const TABLE = `
import sys, json, docx
document = docx.Document(sys.argv[1])
rows = []
for row in document.tables[0].rows:
    cells = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    rows.append([cell.text for cell in cells])
print(json.dumps({"rows": rows, "pictures": len(document.inline_shapes), "paragraphs": [one.text for one in document.paragraphs],
                  "author": document.core_properties.author, "footer": document.sections[0].footer.paragraphs[0].text}, ensure_ascii=False))
`;

await run('annex3', async () => {
  const demo = demo_school(school);
  // On its own day: on today's, what the visits left would be destroyed as over.
  shided = await start_shided({ real: true, data: school }, '--demo', '--today', '2021-01-24 20:30');
  // A record with both photos, of whoever has one.
  let teacher, visit, record;
  for (const account of demo.accounts.filter((one) => one.role === 'homeroom_teacher' || one.role === 'teacher')) {
    teacher = await new Teacher().sign_in(account);
    for (const [, id] of (await teacher.read('/my')).matchAll(/\/visits\/([0-9a-f-]{36})/g)) {
      const found = JSON.parse(await teacher.read(`/api/v1/records/${id}`));
      if (found.photos?.length === 2) [visit, record] = [id, found];
    }
    if (visit) break;
  }
  let docx, table;
  await fact('S102 annex 3 as a Word document: python3-docx finds the plan\'s boxes in their order, with the words of the record', async () => {
    if (!visit) return 'no record of the demo school has two photos';
    docx = await teacher.take_out(visit, 'docx');
    table = JSON.parse(run_program('/usr/bin/python3', ['-c', TABLE, docx.file]));
    const labels = table.rows.map((row) => row.filter((_, i) => i % 2 === 0).join(' '));
    const wanted = ['教师姓名 班级', '学生姓名 家长姓名', '同行教师', '家访时间 家访形式', '家访准备', '家访过程', '家长诉求', '家访照片', '家访后寻求对策或感想'];
    if (labels.join('|') !== wanted.join('|')) return labels.join('|');
    if (squeezed(table.rows[5][1]) !== squeezed(record.narrative)) return table.rows[5][1];
    return table.pictures === 2 && table.author === '' && table.footer.includes('取出') ? null : JSON.stringify([table.pictures, table.author, table.footer]);
  });
  await fact('S102 LibreOffice opens it and lays it out, with every word', async () => {
    run_program('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', path.join(scratch, 'laid-out'), docx.file]);
    const words = squeezed(run_program('pdftotext', [path.join(scratch, 'laid-out/annex3.pdf'), '-']));
    const lost = table.rows.flat().flatMap((cell) => cell.split('\n')).filter((line) => line.length > 0 && line.length < 12 && !words.includes(squeezed(line)));
    return lost.length === 0 && words.includes('附件3') ? null : `lost: ${lost}`;
  });
  await fact('S102 D11 saved anew by LibreOffice it is still known, and reads as it was', async () => {
    run_program('soffice', ['--headless', '--convert-to', 'docx:MS Word 2007 XML', '--outdir', path.join(scratch, 'saved-anew'), docx.file]);
    const form = new FormData();
    form.append('csrf', teacher.csrf);
    form.append('files', new Blob([fs.readFileSync(path.join(scratch, 'saved-anew/annex3.docx'))]), 'annex3.docx');
    const answer = await fetch(teacher.at('/papers'), { method: 'POST', headers: { cookie: teacher.cookie, connection: 'close' }, body: form });
    const page = await answer.text();
    const may_write = ['draft', 'returned'].includes(record.state);
    if (answer.status !== 200 || page.includes('这是哪一次家访')) return `${answer.status}: it is not known`;
    if (!may_write) return page.includes('已经上交') ? null : 'another answer than that it was handed in';
    const changed = page.match(/<dt>[^]*?<\/dd>/g) ?? [];
    return changed.length ? `something differs: ${changed.join(' ').slice(0, 500)}` : null;
  });
  await fact('S102 the PDF is A4, its faces are inside it, its photos are the JPEGs of the vault, and it says the same', async () => {
    const pdf = await teacher.take_out(visit, 'pdf');
    if (pdf.type !== 'application/pdf') return pdf.type;
    const words = squeezed(run_program('pdftotext', [pdf.file, '-']));
    const lost = table.rows.flat().flatMap((cell) => cell.split('\n')).filter((line) => line.length > 0 && line.length < 12 && !words.includes(squeezed(line)));
    if (lost.length) return `lost: ${lost}`;
    const about = run_program('pdfinfo', [pdf.file]);
    if (!/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/.test(about) || /Author:\s*\S/.test(about)) return about;
    const faces = run_program('pdffonts', [pdf.file]).trim().split('\n').slice(2);
    if (faces.length === 0 || faces.some((line) => !/\byes\s+yes\s+(yes|no)\s/.test(line))) return faces.join(' | ');
    const pictures = run_program('pdfimages', ['-list', pdf.file]).trim().split('\n').slice(2);
    return pictures.filter((line) => / jpeg /.test(line)).length === 2 ? null : pictures.join(' | ');
  });
});
