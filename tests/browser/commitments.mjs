// Tests the page of commitments in Chromium, with as many as a large partnership has: 137 of last year and 126 new ones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { temporary } from './support/folder.mjs';
import { launch, publish } from './support/site.mjs';

const AGENCIES = Array.from({ length: 17 }, (_, at) => `agency-${at + 1}`);
const OUTCOMES = ['delivered', 'in-progress', 'not-started'];

const { root, write, remove } = temporary();
function writeYear(year, next, answered) {
  const put = (file, text) => write(`content/${year}/${file}`, text);
  put('report.yaml', `title: Report ${year}\nperiod: {from: ${year.slice(0, 4)}-04-01, to: 20${year.slice(5)}-03-31}\npriorities:\n  - {id: neglect, name: Neglect}\nboards: []\nagencies:\n${AGENCIES.map((id) => `  - {id: ${id}, name: The ${id} with a long name}`).join('\n')}\n`);
  const of = (count, at) => Array.from({ length: Math.floor(count / 17) + (at < count % 17 ? 1 : 0) }, (_, item) => item);
  AGENCIES.forEach((id, at) => {
    const answers = of(answered, at).map((item) => {
      const isDropped = at === 6 && item === 3;
      return `  - {commitment: promise-${item}-of-many, outcome: ${isDropped ? 'dropped' : OUTCOMES[(at + item) % 3]}, note: This is what happened.}\n`;
    });
    const items = of(next, at).map((item) => `- Promise ${item} of many. {by: 2025-03, owner: Head of Learning, priority: neglect}\n`);
    put(`agencies/${id}.md`, `---\n${answers.length ? `follow_up:\n${answers.join('')}` : ''}status: submitted\n---\n## What we did\n\nMuch.\n\n## What next\n\n${items.join('')}`);
  });
}

let site, browser;
before(async () => {
  write('content/site.yaml', 'title: Northmere\nbase_url: https://northmere.example\n');
  writeYear('2022-23', 137, 0);
  writeYear('2023-24', 126, 137);
  [site, browser] = await Promise.all([publish({ root }), launch()]);
});
after(async () => {
  await browser?.close();
  site?.close();
  remove();
});

const open = async (path, options = {}) => {
  const page = await browser.newPage(options);
  page.on('pageerror', (error) => assert.fail(String(error)));
  await page.goto(`${site.address}2023-24/${path}`);
  return page;
};

test('on a phone nothing is endless', async () => {
  const page = await open('commitments/', { viewport: { width: 390, height: 844 } });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height <= 12_000, `${height} px`);
  await page.close();
});

test('a dropped promise of one agency is found in two steps', async () => {
  const page = await open('commitments/');
  await page.selectOption('#filter-outcome', 'dropped');
  await page.selectOption('#filter-body', 'agencies-agency-7');
  const rows = page.locator('[data-body]:visible');
  assert.equal(await rows.count(), 1);
  assert.match(await rows.first().innerText(), /Promise 3 of many/);
  assert.match(await page.locator('#filters [role=status]').innerText(), /^1 of 263/);
  assert.match(page.url(), /outcome=dropped&body=agencies-agency-7/);
  const again = await open(`commitments/${new URL(page.url()).search}`);
  assert.equal(await again.locator('[data-body]:visible').count(), 1);
  await Promise.all([page.close(), again.close()]);
});

test('and in two steps without scripts', async () => {
  const page = await open('commitments/', { javaScriptEnabled: false });
  assert.ok(await page.locator('#filters').isHidden());
  await page.locator('.tallies a', { hasText: 'agency-7 ' }).click();
  const answers = page.locator('#last-year ~ .answers');
  assert.match(await answers.locator('li', { hasText: 'Dropped' }).innerText(), /Promise 3 of many/);
  await page.close();
});
