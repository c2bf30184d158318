import { readFileSync } from 'node:fs';

if (/"resolved":/.test(readFileSync('package-lock.json', 'utf8'))) {
  process.stderr.write(
    'package-lock.json holds download addresses; npm must write it with omit-lockfile-registry-resolved=true.\n',
  );
  process.exit(1);
}
