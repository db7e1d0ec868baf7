// Tests the editor's desk in Chromium, as an editor uses it: what to do next, documents that are dropped and pasted, and
// what is written. README.md says how to run this.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporary } from './support/folder.mjs';
import { violations } from './support/look.mjs';
import { preview } from './support/preview.mjs';
import { launch, repository } from './support/site.mjs';

const timeout = Number(process.env.PATIENCE ?? 15000);
const { root, at: file, read, write: save, remove } = temporary();

// Three years of 17 boards and agencies. In the latest, five have sent nothing, one has typed bullets and a telephone
// number, and two wait to be signed off.
const bodies = [...Array(17).keys()].map((n) => ({ folder: n < 7 ? 'boards' : 'agencies', id: `body-${n}`, name: `Northshire Safeguarding Body ${n}` }));
const text = (...next) => `## What have we done?\n\nWe did much.\n\n## What will we do next?\n\n${next.map((one) => `- ${one}\n`).join('')}`;
const answers = '---\nstatus: STATUS\nfollow_up:\n  - {commitment: train-all-staff, outcome: delivered}\n---\n';
const writeSite = () => {
  save('content/site.yaml', 'title: Northshire\nbase_url: https://northshire.example\n');
  for (const first of [2022, 2023, 2024]) {
    const year = `${first}-${first - 1999}`;
    const list = (folder) => bodies.filter((body) => body.folder === folder).map(({ id, name }) => `  - {id: ${id}, name: ${name}, contact: ${id}@example.org}\n`).join('');
    save(`content/${year}/report.yaml`, `title: Annual report ${year}\nperiod: {from: ${first}-04-01, to: ${first + 1}-03-31}\ndue: ${first + 1}-07-31\nboards:\n${list('boards')}agencies:\n${list('agencies')}`);
    bodies.forEach(({ folder, id }, n) => {
      if (first === 2024 && n % 4 === 3) return;
      const status = first === 2024 && n < 3 ? 'submitted' : 'signed-off';
      save(`content/${year}/${folder}/${id}.md`, (first > 2022 ? answers.replace('STATUS', status) : '') + text('Train all staff.'));
    });
  }
  save('content/2024-25/agencies/body-8.md', `${answers.replace('STATUS', 'submitted')}${text('Train all staff.')}\n• one\n• two\n\nRing 07700 900123.\n`);
};

let served;
let browser;
before(async () => {
  writeSite();
  served = await preview(root, { options: ['--at', '2025-07-19'] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await served?.stop();
  remove();
});

const show = async (path = '/_desk/', options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  page.on('pageerror', (error) => assert.fail(`${path}: ${error}`));
  await page.goto(served.address + path);
  await page.locator('annal-preview').waitFor({ state: 'attached' });
  return page;
};
const leave = (page) => page.context().close();

test('the next action is on the first screen, and the desk is at most three screens high', async () => {
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    const page = await show('/_desk/', { viewport: { width, height } });
    const next = await page.locator('.queues .button').first().boundingBox();
    assert.ok(next.y + next.height < height, `at ${width} px the next action ends at ${next.y + next.height}`);
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    if (width === 1280) assert.ok(high <= 3 * height, `${high} px`);
    await leave(page);
  }
});

test('nothing is cut off, and axe finds nothing, at any width, light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 390, 768, 1280, 1920]) {
      const page = await show('/_desk/', { viewport: { width, height: 800 }, colorScheme });
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      const wide = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth + 1;
        const isOut = (element) => element.getBoundingClientRect().right > limit && !element.closest('.visually-hidden, thead, pre');
        return [...document.querySelectorAll('main *')].filter(isOut).map((element) => element.outerHTML.slice(0, 80));
      });
      assert.deepEqual(wide, [], `${width} px`);
      assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
      await leave(page);
    }
  }
});

