// Tests one page of each kind of five sites as few readers see them: in dark mode, in their own colours, with wide text
// spacing, on a tablet and on a very wide screen.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { branded } from './support/branded.mjs';
import { SPACING, brokenYears, cutOff, kinds, layout, violations } from './support/look.mjs';
import { launch, publish, repository } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

const made = { branded: branded(), synthetic: synthetic() };
const roots = {
  example: repository,
  years: join(repository, 'tests/sites/two-years'),
  bilingual: join(repository, 'tests/sites/bilingual'),
  branded: made.branded.root,
  synthetic: made.synthetic.root,
};
// An error page has addresses from the root of its host, so a site has to be where it says it is.
const place = { path: '/a/path/', options: ['--base-url', 'https://example.org/a/path'] };
let sites, browser;
before(async () => {
  browser = await launch();
  sites = Object.fromEntries(await Promise.all(Object.entries(roots).map(async ([name, root]) => [name, await publish({ ...place, root })])));
});
after(async () => {
  await browser?.close();
  for (const site of Object.values(sites ?? {})) site.close();
  for (const site of Object.values(made)) site.remove();
});

// Looks at the pages of all sites, and fails with the list of all problems.
const visit = async (options, look) => {
  const wrong = [];
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce', viewport: { width: 1280, height: 800 }, ...options });
  const look_at = async ([name, site]) => {
    const page = await context.newPage();
    for (const path of kinds(site)) {
      await page.goto(site.address + path, { waitUntil: 'load' });
      for (const fault of await look(page)) wrong.push(`${name} /${path}: ${fault}`);
    }
  };
  await Promise.all(Object.entries(sites).map(look_at));
  await context.close();
  assert.deepEqual(wrong, []);
};

test('each site has many kinds of pages', () => {
  for (const [name, site] of Object.entries(sites)) assert.ok(kinds(site).length >= 12, `${name}: ${kinds(site)}`);
});

test('dark', () => visit({ colorScheme: 'dark' }, async (page) => [...(await violations(page)), ...(await page.evaluate(layout))]));

test('in colours that the reader has chosen', async () => {
  await visit({ forcedColors: 'active' }, async (page) => [
    ...(await violations(page)),
    // The current page is marked in the contents, and only there.
    ...(await page.evaluate(() => {
      const colour = (link) => getComputedStyle(link).borderInlineStartColor;
      const links = [...document.querySelectorAll('.contents li a')].filter((link) => link.checkVisibility());
      const current = links.filter((link) => link.getAttribute('aria-current') === 'page');
      const others = links.filter((link) => link.getAttribute('aria-current') !== 'page');
      const isLost = current.some((one) => others.some((other) => colour(one) === colour(other)));
      return isLost ? ['the current page looks like the others in the contents'] : [];
    })),
  ]);
});

for (const width of [390, 1280]) {
  test(`with wide text spacing at ${width} px nothing is cut off`, async () => {
    await visit({ viewport: { width, height: 800 } }, async (page) => {
      await page.addStyleTag({ content: SPACING });
      return [...(await page.evaluate(layout)), ...(await page.evaluate(cutOff))];
    });
  });
}

for (const width of [320, 360]) {
  test(`at ${width} px years in headings are on one line`, () => visit({ viewport: { width, height: 700 } }, (page) => page.evaluate(brokenYears)));
}

for (const width of [768, 1920]) {
  test(`at ${width} px`, () => visit({ viewport: { width, height: 1000 } }, async (page) => [...(await page.evaluate(layout)), ...(await page.evaluate(cutOff))]));
}

test('an outcome has the same colour in bars, labels and charts', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme });
    const colour = (selector, property) => page.locator(selector).first().evaluate((one, name) => getComputedStyle(one)[name], property);
    await page.goto(`${sites.years.address}2023-24/commitments/`);
    const found = [];
    for (const outcome of ['delivered', 'in-progress']) {
      found.push(await colour(`.strip rect.${outcome}`, 'fill'));
      assert.equal(await colour(`.outcome.${outcome}`, 'borderInlineStartColor'), found.at(-1), outcome);
    }
    await page.goto(`${sites.years.address}trends/`);
    const charted = [await colour('#trend-commitments .s1, [id*="commitments"] .s1', 'fill'), await colour('[id*="commitments"] .s2', 'fill')];
    assert.deepEqual(found, charted, colorScheme);
    await page.close();
  }
});
