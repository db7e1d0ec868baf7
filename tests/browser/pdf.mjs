// The report as a PDF, by the tools with which others look into it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { annal, repository } from './support/site.mjs';

const folder = mkdtempSync(join(tmpdir(), 'annal-pdf-test-'));
const file = join(folder, 'report.pdf');
const run = (program, ...args) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
};
before(() => {
  const browser = process.env.CHROMIUM ? ['--browser', process.env.CHROMIUM] : [];
  run(annal, 'pdf', '-q', '--root', repository, '--output', file, ...browser);
});
after(() => rmSync(folder, { recursive: true }));

test('it is tagged, and has title, language and outline', () => {
  const told = run('pdfinfo', file);
  assert.match(told, /^Tagged: +yes$/m);
  assert.match(told, /^Title: +Safeguarding annual report 2019-20 – MK Together Partnership$/m);
  assert.match(told, /^Page size: .*A4/m);
  const bytes = readFileSync(file, 'latin1');
  assert.match(bytes, /\/Lang \(en-GB\)/);
  assert.match(bytes, /\/Outlines \d+ 0 R/);
});

test('headings and tables are marked as such', () => {
  const structure = run('pdfinfo', '-struct', file);
  for (const kind of ['H1', 'H2', 'Table', 'TH', 'L', 'Link']) assert.match(structure, new RegExp(`^ *${kind}\\b`, 'm'), kind);
});

test('the table of contents leads to its chapters', () => {
  const bytes = readFileSync(file, 'latin1');
  assert.ok((bytes.match(/\/Dest/g) ?? []).length > 10, 'links inside of the document');
  const contents = run('pdftotext', '-layout', '-f', '2', '-l', '2', file, '-');
  for (const chapter of ['Governance', 'Boards', 'Agencies', 'Budget', 'Commitments']) assert.match(contents, new RegExp(`\\d +${chapter}`));
});

test('no page is empty, and each but the first has its head and number', () => {
  const pages = run('pdftotext', '-layout', file, '-').split('\f').slice(0, -1);
  assert.ok(pages.length > 20);
  pages.forEach((text, at) => {
    assert.ok(text.replace(/\s/g, '').length > 120, `page ${at + 1} is empty`);
    assert.match(text, new RegExp(`\\b${at + 1}\\s*$`), `page ${at + 1} has no number`);
    if (at > 0) assert.match(text, /Safeguarding annual report 2019-20 · MK Together Partnership/, `page ${at + 1} has no head`);
  });
});
