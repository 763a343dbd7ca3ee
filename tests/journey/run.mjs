// The story in a real browser, against a shided of its own with a fresh demo school. SHIDE_BUILD names the build,
// SHIDE_RESULTS takes the report and the screenshots. The last line is "N passed, N failed, N skipped".
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(path.join(here, '../package.json'));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const build = path.resolve(process.env.SHIDE_BUILD ?? path.join(here, '../../build-test'));
const results = path.resolve(process.env.SHIDE_RESULTS ?? path.join(build, 'journey'));
const today = '2021-01-24 20:30';
const steps = [];

async function step(name, work) {
  let problem;
  try { await work(); } catch (error) { problem = error.message; }
  steps.push({ name, passed: !problem });
  console.log(problem ? `not ok ${name}: ${problem}` : `ok ${name}`);
}
function must(fact, otherwise) { if (!fact) throw new Error(otherwise); }

const free_port = () => new Promise((done, fail) => {
  const server = net.createServer().on('error', fail);
  server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); });
});

/// Tries until the server listens; fails at once when it ended.
async function listening(port, server) {
  for (const end = Date.now() + 30000; Date.now() < end;) {
    must(server.exitCode === null, `shided ended with ${server.exitCode}`);
    const open = await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); done(true); }).on('error', () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('shided did not listen within 30 s');
}

/// A calm page: nothing for axe-core, nothing wider than the screen. Keeps a screenshot.
async function calm(page, name) {
  await page.screenshot({ path: path.join(results, 'screenshots', `${name}.png`), fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  must(wide <= 0, `${name} scrolls sideways by ${wide} px`);
  const cdp = await page.context().newCDPSession(page);  // past the CSP, which forbids a script added to the page
  await cdp.send('Runtime.evaluate', { expression: axe });
  const { violations } = await page.evaluate(() => window.axe.run());
  must(violations.length === 0, `${name}: ${violations.map((v) => `${v.id} at ${v.nodes[0].target}`).join('; ')}`);
}

fs.mkdirSync(path.join(results, 'screenshots'), { recursive: true });
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'shide-journey-'));
const config = ['--data', data];
let server, browser;
try {
  execFileSync(path.join(build, 'shidectl'), ['migrate', ...config], { stdio: 'pipe' });
  execFileSync(path.join(build, 'shidectl'), ['demo', '--today', today, ...config], { stdio: 'pipe' });
  const { accounts } = JSON.parse(fs.readFileSync(path.join(data, 'demo.json'), 'utf8'));
  const port = await free_port();
  server = spawn(path.join(build, 'shided'), [...config, '--port', String(port), '--demo', '--today', today], { stdio: 'ignore' });
  await listening(port, server);
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu',
    '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}`, viewport: { width: 360, height: 640 }, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);

  await step('S1 S3 S6 S7 S8 S9 S17 the public face is calm and whole', async () => {
    must((await page.goto('/shide/')).status() === 200, 'the public face does not answer 200');
    const text = await page.locator('body').innerText();
    for (const said of ['青榆小学', '工会活动', '来源：本站原创', '发布人：赵文澜', '2021-01-13', '浏览 412', '牵手千家万户']) must(text.includes(said), `the public face does not say ${said}`);
    must(text.includes('谢谢你们'), 'a post without a view count is missing');
    await calm(page, 'public');
  });
  await step('D13 a wrong password is said, the right one enters', async () => {
    const { login, password } = accounts[0];
    const enter = async (word) => {
      await page.locator('form.card input[name="login"]').fill(login);
      await page.locator('form.card input[type="password"]').fill(word);
      await page.locator('form.card button').click();
    };
    await page.goto('/shide/login');
    await calm(page, 'login');
    await enter(password + 'x');
    await page.locator('[role="alert"]').first().waitFor();
    await calm(page, 'login_wrong');
    await enter(password);
    await page.waitForURL((url) => !url.pathname.endsWith('/login'));
    await calm(page, 'my');
  });
  await step('a forged cookie leads to the login', async () => {
    await context.clearCookies();
    await context.addCookies([{ name: 'shide_session', value: 'forged', url: `http://127.0.0.1:${port}` }]);
    await page.goto('/shide/my');
    must(page.url().includes('/login'), `a forged cookie leads to ${new URL(page.url()).pathname}`);
  });
} catch (error) {
  await step('the school opens', () => { throw error; });
} finally {
  await browser?.close();
  if (server && server.exitCode === null) {
    const ended = new Promise((done) => server.once('exit', done));
    process.kill(server.pid, 'SIGTERM');
    await ended;
  }
  fs.rmSync(data, { recursive: true, force: true });
}
fs.writeFileSync(path.join(results, 'journey.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
const passed = steps.filter((one) => one.passed).length;
console.log(`${passed} passed, ${steps.length - passed} failed, 0 skipped`);
process.exitCode = passed === steps.length ? 0 : 1;