test('text that must not be published comes first, and a fix is shown before it is made', async () => {
  const page = await show();
  const first = page.locator('.queues li').first();
  assert.match(await first.innerText(), /Northshire Safeguarding Body 8\s+Not to be published:/);
  await first.getByRole('link', { name: /^Fix/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What annal would change' }).waitFor();
  assert.match(await page.locator('ins').first().innerText(), /^after:\s- one$/);
  // Somebody saves the file while the difference is on the screen. The page of the file follows, but not what the reader
  // is asked to approve.
  const path = 'content/2024-25/agencies/body-8.md';
  const [source, other] = [await show(`/_desk/file/${path}`), await show(new URL(page.url()).pathname)];
  const before = read(path);
  save(path, before.replace('We did much.', 'We did more.'));
  await source.getByText('We did more.').waitFor();
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'Apply these changes' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('has changed since this page was made').waitFor();
  assert.ok(read(path).includes('• one'));
  await page.reload();
  await page.getByRole('button', { name: 'Apply these changes' }).click();
  await page.waitForURL('**/_desk/');
  assert.ok(read(path).includes('- one\n- two') && read(path).includes('We did more.'));
  await source.getByText('- two').waitFor();
  await other.waitForTimeout(500);
  assert.match(await other.title(), /^What annal would change/);
  save(path, before);
  for (const one of [page, source, other]) await leave(one);
});

test('letters open in the mail program, and who was written to is kept', async () => {
  const page = await show();
  const mail = page.getByRole('link', { name: /^Write email.*Northshire Safeguarding Body 3$/ });
  const href = await mail.getAttribute('href');
  assert.match(href, /^mailto:body-3@example\.org\?subject=Annual%20report%202024-25%3A%20/);
  assert.match(decodeURIComponent(href), /We have not yet received .*It is due on 31 July 2025\.\r\n/s);
  // The mail program is not opened here; a click only has to offer the next step.
  await mail.evaluate((link) => link.addEventListener('click', (event) => event.preventDefault()));
  await mail.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('last asked on 19 July 2025').first().waitFor({ state: 'attached' });
  assert.match(read('desk.yaml'), /boards\/body-3:\n {6}- on: 2025-07-19\n/);
  rmSync(file('desk.yaml'));
  await leave(page);
});

test('a text is signed off by keyboard, in the name of whoever approved it', async () => {
  const path = 'content/2024-25/boards/body-1.md';
  const before = read(path);
  const page = await show();
  await page.getByRole('button', { name: /^Sign.*Northshire Safeguarding Body 1$/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Say who approved the text').waitFor();
  await page.keyboard.type('Chief Executive');
  await page.keyboard.press('Enter');
  await page.getByText('Northshire Safeguarding Body 1: signed off by Chief Executive').waitFor({ state: 'attached' });
  await page.locator('tr', { hasText: 'Northshire Safeguarding Body 1' }).getByText('Chief Executive, 19 Jul 2025').waitFor();
  assert.match(read(path), /signed_off:\n {2}by: Chief Executive\n {2}on: 2025-07-19\n {2}text: "v1:/);
  save(path, before);
  await leave(page);
});

// What a browser hands over when formatted text is pasted.
const paste = (page, html) =>
  page.evaluate((given) => {
    const transfer = new DataTransfer();
    transfer.setData('text/html', given);
    transfer.setData('text/plain', 'plain');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
  }, html);

test('text pasted from Word and Outlook is shown, assigned, saved, and stays on screen while the site changes', async () => {
  for (const name of ['word-clipboard.html', 'outlook-clipboard.html']) {
    const path = 'content/2024-25/boards/body-3.md';
    const page = await show();
    await paste(page, readFileSync(join(repository, 'tests/intake/people', name), 'utf8'));
    const taken = page.locator('#taken');
    const whose = taken.getByLabel('Whose is it?');
    await taken.locator('p').first().waitFor();
    if (await whose.count()) await whose.selectOption('boards/body-3');
    await taken.getByText('This would be a new submission.').waitFor();
    assert.match(await taken.locator('pre').innerText(), /## What has the board done\?/);
    // The desk updates itself meanwhile, and does not take the text away.
    save('content/2024-25/boards/body-0.md', `${read('content/2024-25/boards/body-0.md')}\n`);
    await page.waitForTimeout(1500);
    assert.ok(await taken.locator('pre').isVisible());
    assert.ok(!existsSync(file(path)));
    await taken.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await taken.waitFor({ state: 'hidden' });
    assert.match(read(path), /status: submitted/);
    await page.locator('tr', { hasText: 'Northshire Safeguarding Body 3' }).getByRole('link', { name: /file|note|error|warning/ }).first().waitFor();
    rmSync(file(path));
    rmSync(file('intake'), { recursive: true });
    await leave(page);
  }
});

test('a dropped Word file and a PDF: one is shown, of the other is said what to do', async () => {
  const page = await show();
  const bytes = readFileSync(join(repository, 'tests/intake/people/headings.docx')).toString('base64');
  await page.evaluate(async (encoded) => {
    const transfer = new DataTransfer();
    const word = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
    transfer.items.add(new File([word], 'Northshire Safeguarding Body 7 FINAL v2.docx'));
    transfer.items.add(new File(['%PDF-1.7'], 'report.pdf'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, bytes);
  const taken = page.locator('#taken');
  await taken.getByRole('heading', { name: 'Northshire Safeguarding Body 7' }).waitFor();
  await taken.getByRole('button', { name: 'Save' }).click();
  await taken.getByText('report.pdf is a PDF, which annal does not read.').waitFor();
  assert.match(read('content/2024-25/agencies/body-7.md'), /status: submitted/);
  await taken.getByRole('button', { name: 'Close' }).click();
  await taken.waitFor({ state: 'hidden' });
  rmSync(file('content/2024-25/agencies/body-7.md'));
  await leave(page);
});
