// The front pages of the site and of a report: what is on the first screen of a phone, how long they are, and the
// partnership's own logo and colour on every page. Also how pages fill wide screens.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { branded as branding } from './support/branded.mjs';
import { launch, publish, repository } from './support/site.mjs';

let site, branded, years, counted, chromium;
const own = branding();

before(async () => {
  [site, branded, years, counted, chromium] = [
    await publish(),
    await publish({ root: own.root }),
    await publish({ root: join(repository, 'tests/sites/two-years') }),
    await publish({ root: join(repository, 'tests/sites/indicators') }),
    await launch(),
  ];
});

after(async () => {
  for (const one of [site, branded, years, counted]) one?.close();
  await chromium?.close();
  own.remove();
});

async function open(address, width, height) {
  const page = await chromium.newPage({ viewport: { width, height } });
  await page.goto(address);
  return page;
}

test('the first screen of a phone has the headline and a key message', async () => {
  const page = await open(`${site.address}2019-20/`, 390, 844);
  const bottom = (selector) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().bottom);
  assert.ok((await bottom('.finding')) < 844);
  assert.ok((await bottom('.messages li')) < 844);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height <= 2500, `the report's front page is ${height} px high`);
  await page.close();
});

test('a desk has no empty third', async () => {
  const wide = [[site, ''], [site, '2019-20/'], [years, ''], [years, '2023-24/'], [years, 'trends/'], [branded, '']];
  for (const path of ['glossary/', '2019-20/priorities/', '2019-20/reviews/']) wide.push([site, path]);
  for (const [{ address }, path] of wide) {
    const page = await open(`${address}${path}`, 1280, 800);
    const [right, edge] = await page.evaluate(() => {
      const main = document.querySelector('main');
      const parts = [...main.querySelectorAll('h2, p, li, svg')].map((part) => part.getBoundingClientRect().right);
      return [Math.max(...parts), main.getBoundingClientRect().right];
    });
    assert.ok(edge - right < 1280 / 8, `/${path}: ${edge - right} px to the right of everything`);
    await page.close();
  }
});

test('the last row of charts is filled, however many there are', async () => {
  for (const path of ['trends/', '2024-25/indicators/']) {
    const page = await open(`${counted.address}${path}`, 1280, 800);
    for (const most of [5, 4, 3, 2, 1]) {
      for (const width of [1024, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const rows = await page.evaluate((most) => {
          const box = (element) => element.getBoundingClientRect();
          return [...document.querySelectorAll('.indicators')].map((all) => {
            while (all.children.length > most) all.lastElementChild.remove();
            const last = all.lastElementChild;
            const drawing = [...last.querySelectorAll('svg')].find((svg) => svg.checkVisibility());
            const left = box(all).right - box(drawing).right;
            return { unfilled: box(all).right - box(last).right, share: left / box(all).width, wide: box(drawing).width };
          });
        }, most);
        assert.ok(rows.length > 0);
        for (const { unfilled, share, wide } of rows) {
          const place = `/${path}: the last of at most ${most} at ${width} px`;
          assert.ok(unfilled < 1 && share < 1 / 4 && wide < 740, `${place}: ${unfilled}, ${share}, ${wide}`);
        }
      }
    }
    await page.close();
  }
});

test('every page has a picture to share, 1200 by 630', async () => {
  const address = /<meta property="og:image" content="https:\/\/[^/]+\/([^"]+)">/;
  const shared = new Set(site.pages.map((path) => site.readPage(path).match(address)?.[1]));
  assert.deepEqual([...shared].sort(), ['2019-20/share.png', 'share.png']);
  for (const path of site.pages) assert.match(site.readPage(path), /<meta property="og:image:alt" content="[^"]+">/, path);
  for (const picture of shared) {
    const bytes = readFileSync(join(site.output, picture));
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1200, 630], picture);
  }
});

test('a brand gives every page its logo, icon and colour', async () => {
  const page = await open(`${branded.address}2019-20/attendance/`, 1280, 800);
  const image = page.locator('.partnership img');
  assert.equal(await image.getAttribute('alt'), 'MK Together Partnership');
  assert.ok(await image.evaluate((element) => element.complete && element.naturalWidth > 0));
  const accent = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim());
  assert.equal(accent, '#7a1f5c');
  assert.match(await page.locator('link[rel=icon]').getAttribute('href'), /assets\/brand\.[0-9a-f]{8}\.svg$/);
  await page.close();
  const dark = await chromium.newPage({ colorScheme: 'dark' });
  await dark.goto(branded.address);
  assert.notEqual(await dark.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()), accent);
  assert.ok(await dark.locator('.cover').evaluate((element) => element.complete && element.naturalWidth > 0));
  await dark.close();
});
