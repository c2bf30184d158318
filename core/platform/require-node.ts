import { fileURLToPath } from 'node:url';

/**
 * Imported first by every entry point, which imports the rest dynamically: Node parses all static imports before it runs any, and
 * an older one would stop at syntax that it does not know instead of saying this. TypeScript is run directly, which Node does
 * without a flag from 24.12 on; Node 22.17 and older cannot read even this file, so the npm scripts put the Node of the `node`
 * package first in the path.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  process.stderr.write(
    `Exemplar needs Node 24.12 or newer; this is Node ${process.versions.node}. Start it through npm (npm start, npm run demo), which brings its own Node 24; if you installed with --ignore-scripts, run npm ci without it.\n`,
  );
  process.exit(1);
}

// A third of the time that a process takes to start is compiling and taking out types. Where nothing can be written there, it does so each time.
process
  .getBuiltinModule('node:module')
  .enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/exemplar', import.meta.url)));
