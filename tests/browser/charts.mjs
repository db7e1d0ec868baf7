// Tests in Chromium that labels of charts stay within their drawings, in the default font and in one that is 15 % wider.
// README.md says how to run this.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporary } from './support/folder.mjs';
import { launch, publish, repository } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

const WIDTHS = [320, 390, 768, 1280];
// A font that is the default in every respect, except that each of its characters is wider by this much.
const sheet = (percent) => `@font-face { font-family: Wide; src: local("Liberation Sans"); size-adjust: ${percent}%; }
@font-face { font-family: Wide; font-weight: 700; src: local("Liberation Sans Bold"); size-adjust: ${percent}%; }
:root { --font-sans: Wide, sans-serif; }
`;
const base = `{% extends "civic/base.html" %}
{% block head %}{{ super() }}<link rel="stylesheet" href="{{ page.root }}{{ asset(path="wide.css") }}">{% endblock head %}
`;

// A copy of a site with a theme that sets everything in the wide font.
const inWideFont = (content, percent) => {
  const copy = temporary();
  cpSync(content, copy.at('content'), { recursive: true });
  copy.write('themes/wide/theme.yaml', 'name: Wide\nextends: civic\n');
  copy.write('themes/wide/templates/base.html', base);
  copy.write('themes/wide/assets/wide.css', sheet(percent));
  copy.write('content/site.yaml', `theme: wide\n${copy.read('content/site.yaml').replace('theme: civic\n', '')}`);
  return copy;
};

const made = synthetic();
const contents = { 'worked example': join(repository, 'content'), 'synthetic site': join(made.root, 'content') };
let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  made.remove();
});

// The labels on a page that leave their drawing, and how many labels and drawings there are. What is hidden has no size.
const strays = (page) =>
  page.evaluate(() => {
    const isShown = (element) => element.getBoundingClientRect().width > 0;
    const drawings = [...document.querySelectorAll('.chart svg')].filter(isShown);
    const labels = drawings.flatMap((svg) => [...svg.querySelectorAll('text')].filter(isShown).map((text) => [svg, text]));
    const isOut = ([svg, text]) => {
      const [inner, outer] = [text.getBoundingClientRect(), svg.getBoundingClientRect()];
      const isBeside = inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5;
      // The box of a text is higher than its letters, by a seventh of their size at least.
      return isBeside || inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2;
    };
    const font = getComputedStyle(document.querySelector('.chart svg') ?? document.body).fontFamily;
    return { font, drawings: drawings.length, labels: labels.length, out: labels.filter(isOut).map(([, text]) => text.textContent) };
  });

// All labels that leave their drawings on a site, by width of the screen.
const measure = async (content, percent) => {
  const { root, remove } = inWideFont(content, percent);
  const site = await publish({ root, options: ['--at', '2024-12-01'] });
  const page = await (await browser.newContext()).newPage();
  const found = { out: [], labels: 0 };
  for (const path of site.pages.filter((path) => site.readPage(path).includes('class="chart'))) {
    await page.goto(site.address + path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { font, labels, out } = await strays(page);
      assert.match(font, /Wide/, path);
      found.labels += labels;
      found.out.push(...out.map((text) => `${path} at ${width}: ${text}`));
    }
  }
  await page.context().close();
  site.close();
  remove();
  return found;
};

for (const [name, content] of Object.entries(contents)) {
  for (const percent of [100, 115]) {
    test(`labels of charts stay in their drawings: ${name}, font at ${percent} %`, async () => {
      const { out, labels } = await measure(content, percent);
      assert.ok(labels > 500, `${labels} labels`);
      assert.deepEqual(out, []);
    });
  }
}

test('a font that is far too wide is noticed', async () => {
  const { out } = await measure(contents['worked example'], 200);
  assert.ok(out.length > 10, 'the test would see labels that leave their drawings');
});
