// The stories in a real browser, each against a shided and a school of its own. SHIDE_BUILD names the build, SHIDE_RESULTS takes
// the report and the screenshots. `run.mjs plan` or `run.mjs drafts` walks one. The last line is "N passed, N failed, N skipped".
import fs from 'node:fs';
import path from 'node:path';
import { open_browser, results, steps, story } from './stage.mjs';
import { nginx_story } from './nginx_story.mjs';
import { plan_story } from './plan_story.mjs';
import { demo_story } from './demo_story.mjs';
import { drafts_story } from './drafts_story.mjs';
import { hostile_story } from './hostile_story.mjs';
import { wordpress_story } from './wordpress_story.mjs';
import { year_story } from './year_story.mjs';

const stories = { plan: plan_story, demo: demo_story, hostile: hostile_story, drafts: drafts_story, year: year_story, nginx: nginx_story, wordpress: wordpress_story };
fs.mkdirSync(path.join(results, 'screenshots'), { recursive: true });
const browser = await open_browser();
for (const [name, walk] of Object.entries(stories)) {
  if (process.argv.length === 2 || process.argv.includes(name)) await story(`the ${name} story`, () => walk(browser));
}
await browser.close();
fs.writeFileSync(path.join(results, 'journey.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
const passed = steps.filter((one) => one.passed).length;
console.log(`${passed} passed, ${steps.length - passed} failed, 0 skipped`);
process.exitCode = passed === steps.length ? 0 : 1;
