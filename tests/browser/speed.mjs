// Tests how soon pages can be read on a phone with a slow connection, and that nothing jumps while they load.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { branded } from './support/branded.mjs';
import { kinds } from './support/look.mjs';
import { launch, publish, repository } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

// “Slow 3G” as Lighthouse means it: 400 kbit/s and 400 ms. Answers are not compressed, as the worst hosts do.
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

// A photograph as JPEG: soft shapes with some noise.
async function photo(width, height) {
  const page = await browser.newPage();
  const address = await page.evaluate(([width, height]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    const pixels = context.createImageData(width, height);
    let seed = 1;
    for (let at = 0; at < pixels.data.length; at++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
      pixels.data[at] = at % 4 === 3 ? 255 : 110 + 80 * Math.sin(x / 90 + (at % 4)) * Math.cos(y / 70) + (seed >> 26);
    }
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.9);
  }, [width, height]);
  await page.close();
  return Buffer.from(address.split(',')[1], 'base64');
}

const made = { branded: branded(), synthetic: synthetic() };
// A page with a large picture at its beginning, which is also the cover of the site.
async function illustrate({ read, write }) {
  const taken = await photo(1600, 900);
  write('content/media/day.jpg', taken);
  write('content/2019-20/media/day.jpg', taken);
  write('content/2019-20/pages/day.md', '---\ntitle: The day\n---\nWhat it was like.\n\n![People at long tables](../media/day.jpg "Photo: the council")\n\nMany came.\n');
  write('content/site.yaml', read('content/site.yaml').replace('cover: media/logo.svg', 'cover: media/day.jpg'));
}

let sites, browser;
before(async () => {
  const roots = [repository, join(repository, 'tests/sites/two-years'), join(repository, 'tests/sites/bilingual'), made.branded.root, made.synthetic.root];
  browser = await launch();
  await illustrate(made.branded);
  sites = await Promise.all(roots.map((root) => publish({ root })));
});
after(async () => {
  await browser?.close();
  for (const site of sites ?? []) site.close();
  for (const site of Object.values(made)) site.remove();
});

// Loads a page on a phone. Resolves to its layout shift, the time of its largest content in ms, and the pictures it loaded.
async function load(address, wait = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.measured = { shift: 0, largest: 0 };
    new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.measured.shift += one.hadRecentInput ? 0 : one.value))).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.measured.largest = one.startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  const connection = await context.newCDPSession(page);
  await connection.send('Network.enable');
  await connection.send('Network.emulateNetworkConditions', SLOW_3G);
  const pictures = [];
  page.on('request', (request) => request.resourceType() === 'image' && pictures.push(request.url()));
  await page.goto(address, { waitUntil: 'load' });
  await wait(page);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const measured = await page.evaluate(() => window.measured);
  await context.close();
  return { ...measured, pictures };
}

test('every kind of page is there within 2.5 s on slow 3G, and stays where it is', async (t) => {
  const wrong = [];
  let [slowest, most] = [0, 0];
  // One page after the other: they would share the processor, though not the connection.
  for (const site of sites) {
    for (const path of kinds(site)) {
      const { shift, largest } = await load(site.address + path);
      [slowest, most] = [Math.max(slowest, largest), Math.max(most, shift)];
      if (shift >= 0.1) wrong.push(`/${path} shifts by ${shift.toFixed(2)}`);
      if (largest >= 2500) wrong.push(`/${path} takes ${Math.round(largest)} ms`);
    }
  }
  t.diagnostic(`slowest: ${Math.round(slowest)} ms; most shift: ${most.toFixed(3)}`);
  assert.deepEqual(wrong, []);
});

test('the results of a search are there within 2.5 s, and push nothing away', async () => {
  for (const { root } of [{ root: repository }, made.synthetic]) {
    // An index is much larger than a page, and hosts that do not compress it are rare.
    const site = await publish({ root, compress: true });
    const { shift, largest } = await load(`${site.address}search/?q=safeguarding`, (page) => page.locator('#results > li').first().waitFor());
    assert.ok(shift < 0.1, `shifts by ${shift}`);
    site.close();
    assert.ok(largest > 0 && largest < 2500, `takes ${largest} ms`);
  }
});

test('a phone loads the small copy of a picture, and the text below it does not jump', async () => {
  for (const [path, folder] of [['2019-20/day/', '/2019-20/media/'], ['', '/media/']]) {
    const { shift, largest, pictures } = await load(sites[3].address + path);
    assert.ok(shift < 0.1, `/${path} shifts by ${shift}`);
    assert.ok(largest < 2500, `/${path} takes ${largest} ms`);
    const shown = pictures.filter((address) => address.includes(`${folder}day`));
    assert.deepEqual(shown.map((address) => address.split('/').at(-1)), ['day.480.jpg'], path);
  }
});
