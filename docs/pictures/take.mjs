// Takes the pictures of the documentation: parts of pages of tests/sites/two-years, with a page added that has every editorial
// block. Run `node docs/pictures/take.mjs` after `cargo build`, with the packages of tests/browser installed.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { launch, publish, repository } from '../../tests/browser/support/site.mjs';

// Few colours keep the repository small; pages have few.
const COLOURS = 48;

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 300">
<rect width="760" height="300" fill="#dce9e4"/><rect y="230" width="760" height="70" fill="#9fbfae"/>
<path d="M140 240V120l120-70 120 70v120z" fill="#f6efe2"/><path d="M120 125 260 42l140 83-12 16-128-76-128 76z" fill="#7a3b2e"/>
<rect x="235" y="165" width="50" height="75" fill="#1f5f4a"/><rect x="165" y="150" width="44" height="40" fill="#8fb6d6"/>
<rect x="311" y="150" width="44" height="40" fill="#8fb6d6"/><circle cx="560" cy="120" r="62" fill="#4f8a6b"/>
<rect x="552" y="160" width="16" height="80" fill="#6b4a34"/></svg>
`;

const BLOCKS = `---
title: A day at the drop-in centre
---
The centre opened its doors in May, and anybody can come without an appointment.

![A house with a green door, next to a tree](../media/centre.svg "The new drop-in centre. Drawing: Northshire Council")

> Somebody asked me how I was, and had the time to listen.
> — A visitor to the centre

\`\`\`chart
kind: column
title: More people came each year
description: Visits rose from 1,204 in 2021-22 to 2,361 in 2023-24. The target is 2,000.
unit: visits
target: 2000
rows: {2021-22: 1204, 2022-23: 1561, 2023-24: 2361}
\`\`\`
`;

// The pictures: their names, pages, widths of the window, and the parts of the page that they show, from the first to the last.
const PICTURES = [
  ['front', '2023-24/', 1180, 'main', 680],
  ['tracker', '2023-24/commitments/', 1180, 'main', 640],
  ['blocks', '2023-24/day/', 860, 'main', 1150],
  ['documents', '2023-24/documents/', 860, 'main', 190],
  ['trends', 'trends/', 1180, 'main', 1010],
];

// The pixels of a picture in the browser, four bytes each.
const pixels = async (page, picture) => {
  const address = `data:image/png;base64,${picture.toString('base64')}`;
  const encoded = await page.evaluate(async (address) => {
    const image = Object.assign(new Image(), { src: address });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
    return [image.width, image.height, btoa(text)];
  }, address);
  return [encoded[0], encoded[1], Buffer.from(encoded[2], 'base64')];
};

const TABLE = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n));
const crc = (bytes) => ~bytes.reduce((c, byte) => TABLE[(c ^ byte) & 255] ^ (c >>> 8), ~0) >>> 0;

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

// A PNG of pixels that are indexes into a palette of red, green and blue.
function png(width, height, pixels, palette) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  const parts = [chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

// A PNG with the colours that the picture has most of; the others become the nearest of these.
function smaller(width, height, bytes) {
  const counts = new Map();
  const at = (place) => bytes.readUIntBE(place * 4, 3);
  for (let place = 0; place < width * height; place++) counts.set(at(place), (counts.get(at(place)) ?? 0) + 1);
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, COLOURS).map(([colour]) => parts(colour));
  const distance = (a, b) => a.reduce((sum, part, at) => sum + (part - b[at]) ** 2, 0);
  const nearest = new Map();
  for (const colour of counts.keys()) {
    const best = palette.reduce((best, own, index) => (distance(own, parts(colour)) < distance(palette[best], parts(colour)) ? index : best), 0);
    nearest.set(colour, best);
  }
  const indexes = Buffer.alloc(width * height).map((_, place) => nearest.get(at(place)));
  return png(width, height, indexes, palette);
}

const root = mkdtempSync(join(tmpdir(), 'annal-docs-'));
cpSync(join(repository, 'tests/sites/two-years/content'), join(root, 'content'), { recursive: true });
cpSync(join(repository, 'themes'), join(root, 'themes'), { recursive: true });
mkdirSync(join(root, 'content/2023-24/pages'), { recursive: true });
writeFileSync(join(root, 'content/2023-24/media/centre.svg'), DRAWING);
writeFileSync(join(root, 'content/2023-24/pages/day.md'), BLOCKS);
const [site, browser] = [await publish({ root }), await launch()];
for (const [name, path, width, part, height] of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(site.address + path);
  await page.locator('img[loading=lazy]').evaluateAll((all) => all.forEach((one) => (one.loading = 'eager')));
  const box = await page.locator(part).boundingBox();
  const clip = { x: Math.max(0, box.x - 24), y: box.y, width: Math.min(width - Math.max(0, box.x - 24), box.width + 48), height: Math.min(height, box.height) };
  const taken = await page.screenshot({ clip, fullPage: true });
  const blank = await browser.newPage();
  writeFileSync(join(repository, 'docs/pictures', `${name}.png`), smaller(...(await pixels(blank, taken))));
  await Promise.all([page.close(), blank.close()]);
}
await browser.close();
site.close();
rmSync(root, { recursive: true });
