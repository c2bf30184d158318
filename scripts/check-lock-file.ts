import { readFileSync } from 'node:fs';

interface LockedPackage {
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** Whether a package that stands at `from` would find `name` in the lock file, by Node's own rule: here, then a folder up. */
const isLocked = (from: string, name: string): boolean => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
};

const withAddress = Object.entries(packages).flatMap(([path, { resolved }]) => (resolved === undefined ? [] : [path]));
// npm writes a lock without the optional packages a registry does not show (yet); `npm ci` elsewhere then refuses it.
const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
  Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isLocked(path, name)),
);

if (withAddress.length > 0)
  process.stderr.write(
    'package-lock.json holds download addresses; npm must write it with omit-lockfile-registry-resolved=true.\n',
  );
if (missing.length > 0)
  process.stderr.write(
    `package-lock.json lacks ${missing.join(', ')}: npm ci will refuse it; take a version it has.\n`,
  );
process.exit(withAddress.length + missing.length > 0 ? 1 : 0);
