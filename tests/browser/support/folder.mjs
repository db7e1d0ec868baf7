// A site in a temporary folder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Creates the folder. `write` also creates the folders above a file, and `remove` deletes everything.
export function temporary() {
  const root = mkdtempSync(join(tmpdir(), 'annal-test-'));
  const at = (path) => join(root, path);
  return {
    root,
    at,
    read: (path) => readFileSync(at(path), 'utf8'),
    write: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
