// What can be wrong with a page as it is seen.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe finds on the current page.
export const violations = async (page) => {
  // Not as a script of the page: the pages of the preview allow none that is written into them.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)} (${nodes.length})`);
  });
};

// The layout problems of the current page. Nothing may extend beyond the screen, text must be wide enough from tablets
// up, and the last column of a table must be on the screen, unless the table is a grid that scrolls by itself.
export const layout = () => {
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

// The spacing of text that a reader may need (WCAG 2.2, 1.4.12).
export const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

// The texts of the current page that are cut off.
export const cutOff = () => {
  const room = document.documentElement.clientWidth;
  const faults = [];
  for (const one of document.querySelectorAll('main *')) {
    if (!one.checkVisibility() || one.closest('svg') || getComputedStyle(one).clipPath !== 'none') continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    const isCut = (overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1) || (overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1);
    if (isCut) faults.push(`${one.outerHTML.slice(0, 80)} is cut off`);
  }
  // Charts may reach beyond their drawing, but not beyond the screen, unless they scroll.
  for (const text of document.querySelectorAll('main svg text')) {
    if (!text.checkVisibility() || text.closest('.scroll')) continue;
    const { left, right } = text.getBoundingClientRect();
    if (right > room || left < 0) faults.push(`“${text.textContent}” in a chart is off the screen`);
  }
  return faults.slice(0, 3);
};

// The years in headings, large text and captions that are broken into two lines, as browsers do after a hyphen.
export const brokenYears = () => {
  const faults = [];
  const large = 'h1, h2, h3, h4, h5, h6, .finding, .standfirst, .messages, .turn, .change, caption, summary, .source, thead';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    // Texts of boards and agencies are as they write them.
    if (!text.parentElement.closest(large) || text.parentElement.closest('.prose')) continue;
    for (const years of text.data.matchAll(/\d{4}[-–/]\d\d/g)) {
      const range = document.createRange();
      range.setStart(text, years.index);
      range.setEnd(text, years.index + years[0].length);
      const lines = new Set([...range.getClientRects()].filter((line) => line.width > 0).map((line) => Math.round(line.top)));
      if (lines.size > 1) faults.push(`${years[0]} is on two lines in “${text.data.trim()}”`);
    }
  }
  return faults;
};

// One page of each kind of a site: the newest year's, which has the most to show.
export const kinds = (site) => {
  const found = new Map();
  for (const path of [...site.pages].sort().reverse()) {
    const [, kind] = /<body class="k-([^"]+)"/.exec(site.readPage(path));
    const language = /^[a-z]{2}\//.exec(path)?.[0] ?? '';
    found.set(language + kind, found.get(language + kind) ?? path);
  }
  return [...found.values()];
};
