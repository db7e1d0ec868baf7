// Builds the worked example and serves it like any web server: only files, at a path below the address.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));
export const annal = process.env.ANNAL ?? join(repository, 'target/debug/annal');

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

// The file of the page at an address.
const fileOf = (address) => (address === '' || address.endsWith('/') ? `${address}index.html` : address);

// Builds the site in `root`, with `theme` from the repository if given, and serves it below `path`, which begins and
// ends with a slash. With `compress`, answers are compressed.
export async function publish({ root = repository, theme, path = '/', options = [], compress = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'annal-site-'));
  const output = join(folder, 'output');
  if (theme) {
    for (const part of ['content', 'themes']) cpSync(join(repository, part), join(folder, part), { recursive: true });
    const about = join(folder, 'content/site.yaml');
    writeFileSync(about, readFileSync(about, 'utf8').replace('theme: civic', `theme: ${theme}`));
    root = folder;
  }
  const built = spawnSync(annal, ['build', '-q', '--root', root, '--output', output, ...options], { encoding: 'utf8' });
  // With --force, a site is built although it has errors, and the status says that it has.
  if (built.status !== (options.includes('--force') ? 1 : 0)) throw new Error(`annal build ended with ${built.status}: ${built.stderr}`);
  const files = readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(output.length + 1))
    .sort();
  const known = new Set(files);
  const server = createServer((request, answer) => {
    const asked = decodeURIComponent(request.url.split('?')[0]);
    const name = asked.startsWith(path) && fileOf(asked.slice(path.length));
    const found = name && known.has(name);
    const file = found ? name : '404.html';
    const bytes = readFileSync(join(output, file));
    const encoding = compress ? { 'content-encoding': 'gzip' } : {};
    answer.writeHead(found ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain', ...encoding });
    answer.end(compress ? gzipSync(bytes) : bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const read = (file) => readFileSync(join(output, file), 'utf8');
  const isPage = (file) => file.endsWith('.html') && !read(file).includes('http-equiv="refresh"');
  return {
    output,
    files,
    read,
    readPage: (address) => read(fileOf(address)),
    // The addresses of the pages that people read: all except redirects.
    pages: files.filter(isPage).map((file) => file.replace(/(^|\/)index\.html$/, '$1')),
    address: `http://127.0.0.1:${server.address().port}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
