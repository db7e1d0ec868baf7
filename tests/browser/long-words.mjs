// Tests a site with long words in every place that has them: names, addresses, headings. No page may scroll sideways.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, publish } from './support/site.mjs';
import { synthetic } from './support/synthetic.mjs';

const NAME = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
const contacts = `contacts:
  - {name: Northmere helpline, phone: 0300 123 4567}
  - {name: ${NAME}, email: safeguarding.business@westshirecouncil.gov.uk, url: "https://www.westshire.example/safeguarding-partnership/annual-reports/contact-the-business-unit"}
`;
const made = synthetic();
const replace = (path, pairs) => {
  const text = made.read(path);
  const replaced = pairs.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  assert.notEqual(replaced, text, `${path} has no such names any more`);
  made.write(path, replaced);
};

let site, browser;
before(async () => {
  const about = made.read('content/site.yaml');
  made.write('content/site.yaml', about.slice(0, about.indexOf('contacts:')) + contacts);
  for (const year of ['2021-22', '2022-23', '2023-24']) {
    const board = ['Northmere Safeguarding Adults Board', NAME.replace('Llan', 'Bwrdd')];
    replace(`content/${year}/report.yaml`, [['Northmere Council, including public health', NAME], board]);
    replace(`content/${year}/governance.yaml`, [board]);
  }
  [site, browser] = await Promise.all([publish({ root: made.root }), launch()]);
});
after(async () => {
  await browser?.close();
  site?.close();
  made.remove();
});

for (const width of [320, 768, 1280]) {
  test(`at ${width} px nothing scrolls sideways`, async () => {
    const wrong = [];
    const page = await browser.newPage({ viewport: { width, height: 800 }, bypassCSP: true, reducedMotion: 'reduce' });
    for (const path of site.pages.filter((path) => !/^202[12]-/.test(path))) {
      await page.goto(site.address + path, { waitUntil: 'load' });
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
      // A table that is too wide scrolls by itself.
      const [content, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (content > room) wrong.push(`/${path}: ${content} px in ${room} px`);
    }
    await page.close();
    assert.deepEqual(wrong, []);
  });
}
