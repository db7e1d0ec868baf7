// Every page of the worked example in Chromium, as different readers meet it: light and dark, phone and desk, with a
// keyboard alone, zoomed in, on paper, without scripts, and below any path.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, publish, repository } from './support/site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// More tabs at once would but wait for each other.
const TABS = 4;

let example, years, welsh, plum, browser;
before(async () => {
  const below = { path: '/a/path/', options: ['--base-url', 'https://example.org/a/path'] };
  const two = { ...below, root: join(repository, 'tests/sites/two-years') };
  const both = { ...below, root: join(repository, 'tests/sites/bilingual') };
  [example, years, welsh, plum, browser] = await Promise.all([
    publish(below),
    publish(two),
    publish(both),
    publish({ ...below, theme: 'plum' }),
    launch(),
  ]);
});
after(async () => {
  await browser?.close();
  for (const site of [example, years, welsh, plum]) site?.close();
});

// Visits every page of a site with tabs of one kind, and gathers what is wrong.
const visit = async (options, look, site = example) => {
  const left = [...site.pages];
  const wrong = [];
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const tab = async () => {
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(site.address) && !request.url().startsWith('data:')) wrong.push(`${page.url()} loads ${request.url()}`);
    });
    page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error}`));
    for (let address = left.pop(); address !== undefined; address = left.pop()) {
      await page.goto(site.address + address, { waitUntil: 'load' });
      for (const fault of (await look(page, address)) ?? []) wrong.push(`/${address}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: TABS }, tab));
  await context.close();
  assert.deepEqual(wrong, []);
};

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing, ${colorScheme} at ${width} px, and nothing scrolls sideways`, async () => {
      const look = async (page) => {
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate(async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)} (${nodes.length})`);
        });
        // 320 px are a desk's 1280 px at a zoom of 400 %.
        const [content, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        if (content > room) found.push(`scrolls sideways: ${content} px in ${room} px`);
        return found;
      };
      const options = { colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' };
      await visit(options, look);
      await visit(options, look, years);
      // Of another theme a page of each kind will do.
      const kinds = ['', '2019-20/', '2019-20/boards/', '2019-20/boards/risk/', '2019-20/budget/', 'search/'];
      await visit(options, look, { ...plum, pages: kinds });
      const translated = ['2023-24/agencies/health/', 'cy/2023-24/agencies/health/', 'cy/2023-24/boards/children/', 'cy/search/'];
      await visit(options, look, { ...welsh, pages: translated });
    });
  }
}

test('the keyboard reaches every link and control, in order, and shows where it is', async () => {
  await visit({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' }, async (page, address) => {
    const faults = [];
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')];
      const shown = all.filter((one) => one.checkVisibility({ visibilityProperty: true }));
      shown.forEach((one, at) => (one.dataset.at = at));
      return shown.length;
    });
    await page.evaluate(() => {
      window.reached = [];
      document.addEventListener('focusin', ({ target }) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(target);
        window.reached.push([Number(target.dataset.at), outlineStyle !== 'none' && outlineWidth !== '0px', target.outerHTML.slice(0, 90)]);
      });
    });
    // On pages with very many links their beginning stands for the rest, which is of the same kinds.
    const steps = Math.min(wanted, 120);
    for (let step = 0; step < steps; step++) await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => window.reached);
    if (reached.length < steps) faults.push(`reached ${reached.length} of ${wanted}`);
    reached.forEach(([at, isShown, html], step) => {
      if (at !== step) faults.push(`step ${step} reached ${at}: ${html}`);
      if (!isShown) faults.push(`no outline: ${html}`);
    });
    if (steps && address !== '404.html') {
      await page.evaluate(() => document.activeElement.blur());
      await page.evaluate(() => document.querySelector('.skip')?.focus());
      await page.keyboard.press('Enter');
      if ((await page.evaluate(() => document.activeElement.id)) !== 'main') faults.push('the skip link leads nowhere');
    }
    return faults.slice(0, 3);
  });
});

test('the switch leads to the same page in the other language and back', async () => {
  const page = await browser.newPage();
  await page.goto(`${welsh.address}2023-24/agencies/health/`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB');
  await page.getByRole('link', { name: 'Cymraeg' }).click();
  assert.equal(page.url(), `${welsh.address}cy/2023-24/agencies/health/`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'cy');
  assert.match(await page.locator('main').innerText(), /Hyfforddi'r porthorion|Hyfforddi’r porthorion/);
  await page.goto(`${welsh.address}cy/2023-24/boards/children/`);
  assert.match(await page.locator('main').innerText(), /Nid yw'r dudalen hon ar gael yn Gymraeg eto/);
  assert.equal(await page.getByText('Met in public').evaluate((text) => text.closest('[lang]').lang), 'en-GB');
  await page.getByRole('link', { name: 'English' }).click();
  assert.equal(page.url(), `${welsh.address}2023-24/boards/children/`);
  await page.close();
});

test('links and controls are large enough to hit', async () => {
  await visit({ viewport: { width: 320, height: 800 }, hasTouch: true }, (page) =>
    page.evaluate(() => {
      // A link in a line of text may be as high as the line (WCAG 2.2, 2.5.8).
      const isInline = (one) => getComputedStyle(one).display === 'inline';
      const all = [...document.querySelectorAll('a[href], button, input, select, summary')].filter((one) => one.checkVisibility());
      const small = all.filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return !isInline(one) && width > 1 && height > 0 && (width < 24 || height < 23.5);
      });
      return small.slice(0, 3).map((one) => `${one.outerHTML.slice(0, 90)} is ${Math.round(one.getBoundingClientRect().width)} × ${Math.round(one.getBoundingClientRect().height)}`);
    })
  );
});

test('without scripts every page says the same', async () => {
  await visit({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } }, async (page) => {
    const faults = [];
    if ((await page.locator('main h1').innerText()).trim() === '') faults.push('no heading');
    if ((await page.locator('main').innerText()).length < 40) faults.push('nothing to read');
    return faults;
  });
});

test('nothing runs, frames or loads but from the site itself', async () => {
  const refused = [];
  const page = await browser.newPage();
  page.on('console', (line) => line.type() === 'error' && refused.push(line.text()));
  for (const address of ['', '2019-20/budget/', 'search/']) await page.goto(example.address + address);
  assert.deepEqual(refused, [], 'the pages keep to their own policy');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    return window.ran === true;
  });
  assert.equal(ran, false, 'a script in the page is refused');
  assert.match(example.read('_headers'), /Content-Security-Policy: default-src 'none'/);
  await page.close();
});

test('a page and its styles weigh little', () => {
  const styles = example.files.filter((file) => file.endsWith('.css')).reduce((sum, file) => sum + example.read(file).length, 0);
  const heavy = example.files.filter((file) => file.endsWith('.html') && !file.includes('/print/'));
  assert.deepEqual(heavy.filter((file) => example.read(file).length + styles > 60_000), []);
});

test('every page prints, without an empty sheet and without a cut table', async () => {
  await visit({ viewport: { width: 794, height: 1123 } }, async (page, address) => {
    await page.emulateMedia({ media: 'print' });
    const faults = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      const wide = [...document.querySelectorAll('main table, main svg, main pre')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > room + 1);
      return wide.slice(0, 2).map((one) => `${one.outerHTML.slice(0, 60)} is cut at the right`);
    });
    const navigation = await page.locator('nav').evaluateAll((all) => all.filter((one) => one.checkVisibility() && !one.closest('.toc')).length);
    if (navigation && !address.endsWith('print/')) faults.push('navigation is printed');
    return faults;
  });
});
