// Tests the report as a PDF with common PDF tools.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { annal, repository } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

const folder = mkdtempSync(join(tmpdir(), 'annal-pdf-test-'));
const file = join(folder, 'report.pdf');
// A report with tables longer than a page.
const long = { file: join(folder, 'long.pdf'), site: synthetic() };
const run = (program, ...args) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
};
before(() => {
  const browser = process.env.CHROMIUM ? ['--browser', process.env.CHROMIUM] : [];
  run(annal, 'pdf', '-q', '--root', repository, '--output', file, ...browser);
  run(annal, 'pdf', '-q', '--root', long.site.root, '--output', long.file, ...browser);
});
after(() => {
  rmSync(folder, { recursive: true });
  long.site.remove();
});

test('it is tagged, and has title, language and outline', () => {
  const info = run('pdfinfo', file);
  assert.match(info, /^Tagged: +yes$/m);
  assert.match(info, /^Title: +Safeguarding annual report 2019-20 – MK Together Partnership$/m);
  assert.match(info, /^Page size: .*A4/m);
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
  assert.ok((bytes.match(/\/Dest/g) ?? []).length > 10, 'links inside the document');
  const contents = run('pdftotext', '-layout', '-f', '2', '-l', '2', file, '-');
  for (const chapter of ['Governance', 'Boards', 'Agencies', 'Budget', 'Commitments']) assert.match(contents, new RegExp(`\\d +${chapter}`));
});

test('the table of contents gives the page of each chapter and paper', () => {
  const pages = sheets(file);
  const contents = run('pdftotext', '-layout', '-f', '2', '-l', '2', file, '-');
  const entries = [...contents.matchAll(/^ *[\d.]+ +(\S.*?) {2,}(\d+)$/gm)];
  assert.ok(entries.length > 20, contents);
  for (const [, title, page] of entries) assert.ok(pages[page - 1].includes(title), `“${title}” is not on page ${page}`);
});

test('each text of a chart is there once', () => {
  const text = sheets(file).join(' ');
  for (const label of ['91.7% · 11 of 12', '£149,004 · 55%', 'Source: record of attendance, 2019-20.']) {
    const times = text.split(label).length - 1;
    assert.equal(times, label.startsWith('Source') ? 3 : 1, `“${label}” is there ${times} times`);
  }
});

test('short chapters follow each other, and papers begin a page', () => {
  const pages = sheets(file);
  const lines = pages.map((text) => text.length);
  const sparse = lines.flatMap((length, at) => (at > 1 && length < 400 ? [at + 1] : []));
  assert.ok(sparse.length <= pages.length / 10, `nearly empty: ${sparse.join(', ')}`);
});

test('no page is empty, and each has a page number and, after the first, a header', () => {
  const pages = run('pdftotext', '-layout', file, '-').split('\f').slice(0, -1);
  assert.ok(pages.length > 20);
  pages.forEach((text, at) => {
    assert.ok(text.replace(/\s/g, '').length > 120, `page ${at + 1} is empty`);
    assert.match(text, new RegExp(`\\b${at + 1}\\s*$`), `page ${at + 1} has no number`);
    if (at > 0) assert.match(text, /Safeguarding annual report 2019-20 · MK Together Partnership/, `page ${at + 1} has no header`);
  });
});

// The text of each page, cell by cell.
const sheets = (pdf) => run('pdftotext', '-raw', pdf, '-').split('\f').slice(0, -1).map((text) => text.replaceAll(/\s+/g, ' '));

// The tables with a total in the full report of a site's newest year: the name of their last row, and the total row.
const totals = (root) => {
  const output = join(folder, 'site');
  rmSync(output, { recursive: true, force: true });
  run(annal, 'build', '-q', '--root', root, '--output', output);
  const year = readdirSync(output).filter((name) => /^\d{4}-\d\d$/.test(name)).sort().at(-1);
  const html = readFileSync(join(output, year, 'print/index.html'), 'utf8').replaceAll(/<details>[^]*?<\/details>/g, '');
  const text = (part) => part.replaceAll(/<[^>]*>/g, ' ').replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll(/\s+/g, ' ').trim();
  return [...html.matchAll(/<tbody>((?:(?!<tbody>)[^])*?)<\/tbody>\s*<tfoot>([^]*?)<\/tfoot>/g)].map(([, rows, foot]) => ({
    last: text(/<th[^>]*>((?:(?!<th)[^])*?)<\/th>(?![^]*<th)/.exec(rows)[1]),
    total: text(foot),
  }));
};

test('each total is printed once, on the same page as the last row that it includes', () => {
  for (const [root, pdf] of [[repository, file], [long.site.root, long.file]]) {
    const tables = totals(root);
    assert.equal(tables.length, 3);
    const pages = sheets(pdf);
    for (const { last, total } of tables) {
      const on = pages.flatMap((text, at) => (text.includes(total) ? [at] : []));
      assert.equal(on.length, 1, `“${total}” is on ${on.length} pages`);
      assert.ok(pages[on[0]].includes(last), `“${total}” is not on the page of “${last}”`);
    }
  }
  assert.ok(sheets(long.file).filter((text) => /Parish council of the/.test(text)).length > 2, 'the table is long');
});

test('no heading is at the end of a page', () => {
  const html = readFileSync(join(folder, 'site', '2023-24/print/index.html'), 'utf8');
  const headings = [...html.matchAll(/<(h[2-6]|caption)[^>]*>([^]*?)<\/\1>/g)].map(([, , text]) => text.replaceAll(/<[^>]*>/g, '').trim());
  assert.ok(headings.length > 40);
  for (const text of sheets(long.file).slice(2)) {
    const body = text.replace(/ \d+ ?$/, '');
    for (const heading of headings) assert.ok(!body.endsWith(` ${heading}`), `“${heading}” is at the end of a page: ${body.slice(-80)}`);
  }
});
