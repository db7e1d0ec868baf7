// Takes docs/pictures/blocks.webp: a page of the worked example in which each block of civic is framed and named.
// Run it after a change of civic's blocks, as the browser tests are run: `node docs/pictures/blocks.mjs`.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, publish, repository } from '../../tests/browser/support/site.mjs';

const PAGE = '2019-20/foreword/';
const WIDTH = 1180;
const civic = (template) => readFileSync(join(repository, 'themes/civic/templates', template), 'utf8');
const blocksOf = (template) => [...civic(template).matchAll(/\{%-? block (\w+)/g)].map(([, name]) => name);
// What is not in the page itself, and so cannot be framed.
const UNSEEN = ['title', 'head', 'languages'];

// A theme that puts comments around each block. A page's own template fills some of those of base.html.
const marked = (template, names) => {
  const block = (name) => `{% block ${name} %}<!--begin ${template} ${name}-->{{ super() }}<!--end ${name}-->{% endblock ${name} %}\n`;
  return `{% extends "civic/${template}" %}\n${names.map(block).join('')}`;
};
const root = mkdtempSync(join(tmpdir(), 'annal-blocks-'));
cpSync(join(repository, 'content'), join(root, 'content'), { recursive: true });
mkdirSync(join(root, 'themes/marked/templates'), { recursive: true });
const save = (path, text) => writeFileSync(join(root, path), text);
const own = blocksOf('page.html');
save('themes/marked/theme.yaml', 'name: Marked\nextends: civic\n');
for (const template of ['top.html', 'foot.html', 'page.html']) save(`themes/marked/templates/${template}`, marked(template, blocksOf(template)));
save('themes/marked/templates/base.html', marked('base.html', blocksOf('base.html').filter((name) => !UNSEEN.includes(name) && !own.includes(name))));
const about = join(root, 'content/site.yaml');
writeFileSync(about, readFileSync(about, 'utf8').replace('theme: civic', 'theme: marked'));

const site = await publish({ root, options: ['--at', '2024-12-01'] });
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: WIDTH, height: 900 }, bypassCSP: true })).newPage();
await page.goto(site.address + PAGE);
await page.addStyleTag({ content: `
  body { padding-block: 30px 4px; }
  .contents ol ol, .prose > :nth-child(n + 4) { display: none; }
  .block-frame { position: absolute; border: 2px solid #801650; pointer-events: none; }
  .block-frame.inner { border: 2px dashed #12436d; }
  .block-frame b { position: absolute; bottom: 100%; z-index: 1; padding: 0 .4em; background: #801650; color: #fff; font: 700 14px/20px sans-serif; }
  .block-frame.inner b { background: #12436d; }
` });
const frames = await page.evaluate(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  const open = [];
  const found = [];
  while (walker.nextNode()) {
    const [what, template, name] = walker.currentNode.data.split(' ');
    if (what === 'begin') open.push({ template, name, node: walker.currentNode, depth: open.length });
    if (what !== 'end') continue;
    const { node, ...block } = open.pop();
    const range = document.createRange();
    range.setStartAfter(node);
    range.setEndBefore(walker.currentNode);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (!boxes.length) continue;
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top)) + scrollY;
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom)) + scrollY;
    found.push({ ...block, left, top, right, bottom });
  }
  // A block within another is framed a little further in, so that both can be seen.
  for (const { template, name, depth, left, top, right, bottom } of found) {
    const frame = document.createElement('div');
    frame.className = /^(top|foot)/.test(template) ? 'block-frame inner' : 'block-frame';
    const gap = 12 - depth * 5;
    const [from, to] = [Math.max(left - gap, 2), Math.min(right + gap, innerWidth - 2)];
    Object.assign(frame.style, { left: `${from}px`, top: `${top - gap}px`, width: `${to - from}px`, height: `${bottom - top + 2 * gap}px` });
    const label = frame.appendChild(Object.assign(document.createElement('b'), { textContent: name }));
    // The names of large blocks that begin at the same height stand side by side.
    label.style.right = right - left > 500 && depth ? `${depth * 62}px` : '-2px';
    document.body.append(frame);
  }
  return found.map(({ name }) => name);
});
const png = (await page.screenshot({ fullPage: true })).toString('base64');
// The browser itself makes a picture of a quarter of the size.
const webp = await page.evaluate(async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.5).split(',')[1];
}, png);
writeFileSync(join(repository, 'docs/pictures/blocks.webp'), Buffer.from(webp, 'base64'));
console.log(`Framed ${frames.length} blocks: ${frames.join(', ')}`);
await browser.close();
site.close();
rmSync(root, { recursive: true });
