// Tests every page of the worked example in Chromium, as different readers use it: in light and dark mode, on phones and
// desktops, with only a keyboard, zoomed in, on paper, without scripts, and below any path.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, publish, repository } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// More tabs would not be faster.
const TABS = 4;

let example, years, welsh, plum, three, browser;
const made = synthetic();
before(async () => {
  const below = { path: '/a/path/', options: ['--base-url', 'https://example.org/a/path'] };
  const two = { ...below, root: join(repository, 'tests/sites/two-years') };
  const both = { ...below, root: join(repository, 'tests/sites/bilingual') };
  [example, years, welsh, plum, three, browser] = await Promise.all([
    publish(below),
    publish(two),
    publish(both),
    publish({ ...below, theme: 'plum' }),
    publish({ root: made.root }),
    launch(),
  ]);
});
after(async () => {
  await browser?.close();
  for (const site of [example, years, welsh, plum, three]) site?.close();
  made.remove();
});

// Visits every page of a site with the same browser options, and fails with the list of all problems.
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
        // 320 px is the same as a 1280 px screen at a zoom of 400%.
        const [content, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        if (content > room) found.push(`scrolls sideways: ${content} px in ${room} px`);
        return found;
      };
      const options = { colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' };
      await visit(options, look);
      await visit(options, look, years);
      // For another theme, one page of each kind is enough.
      const kinds = ['', '2019-20/', '2019-20/boards/', '2019-20/boards/risk/', '2019-20/budget/', 'search/'];
      await visit(options, look, { ...plum, pages: kinds });
      const translated = ['2023-24/agencies/health/', 'cy/2023-24/agencies/health/', 'cy/2023-24/boards/children/', 'cy/search/'];
      await visit(options, look, { ...welsh, pages: translated });
    });
  }
}

// The layout problems of the current page. Nothing may extend beyond the screen, text must be wide enough from tablets
// up, and the last column of a table must be on the screen, unless the table is a grid that scrolls by itself.
const layout = () => {
  const faults = [];
  const { clientWidth: room, scrollWidth: content } = document.documentElement;
  if (content > room) faults.push(`scrolls sideways: ${content} px in ${room} px`);
  const main = document.querySelector('main');
  const em = parseFloat(getComputedStyle(main).fontSize);
  const width = main.getBoundingClientRect().width;
  if (room >= 768 && width < 30 * em) faults.push(`main is ${Math.round(width)} px wide, less than 30 em`);
  const shown = (one) => one.checkVisibility() && getComputedStyle(one).clipPath === 'none';
  for (const table of document.querySelectorAll('main table')) {
    if (!shown(table)) continue;
    const last = [...table.querySelectorAll('tr')].filter((row) => !row.closest('thead')).map((row) => [...row.cells].filter(shown).at(-1));
    const cut = last.some((cell) => cell && cell.getBoundingClientRect().right > room + 1);
    // The attendance table is a grid. Tables by authors and the data tables of charts may be grids.
    const grid = table.closest('.scroll:has(> .heat), .table-scroll, .chart-table');
    if (cut && (!grid || getComputedStyle(grid).overflowX !== 'auto')) faults.push(`${table.caption?.textContent}: the last column is off the screen`);
  }
  return faults;
};

test('text and tables fit on every page, on every screen and on paper', async () => {
  const look = async (page) => {
    const faults = [];
    for (const width of [320, 768, 1024, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      for (const fault of await page.evaluate(layout)) faults.push(`${width} px: ${fault}`);
    }
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    for (const fault of await page.evaluate(layout)) faults.push(`on paper: ${fault}`);
    await page.emulateMedia({ media: 'screen' });
    return faults;
  };
  // All years are generated by the same rules, so the middle one would show nothing new.
  const ends = { ...three, pages: three.pages.filter((page) => !page.startsWith('2022-23/')) };
  for (const site of [example, years, welsh, ends]) await visit({ reducedMotion: 'reduce' }, look, site);
});

test('readers see names, never the ids in the source files', () => {
  const read = three.files.filter((file) => /\.(html|csv)$/.test(file));
  const ids = new RegExp(`(?<![\\w/-])(${made.ids.filter((id) => id.includes('-')).join('|')})(?![\\w/-])`);
  const wrong = read.flatMap((file) => {
    const text = three.read(file).replaceAll(/<[^>]*>/g, '\n');
    const found = ids.exec(text);
    return found ? [`${file}: ${text.slice(Math.max(0, found.index - 40), found.index + 40)}`] : [];
  });
  assert.deepEqual(wrong, []);
});

test('the keyboard reaches every link and control in order, with a visible focus', async () => {
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
    // On pages with very many links, the first ones are enough: the rest are of the same kinds.
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

test('the language switch leads to the same page in the other language and back', async () => {
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
      // A link in running text may be only as high as its line (WCAG 2.2, 2.5.8).
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

test('every page can be read without scripts', async () => {
  await visit({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } }, async (page) => {
    const faults = [];
    if ((await page.locator('main h1').innerText()).trim() === '') faults.push('no heading');
    if ((await page.locator('main').innerText()).length < 40) faults.push('nothing to read');
    return faults;
  });
});

test('nothing is run, framed or loaded from outside the site', async () => {
  const refused = [];
  const page = await browser.newPage();
  page.on('console', (line) => line.type() === 'error' && refused.push(line.text()));
  for (const address of ['', '2019-20/budget/', 'search/']) await page.goto(example.address + address);
  assert.deepEqual(refused, [], 'the pages comply with their own policy');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    return window.ran === true;
  });
  assert.equal(ran, false, 'an inline script is blocked');
  assert.match(example.read('_headers'), /Content-Security-Policy: default-src 'none'/);
  await page.close();
});

test('pages and styles are small', () => {
  const styles = (html) => [...html.matchAll(/<link rel="stylesheet" href="[./]*(assets\/[^"]+)">/g)].map(([, file]) => example.read(file).length);
  const weight = (file) => styles(example.read(file)).reduce((sum, length) => sum + length, example.read(file).length);
  const pages = example.files.filter((file) => file.endsWith('.html') && !file.includes('/print/'));
  assert.deepEqual(pages.map((file) => [file, weight(file)]).filter(([, bytes]) => bytes > 60_000), []);
});

test('every page prints without tables cut off', async () => {
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
