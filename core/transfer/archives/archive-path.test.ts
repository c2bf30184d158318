import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archivePath, isNestedArchive, isNoise, shownName } from './archive-path.ts';

test.each([
  ['cat/a.jpg', 'cat/a.jpg'],
  ['./cat//a.jpg', 'cat/a.jpg'],
  ['cat/./a.jpg', 'cat/a.jpg'],
  ['cafe\u0301/a.jpg', 'café/a.jpg'],
  ['...', '...'],
  ['..jpg/a..b', '..jpg/a..b'],
  ['%2e%2e%2fetc', '%2e%2e%2fetc'],
  ['猫 😀/a b.jpg ', '猫 😀/a b.jpg '],
  ['-rf --help.jpg', '-rf --help.jpg'],
  ['a'.repeat(1024), 'a'.repeat(1024)],
])('%j is the path %j', (name, path) => {
  expect(archivePath(name)).toEqual({ path });
});

test.each([
  ['../a.jpg', 'PATH_TRAVERSAL'],
  ['cat/../../a.jpg', 'PATH_TRAVERSAL'],
  ['cat/..', 'PATH_TRAVERSAL'],
  ['/etc/passwd', 'ABSOLUTE_PATH'],
  ['C:/a.jpg', 'ABSOLUTE_PATH'],
  ['c:a.jpg', 'ABSOLUTE_PATH'],
  ['cat\\..\\a.jpg', 'BACKSLASH'],
  ['a\0.jpg', 'CONTROL_CHARACTER'],
  ['a\n.jpg', 'CONTROL_CHARACTER'],
  ['a\x7f.jpg', 'CONTROL_CHARACTER'],
  ['a\x85.jpg', 'CONTROL_CHARACTER'],
  ['\ud83d.jpg', 'CONTROL_CHARACTER'],
  ['', 'NO_NAME'],
  ['./', 'NO_NAME'],
  ['a'.repeat(1025), 'PATH_TOO_LONG'],
])('%j is no path: %s', (name, reason) => {
  expect(archivePath(name)).toEqual({ reason });
});

test('any name becomes a path that stays inside and is its own path, or is refused', () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', 'C:', '\0', '\n', 'e\u0301', 'cat', '.jpg', '😀');
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(name, (name) => {
      const checked = archivePath(name);
      if ('reason' in checked) return;
      expect(archivePath(checked.path)).toEqual(checked);
      expect(posix.resolve('/in/side', checked.path)).toBe(`/in/side/${checked.path}`);
    }),
  );
});

test('what is shown of a name can be stored: no control characters, no half characters, not too long', () => {
  expect(shownName('a\0b\r\n')).toBe('a\uFFFDb\uFFFD\uFFFD');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000, size: 'max' }), (name) => {
      const shown = shownName(name);
      expect(shown.length).toBeLessThanOrEqual(1024);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test.each([
  ['__MACOSX/cat/a.jpg', true],
  ['cat/._a.jpg', true],
  ['.DS_Store', true],
  ['cat/THUMBS.DB', true],
  ['cat\\Thumbs.db', true],
  ['cat/Desktop.ini', true],
  ['cat/.hidden.jpg', false],
  ['cat/thumbs.db.jpg', false],
  ['my__MACOSX/a.jpg', false],
])('%j is noise: %s', (name, noise) => {
  expect(isNoise(name)).toBe(noise);
});

test.each([
  ['a.zip', true],
  ['cat/B.TAR.GZ', true],
  ['a.7z', true],
  ['zip', false],
  ['a.zip.jpg', false],
  ['labels.csv', false],
])('%j is an archive inside: %s', (path, nested) => {
  expect(isNestedArchive(path)).toBe(nested);
});
