// Tests single pages as they are printed: that no sheet is empty, every figure is there, and text is large enough to read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, publish, repository } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

// A board of more members than a chart can show on a sheet.
const large = synthetic();
const MEMBERS = 34;
const MEETINGS = ['2023-04', '2023-05', '2023-06', '2023-07', '2023-08', '2023-09', '2023-10', '2023-11', '2023-12', '2024-01', '2024-02', '2024-03'];

let example, indicators, board, browser;
before(async () => {
  const rows = Array.from({ length: MEMBERS }, (_, at) => `Head of service ${at + 1},council,${MEETINGS.map((_, on) => ((at + on) % 5 ? 'yes' : 'a')).join(',')}`);
  large.write('content/2023-24/data/attendance.csv', [`member,organisation,${MEETINGS.join(',')}`, ...rows, ''].join('\n'));
  [example, indicators, board, browser] = await Promise.all([
    publish(),
    publish({ root: join(repository, 'tests/sites/indicators') }),
    publish({ root: large.root }),
    launch(),
  ]);
});
after(async () => {
  await browser?.close();
  for (const site of [example, indicators, board]) site?.close();
  large.remove();
});

// A page as a PDF, and what a tool says of it.
const printed = async (site, path, program, ...options) => {
  const page = await browser.newPage();
  await page.goto(site.address + path, { waitUntil: 'load' });
  const input = await page.pdf({ preferCSSPageSize: true });
  await page.close();
  const { status, stdout, stderr } = spawnSync(program, [...options, '-', '-'], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr);
  return stdout;
};
const sheets = async (site, path) => {
  const text = await printed(site, path, 'pdftotext', '-raw');
  return text.split('\f').slice(0, -1).map((sheet) => sheet.replaceAll(/\s+/g, ' '));
};

test('no sheet is empty', async () => {
  for (const path of ['2019-20/duties/', 'glossary/', '2019-20/governance/', '2019-20/attendance/', '2019-20/commitments/']) {
    const texts = await sheets(example, path);
    texts.forEach((text, at) => assert.ok(text.length > 250, `${path}: sheet ${at + 1} of ${texts.length} has “${text}” alone`));
  }
});

test('the groups of an indicator are printed, and each figure once', async () => {
  for (const path of ['2024-25/indicators/', '2024-25/print/']) {
    const text = (await sheets(indicators, path)).join(' ');
    for (const group of ['18 to 64 – 792 812', '65 and over – 1,120 1,173']) {
      assert.equal(text.split(group).length - 1, 1, `${path}: “${group}” is not there once: ${text}`);
    }
    assert.ok(!/\bAll 1,790/.test(text), `${path}: the row of the whole repeats the chart: ${text}`);
  }
});

test('the attendance of a large board can be read on paper', async () => {
  for (const path of ['2023-24/attendance/', '2023-24/print/']) {
    const boxes = await printed(board, path, 'pdftotext', '-bbox');
    const words = [...boxes.matchAll(/yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)];
    const members = words.filter(([, , , , word]) => word === 'Apologies' || word === 'Present');
    assert.ok(members.length >= MEMBERS * MEETINGS.length, `${path}: ${members.length} cells`);
    for (const [, top, right, bottom, word] of members) {
      assert.ok(bottom - top > 7, `${path}: “${word}” is ${bottom - top} points high`);
      assert.ok(right < 842 - 50, `${path}: “${word}” is off the sheet`);
    }
  }
});
