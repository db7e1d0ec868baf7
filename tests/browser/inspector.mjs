// Tests in Chromium the pages of the preview that show how pages are made. README.md says how to run this.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { temporary } from './support/folder.mjs';
import { layout, violations } from './support/look.mjs';
import { preview } from './support/preview.mjs';
import { launch } from './support/site.mjs';

const { root, write: save, remove } = temporary();
const top = (words) => save('themes/mine/templates/top.html', `{% extends "civic/top.html" %}\n${words}`);

let served;
let browser;
before(async () => {
  save('content/site.yaml', 'title: Northshire\nbase_url: https://northshire.example\ntheme: mine\n');
  save('content/2024-25/report.yaml', 'title: Annual report 2024-25\nperiod: {from: 2024-04-01, to: 2025-03-31}\nboards: [{id: risk, name: Risk Board}]\nagencies: [{id: police, name: Northshire Police}]\n');
  for (const file of ['boards/risk.md', 'agencies/police.md']) save(`content/2024-25/${file}`, '## What have we done?\n\nWe did much.\n\n## What will we do next?\n\n- Train all staff.\n');
  save('themes/mine/theme.yaml', 'name: Mine\nextends: civic\n');
  top('{% block logo %}Our logo{% endblock %}\n');
  served = await preview(root, { options: ['--at', '2025-07-19'] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await served?.stop();
  remove();
});

const show = async (path, options = {}) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
  page.on('pageerror', (error) => assert.fail(`${path}: ${error}`));
  await page.goto(served.address + path);
  return page;
};
const PAGES = ['/_desk/view/', '/_desk/view/index.html', '/_desk/view/2024-25/boards/risk/', '/_desk/view/2024-25/print/'];

test('they can be read by everybody, on every screen', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 390, 1280]) {
      for (const path of PAGES) {
        const page = await show(path, { colorScheme, viewport: { width, height: 800 } });
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
        const faults = [...(await page.evaluate(layout)), ...(await violations(page))];
        assert.deepEqual(faults, [], `${path} ${width} ${colorScheme}`);
        await page.context().close();
      }
    }
  }
});

test('they are reached and used by keyboard', async () => {
  const page = await show('/_desk/');
  await page.getByRole('link', { name: 'How pages are made' }).press('Enter');
  await page.getByRole('link', { name: '/2024-25/boards/risk/' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'How “Risk Board” is made' }).waitFor();
  const blocks = page.locator('section', { has: page.getByRole('heading', { name: 'top.html' }) }).locator('summary').first();
  await blocks.press('Enter');
  await page.getByRole('link', { name: 'themes/mine/templates/top.html:2' }).press('Enter');
  await page.waitForURL(/_desk\/file\/themes\/mine\/templates\/top\.html#L2$/);
  await page.context().close();
});

test('they follow what is saved', async () => {
  const page = await show('/_desk/view/2024-25/boards/risk/');
  const own = page.locator('a', { hasText: 'themes/mine/templates/top.html:3' });
  assert.equal(await own.count(), 0);
  top('\n{% block site_links %}{{ super() }}<li>One more</li>{% endblock %}\n');
  await own.waitFor({ state: 'attached' });
  assert.match(await page.content(), /together with/);
  await page.context().close();
});

test('the list of problems leads from a page to how it is made', async () => {
  save('content/2024-25/agencies/police.md', '## What have we done?\n\nWe did much.\n');
  const page = await show('/2024-25/agencies/police/');
  const link = page.getByRole('link', { name: 'How this page is made' });
  await link.waitFor();
  await link.click();
  await page.getByRole('heading', { level: 1, name: 'How “Northshire Police” is made' }).waitFor();
  await page.context().close();
});
