// Tests the search in Chromium: for readers who make typing errors, use only a keyboard, or have no scripts.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { launch, publish } from './support/site.mjs';

let site, browser;
before(async () => {
  [site, browser] = await Promise.all([publish({ path: '/a/path/' }), launch()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

const open = async (query = '', options = {}) => {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(10000);
  page.on('pageerror', (error) => assert.fail(String(error)));
  page.on('console', (line) => line.type() === 'error' && assert.fail(line.text()));
  await page.goto(`${site.address}search/${query}`);
  return page;
};
const results = (page) => page.locator('#results > li');
const titles = (page) => page.locator('#results > li > a').allTextContents();
const statusShows = (page, pattern) => page.locator('#found').filter({ hasText: pattern }).waitFor();

test('by keyboard alone: type, hear how much was found, follow a result to its heading', async () => {
  const page = await open();
  await page.keyboard.press('Tab'); // the skip link
  await page.locator('#q').focus();
  await page.keyboard.type('self-harm toolkit');
  await statusShows(page, /\d+ results?/);
  assert.equal(await page.locator('#found').getAttribute('role'), 'status');
  assert.match((await titles(page))[0], /Tasking/);
  const marks = await results(page).first().locator('mark').allTextContents();
  assert.ok(marks.some((word) => /self|harm|toolkit/i.test(word)), String(marks));
  while (!(await page.evaluate(() => document.activeElement.closest('#results')))) await page.keyboard.press('Tab');
  const href = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href === href);
  const fragment = new URL(href).hash.slice(1);
  if (fragment) assert.equal(await page.locator(`[id="${fragment}"]`).count(), 1);
  await page.close();
});

test('typing errors, parts of words, accents and case do not matter', async () => {
  for (const [query, title] of [
    ['saferguarding', /safeguarding/i],
    ['domestc abuse', /domestic abuse/i],
    ['DOMÉSTIC', /domestic/i],
    ['scruti', /scrutin/i],
    ['thames valey police', /Thames Valley Police/i],
  ]) {
    const page = await open(`?q=${encodeURIComponent(query)}`);
    await statusShows(page, /\d+ results?/);
    const text = await page.locator('#results').innerText();
    assert.match(text, title, query);
    await page.close();
  }
});

test('similar words are shown only where there is no such word, and the page says so', async () => {
  for (const [query, says, never] of [
    ['saferguarding', /^No results for ‘saferguarding’\. Showing similar words\. \d+ results?$/, /^$/],
    ['Thames Valey Police', /^No results for ‘Valey’\. Showing similar words\. \d+ results$/, /^$/],
    ['Prevent', /^\d+ results$/, /present/i],
    ['scruti', /^\d+ results$/, /^$/],
    ['café', /^No results\. /, /^(came|case|safe|care)$/i],
  ]) {
    const page = await open(`?q=${encodeURIComponent(query)}`);
    await statusShows(page, /results?/);
    assert.match(await page.locator('#found').innerText(), says, query);
    const marks = await page.locator('#results mark').allTextContents();
    assert.deepEqual(marks.filter((word) => never.test(word)), [], query);
    await page.close();
  }
});

test('one report alone, terms of the glossary, and nothing at all', async () => {
  const page = await open('?in=2019-20&q=PST');
  await statusShows(page, /\d+ results?/);
  const own = await page.locator('#results > li > a').evaluateAll((links) => links.map((link) => link.href));
  assert.ok(own.every((href) => href.includes('/2019-20/')), String(own));
  await page.locator('#q').fill('qwertzuiop');
  await statusShows(page, /No results/);
  assert.equal(await results(page).count(), 0);
  const everywhere = await open('?q=VARM');
  await statusShows(everywhere, /\d+ results?/);
  assert.ok((await everywhere.locator('#results > li > a').evaluateAll((links) => links.map((link) => link.href))).some((href) => href.includes('/glossary/#')));
  await Promise.all([page.close(), everywhere.close()]);
});

test('queries are never inserted as markup', async () => {
  const page = await open(`?q=${encodeURIComponent('<img src=x onerror=alert(1)> police')}`);
  await statusShows(page, /result/i);
  assert.equal(await page.locator('#results img').count(), 0);
  await page.close();
});

test('without scripts everything is listed from A to Z', async () => {
  const page = await open('', { javaScriptEnabled: false });
  assert.ok(await page.locator('#search').isHidden());
  const links = await page.locator('.index a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const wanted of ['../2019-20/boards/assurance/', '../2019-20/agencies/tvp/', '../glossary/#term-pst']) {
    assert.ok(links.includes(wanted), wanted);
  }
  await page.close();
});

test('an index is small, and answers at once', async (t) => {
  const bytes = gzipSync(site.read('search/2019-20.json')).length;
  assert.ok(bytes < 60_000, `${bytes} bytes`);
  const page = await open('?q=police');
  await statusShows(page, /\d+ results?/);
  const times = [];
  for (const query of ['safeguarding chidren', 'domestic abuse training', 'mental helth', 'a']) {
    const took = await page.evaluate(async (query) => {
      const field = document.getElementById('q');
      field.value = query;
      const changed = new Promise((done) => new MutationObserver(done).observe(document.getElementById('results'), { childList: true }));
      const start = performance.now();
      field.dispatchEvent(new Event('input'));
      await changed;
      return performance.now() - start;
    }, query);
    times.push(took.toFixed(1));
  }
  t.diagnostic(`the index of a year has ${bytes} bytes compressed; answers took ${times.join(', ')} ms`);
  await page.close();
});
