// Tests a proof: every page of it says what it is, is not found by search engines, and can be read by everyone.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporary } from './support/folder.mjs';
import { layout, violations } from './support/look.mjs';
import { launch, publish, repository } from './support/site.mjs';

// Two years: in the later one, a submission is missing, one is a draft, and one has notes, a fault and nobody's approval.
const { root, at, read, write, remove } = temporary();
const [police, adults] = ['content/2023-24/agencies/police.md', 'content/2023-24/boards/adults.md'];
let proof, browser;
before(async () => {
  cpSync(join(repository, 'tests/sites/two-years'), root, { recursive: true });
  write(police, `${read(police)}\n%% Ask them for the number of officers.\n\nThe DASH form is used (see 07700 900123).\n`);
  write(adults, read(adults).replace(/^---\n/, '---\nstatus: draft\n'));
  rmSync(at('content/2023-24/agencies/council.md'));
  browser = await launch();
  proof = await publish({ root, path: '/report/', options: ['--proof', '--force'] });
});
after(async () => {
  await browser?.close();
  proof?.close();
  remove();
});

for (const options of [{ viewport: { width: 1280, height: 800 } }, { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }]) {
  test(`axe finds nothing, and nothing is cut off, at ${options.viewport.width} px`, async () => {
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const wrong = [];
    for (const path of proof.pages) {
      await page.goto(proof.address + path, { waitUntil: 'load' });
      for (const fault of [...(await violations(page)), ...(await page.evaluate(layout))]) wrong.push(`/${path}: ${fault}`);
    }
    await context.close();
    assert.deepEqual(wrong, []);
  });
}

test('every page says that it is a proof, and is not for search engines', () => {
  assert.ok(proof.pages.length > 30 && proof.pages.some((path) => path.startsWith('needs')), `${proof.pages}`);
  for (const path of proof.pages) {
    const html = proof.readPage(path);
    assert.match(html, /<meta name="robots" content="[^"]*noindex/, path);
    assert.match(html, /class="proof/, path);
  }
});
