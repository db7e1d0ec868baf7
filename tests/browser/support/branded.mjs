// The worked example with a logo, a colour and a cover.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from './folder.mjs';
import { repository } from './site.mjs';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><rect width="240" height="60" fill="#7a1f5c"/></svg>\n';

// Writes the site to a temporary folder.
export function branded() {
  const site = temporary();
  for (const part of ['content', 'themes']) cpSync(join(repository, part), site.at(part), { recursive: true });
  site.write('content/media/logo.svg', LOGO);
  const brand = 'brand: {logo: media/logo.svg, accent: "#7a1f5c", cover: media/logo.svg}\n';
  site.write('content/site.yaml', `${site.read('content/site.yaml')}\n${brand}`);
  return site;
}
