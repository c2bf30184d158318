import { describe, expect, it } from 'vitest';
import { readImageText } from './read-image-text.ts';
import { codesOf, collect } from './testing/collect.ts';

describe('readImageText', () => {
  const readTexts = (files: Record<string, string>) =>
    collect(readImageText(Object.keys(files), (path) => [files[path]!]));

  it('reads one label a line from the text of the same name', async () => {
    const { items, problems } = await readTexts({
      'a/10.jpg': '',
      'a/10.txt': '\ufeffcat\r\n dog \n\ncat\n',
      'b/10.PNG': '',
      '11.jpg': '',
      '11.TXT': '',
      '__MACOSX/a/._10.txt': 'x',
    });
    expect(problems).toEqual([]);
    expect(items).toEqual([
      { source: 'a/10.jpg', labels: [{ name: 'cat' }, { name: 'dog' }], split: null },
      { source: 'b/10.PNG', labels: [], split: null },
      { source: '11.jpg', labels: [], split: null },
    ]);
  });

  it('tells texts that belong to nothing, other files, and labels that cannot be read', async () => {
    const collected = await readTexts({
      '1.jpg': '',
      '1.txt': 'a\0b',
      '2.jpg': '',
      '2.txt': 'x\n'.repeat(2000),
      'lonely.txt': 'cat',
      'run.sh': '',
      '3.jpg': '',
      '3.txt': 'cat',
      '4.jpg': '',
      '4.txt': 'x'.repeat(2 * 1024 * 1024),
    });
    expect(collected.items.map(({ source }) => source)).toEqual(['3.jpg']);
    expect(codesOf(collected)).toEqual([
      'INVALID_LABEL@1.jpg',
      'INVALID_ENTRY@2.jpg',
      'UNEXPECTED_FILE@run.sh',
      'LINE_TOO_LONG@4.jpg',
      'UNEXPECTED_FILE@lonely.txt',
    ]);
  });
});
