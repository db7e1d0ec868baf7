// Validates what machines read: HTML and styles with the W3C's checker, the feed and the sitemap by their
// specifications, and the data for search engines as JSON.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, publish } from './support/site.mjs';

const vnu = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

let site, browser;
before(async () => {
  [site, browser] = await Promise.all([publish(), launch()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

test('the W3C’s checker finds no error in any page, drawing or style sheet', () => {
  const files = site.files.filter((file) => /\.(html|css|svg)$/.test(file)).map((file) => join(site.output, file));
  const options = ['--also-check-css', '--also-check-svg', '--format', 'json', '--errors-only'];
  const checked = spawnSync('java', ['-jar', vnu, ...options, ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
  // The checker does not know container queries and how to paint text in drawings yet, but every browser does.
  const unknown = /container-type|@container|“paint-order”/;
  const messages = JSON.parse(checked.stderr).messages.filter(({ message }) => !unknown.test(message));
  const told = messages.map(({ url, lastLine, message, extract }) => `${url?.slice(url.indexOf('/output/'))}:${lastLine} ${message} ${extract ?? ''}`);
  assert.deepEqual([...new Set(told)].slice(0, 20), []);
});

// Parses XML in the browser, which rejects anything that is not well formed.
const parsed = async (file, read) => {
  const page = await browser.newPage();
  const found = await page.evaluate(
    ([text, source]) => {
      const xml = new DOMParser().parseFromString(text, 'application/xml');
      const fault = xml.querySelector('parsererror');
      if (fault) return { fault: fault.textContent };
      return { value: new Function('xml', `return (${source})(xml)`)(xml) };
    },
    [site.read(file), read.toString()]
  );
  await page.close();
  assert.equal(found.fault, undefined);
  return found.value;
};
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

test('the feed complies with RFC 4287', async () => {
  const feed = await parsed('atom.xml', (xml) => {
    const of = (node) => ({
      name: node.localName,
      space: node.namespaceURI,
      ids: [...node.children].filter((one) => one.localName === 'id').map((one) => one.textContent),
      titles: [...node.children].filter((one) => one.localName === 'title').length,
      updated: [...node.children].filter((one) => one.localName === 'updated').map((one) => one.textContent),
      links: [...node.children].filter((one) => one.localName === 'link').map((one) => [one.getAttribute('rel') ?? 'alternate', one.getAttribute('href')]),
      authors: [...node.children].filter((one) => one.localName === 'author' && one.querySelector('name')).length,
    });
    return { feed: of(xml.documentElement), entries: [...xml.querySelectorAll('entry')].map(of) };
  });
  assert.equal(feed.feed.name, 'feed');
  assert.ok(feed.entries.length > 0);
  assert.ok(feed.feed.links.some(([rel]) => rel === 'self'), 'the feed has its own address');
  assert.ok(feed.feed.authors || feed.entries.every((entry) => entry.authors), 'somebody wrote it');
  for (const one of [feed.feed, ...feed.entries]) {
    assert.equal(one.space, 'http://www.w3.org/2005/Atom');
    assert.equal(one.ids.length, 1);
    assert.doesNotThrow(() => new URL(one.ids[0]), 'an id is an absolute address');
    assert.equal(one.titles, 1);
    assert.equal(one.updated.length, 1);
    assert.match(one.updated[0], DATE);
    for (const [, href] of one.links) assert.doesNotThrow(() => new URL(href));
  }
  assert.equal(new Set(feed.entries.map((entry) => entry.ids[0])).size, feed.entries.length);
});

test('the sitemap complies with its protocol and lists every page once', async () => {
  const map = await parsed('sitemap.xml', (xml) => ({
    name: xml.documentElement.localName,
    space: xml.documentElement.namespaceURI,
    places: [...xml.querySelectorAll('url > loc')].map((one) => one.textContent),
    dates: [...xml.querySelectorAll('lastmod')].map((one) => one.textContent),
  }));
  assert.deepEqual([map.name, map.space], ['urlset', 'http://www.sitemaps.org/schemas/sitemap/0.9']);
  assert.equal(new Set(map.places).size, map.places.length);
  for (const date of map.dates) assert.match(date, /^\d{4}-\d\d-\d\d/);
  const base = map.places.reduce((a, b) => (a.length < b.length ? a : b));
  for (const place of map.places) assert.ok(site.pages.includes(place.slice(base.length)), place);
  assert.match(site.read('robots.txt'), new RegExp(`Sitemap: ${base}sitemap.xml`));
});

test('the data for search engines is complete and matches the page', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.address}2019-20/`);
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.deepEqual([data['@context'], data['@type']], ['https://schema.org', 'Report']);
  assert.equal(data.name, await page.locator('h1').textContent());
  assert.doesNotThrow(() => new URL(data.url));
  assert.match(data.temporalCoverage, /^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/);
  assert.equal(data.publisher['@type'], 'Organization');
  for (const address of site.pages.filter((one) => one !== '404.html')) {
    const html = site.readPage(address);
    for (const needed of ['<meta name="description" content="', '<link rel="canonical" href="https://', '<meta property="og:title" content="', '<html lang="']) {
      assert.ok(html.includes(needed), `/${address} lacks ${needed}`);
    }
  }
  await page.close();
});
