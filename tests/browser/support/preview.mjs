// Previews a site with `annal serve`.
import { spawn } from 'node:child_process';
import { annal } from './site.mjs';

// Starts the preview of the site in `root`, at any free port if none is given. `stop` ends it as Ctrl+C does.
export async function preview(root, { port = '0', options = [] } = {}) {
  const served = spawn(annal, ['serve', '--root', root, '--port', port, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => served.once('exit', done));
  const address = await new Promise((done, fail) => {
    ended.then((status) => fail(new Error(`annal serve ended with ${status}`)));
    served.stdout.on('data', (text) => {
      const [found] = /http:\/\/[^/]+/.exec(text) ?? [];
      if (found) done(found);
    });
  });
  const stop = () => {
    served.kill('SIGINT');
    return ended;
  };
  return { address, stop };
}
