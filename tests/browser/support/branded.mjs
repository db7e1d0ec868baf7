// The worked example with a logo, a colour and a cover.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './site.mjs';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><rect width="240" height="60" fill="#7a1f5c"/></svg>\n';

// Writes the site to a temporary folder. `remove` deletes it.
export function branded() {
  const root = mkdtempSync(join(tmpdir(), 'annal-brand-'));
  for (const part of ['content', 'themes']) cpSync(join(repository, part), join(root, part), { recursive: true });
  const about = join(root, 'content/site.yaml');
  mkdirSync(join(root, 'content/media'), { recursive: true });
  writeFileSync(join(root, 'content/media/logo.svg'), LOGO);
  const brand = 'brand: {logo: media/logo.svg, accent: "#7a1f5c", cover: media/logo.svg}\n';
  writeFileSync(about, `${readFileSync(about, 'utf8')}\n${brand}`);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}
