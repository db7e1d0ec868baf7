// Tests live reload, the overlay and the desk in Chromium, as an editor uses them. README.md says how to run this.
import assert from 'node:assert/strict';
import { cpSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporary } from './support/folder.mjs';
import { preview } from './support/preview.mjs';
import { launch, repository } from './support/site.mjs';

// A debug build on a busy machine is slow, so the limit is generous. The measured times are printed at the end.
const timeout = Number(process.env.PATIENCE ?? 15000);

const { root, at: file, read, remove } = temporary();
// Saves like a text editor: a new file replaces the old one.
const save = (path, text) => {
  writeFileSync(file(`${path}~`), text);
  renameSync(file(`${path}~`), file(path));
};
const edit = (path, from, to) => {
  const text = read(path);
  assert.ok(text.includes(from), `${path} contains ${from}`);
  save(path, text.replace(from, to));
};

let served;
let browser;
before(async () => {
  for (const folder of ['content', 'themes']) cpSync(join(repository, folder), file(folder), { recursive: true });
  served = await preview(root);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await served?.stop();
  remove();
});

// A page that remembers whether it was reloaded, and fails the test on any script error.
const show = async (path, context = browser) => {
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  page.on('pageerror', (error) => assert.fail(`${path}: ${error}`));
  page.on('console', (line) => line.type() === 'error' && !/404|Failed to load|ERR_/.test(line.text()) && assert.fail(`${path}: ${line.text()}`));
  await page.goto(served.address + path);
  await page.locator('annal-preview').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    window.isOld = true;
  });
  // Let the first event arrive before anything is changed.
  await page.waitForTimeout(200);
  return page;
};
const isOld = (page) => page.evaluate(() => window.isOld === true);
const panel = (page) => page.locator('annal-preview .panel');

const BOARD = 'content/2019-20/boards/assurance.md';
const PAGE = '/2019-20/boards/assurance/';

test('a picture of the theme that is saved is shown anew', async () => {
  const top = 'themes/civic/templates/top.html';
  const before = read(top);
  edit(top, '<header class="masthead">', '<header class="masthead"><img id="seal" src="{{ page.root }}{{ asset(path="icon.svg") }}" alt="">');
  const page = await show('/2019-20/');
  const seal = page.locator('#seal');
  await seal.waitFor({ state: 'attached' });
  const old = await seal.getAttribute('src');
  edit('themes/civic/assets/icon.svg', '<svg ', '<svg id="new" ');
  // Its name has changed with it. The old name leads nowhere any more.
  await page.waitForFunction((old) => {
    const image = document.querySelector('#seal');
    return image.getAttribute('src') !== old && image.complete && image.naturalWidth > 0;
  }, old);
  await page.waitForTimeout(500);
  assert.ok(await seal.evaluate((image) => image.naturalWidth > 0 && !image.src.includes('?')));
  assert.ok(await isOld(page));
  await page.close();
  edit('themes/civic/assets/icon.svg', '<svg id="new" ', '<svg ');
  save(top, before);
});

test('new text appears in the page; scroll position, open details and other tabs stay', async () => {
  const page = await show('/2019-20/attendance/');
  const other = await show('/2019-20/agencies/tvp/');
  await other.evaluate(() => {
    window.changes = 0;
    new MutationObserver((all) => (window.changes += all.length)).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await page.setViewportSize({ width: 900, height: 500 });
  await page.locator('details').first().evaluate((details) => (details.open = true));
  await page.evaluate(() => scrollTo({ top: 700, behavior: 'instant' }));
  const member = /^[^,\n]+/.exec(read('content/2019-20/data/attendance.csv').split('\n')[1])[0];
  edit('content/2019-20/data/attendance.csv', member, 'Somebody quite new');
  await page.getByText('Somebody quite new').first().waitFor({ state: 'attached' });
  assert.ok(await isOld(page), 'not reloaded');
  assert.equal(await page.evaluate(() => scrollY), 700);
  assert.ok(await page.locator('details').first().evaluate((details) => details.open));
  assert.ok(await isOld(other));
  assert.equal(await other.evaluate(() => window.changes), 0);
  await Promise.all([page.close(), other.close()]);
});

test('a style sheet is swapped in place', async () => {
  const page = await show(PAGE);
  const sheets = () => document.head.querySelectorAll('link[rel=stylesheet]').length;
  const before = await page.evaluate(sheets);
  const css = read('themes/civic/assets/civic.css');
  save('themes/civic/assets/civic.css', `${css}\nh1 { letter-spacing: 7px; }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px');
  assert.ok(await isOld(page), 'not reloaded');
  save('themes/civic/assets/civic.css', css);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing !== '7px');
  assert.equal(await page.evaluate(sheets), before, 'no old style sheet is left');
  await page.close();
});

test('the overlay shows problems as plain text, can be dismissed by keyboard, and closes when they are fixed', async () => {
  const page = await show(PAGE);
  const good = read(BOARD);
  assert.ok(await panel(page).isHidden());
  save(BOARD, `${good}\n\nSee <img src=x onerror="window.isHurt = true"> here.\n`);
  await panel(page).waitFor({ state: 'visible' });
  const text = await panel(page).innerText();
  const line = good.split('\n').length + 2;
  for (const part of ['1 error', 'raw-html', `${BOARD}:${line}:5`, '<img src=x onerror', 'Help:']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.equal(await page.evaluate(() => document.querySelector('annal-preview').shadowRoot.querySelectorAll('img').length), 0);
  assert.equal(await page.evaluate(() => window.isHurt), undefined);
  assert.ok(await page.locator('h1').isVisible(), 'the page is still there');
  // By keyboard: dismiss the overlay, and open it again.
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  const badge = page.locator('annal-preview .badge');
  await badge.waitFor({ state: 'visible' });
  await badge.focus();
  await page.keyboard.press('Enter');
  await panel(page).waitFor({ state: 'visible' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await panel(page).waitFor({ state: 'hidden' });
  // It stays dismissed on the next page, until there is another problem.
  await page.goto(`${served.address}/2019-20/`);
  await badge.waitFor({ state: 'visible' });
  assert.ok(await panel(page).isHidden());
  save(BOARD, good);
  await badge.waitFor({ state: 'hidden' });
  await page.close();
});

test('a broken template leaves the last good page', async () => {
  const page = await show(PAGE);
  const path = 'themes/civic/templates/base.html';
  const good = read(path);
  const heading = await page.locator('h1').innerText();
  save(path, good.replace('{% block', '{% blok'));
  await panel(page).waitFor({ state: 'visible' });
  assert.ok((await panel(page).innerText()).includes('template-error'));
  assert.equal(await page.locator('h1').innerText(), heading);
  await page.reload();
  assert.equal(await page.locator('h1').innerText(), heading);
  save(path, good);
  await panel(page).waitFor({ state: 'hidden' });
  await page.close();
});

test('a removed page shows a notice, and comes back', async () => {
  const page = await show('/about/');
  const notice = page.locator('annal-preview .notices');
  renameSync(file('content/pages/about.md'), file('content/pages/history.md'));
  await notice.getByText('no longer part of the site').waitFor();
  assert.ok(await page.locator('h1').isVisible());
  await page.goto(`${served.address}/history/`);
  await page.locator('h1').waitFor();
  await page.goto(`${served.address}/about/`);
  renameSync(file('content/pages/history.md'), file('content/pages/about.md'));
  // A tab at an address without a page shows the page as soon as there is one.
  await page.waitForFunction(() => !('missing' in document.querySelector('script[data-mark]').dataset));
  await page.close();
});

test('tabs reconnect by themselves and catch up', async () => {
  const page = await show(PAGE);
  const port = new URL(served.address).port;
  await served.stop();
  await page.locator('annal-preview .notices').getByText('The preview has stopped').waitFor();
  const good = read(BOARD);
  save(BOARD, `${good}\n- Something written meanwhile.\n`);
  served = await preview(root, { port });
  await page.getByText('Something written meanwhile.').first().waitFor({ state: 'attached' });
  await page.locator('annal-preview .notices').getByText('The preview has stopped').waitFor({ state: 'detached' });
  assert.ok(await isOld(page));
  save(BOARD, good);
  await page.getByText('Something written meanwhile.').first().waitFor({ state: 'detached' });
  await page.close();
});

test('twelve tabs of one browser are all kept up to date', async () => {
  const context = await browser.newContext();
  const tabs = [];
  for (let i = 0; i < 12; i += 1) tabs.push(await show(PAGE, context));
  const good = read(BOARD);
  save(BOARD, `${good}\n- Shown in all twelve.\n`);
  await Promise.all(tabs.map((tab) => tab.getByText('Shown in all twelve.').first().waitFor({ state: 'attached' })));
  save(BOARD, good);
  await context.close();
});

test('the desk updates itself and can be used by keyboard', async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const desk = await show('/_desk/', context);
  renameSync(file('content/2019-20/agencies/nps.md'), file('nps.md'));
  await desk.locator('tr[data-state=missing]').waitFor();
  const select = desk.getByLabel('Show');
  await select.focus();
  await select.selectOption('missing');
  assert.equal(await desk.locator('tr[data-marks]:visible').count(), 1);
  assert.equal(await desk.locator('#said').innerText(), 'Showing 1 of 17');
  // The filter stays when the desk is updated.
  edit(BOARD, '## ', '## ');
  save(BOARD, `${read(BOARD)}\n- One thing more.\n`);
  await desk.waitForTimeout(1000);
  assert.equal(await desk.locator('tr[data-marks]:visible').count(), 1);
  // Copied, and then marked as sent without touching the mouse.
  await desk.getByRole('button', { name: /^Copy letter.*National Probation Service$/ }).focus();
  await desk.keyboard.press('Enter');
  await desk.getByText('Letter copied.').waitFor({ state: 'attached' });
  assert.match(await desk.evaluate(() => navigator.clipboard.readText()), /^Subject: .*Probation/s);
  await desk.keyboard.press('Enter');
  await desk.getByText('last asked on').waitFor();
  assert.match(read('desk.yaml'), /agencies\/nps:\n +- on: 20/);
  renameSync(file('nps.md'), file('content/2019-20/agencies/nps.md'));
  await desk.locator('[data-copies]').first().waitFor({ state: 'detached' });
  await context.close();
});

test('from a save to new text in the page', async () => {
  const page = await show(PAGE);
  const good = read(BOARD);
  const times = [];
  for (let i = 0; i < 15; i += 1) {
    const text = `Measured for the ${i}th time.`;
    const seen = page.evaluate(
      (wanted) =>
        new Promise((done) => {
          const look = () => document.body.textContent.includes(wanted) && done(performance.timeOrigin + performance.now());
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
        }),
      text,
    );
    await page.waitForTimeout(50);
    const started = performance.timeOrigin + performance.now();
    save(BOARD, `${good}\n- ${text}\n`);
    times.push((await seen) - started);
  }
  save(BOARD, good);
  times.sort((a, b) => a - b);
  console.log(`# save to new text: median ${times[7].toFixed(0)} ms, worst ${times.at(-1).toFixed(0)} ms`);
  await page.close();
});
