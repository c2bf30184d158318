import { describe, expect, it } from 'vitest';
import { readFolders, type ReadFoldersOptions } from './read-folders.ts';
import { codesOf, collect } from './testing/collect.ts';

/** `[label or none, part]` of each picture, and the problems. */
async function read(paths: readonly string[], options?: ReadFoldersOptions) {
  const collected = await collect(readFolders(paths, options));
  return {
    pictures: collected.items.map(({ labels, split }) => [labels[0]?.name, split]),
    codes: codesOf(collected),
    messages: collected.problems.map(({ message }) => message),
  };
}

describe('readFolders', () => {
  it('takes the last directory as the label and the top as unlabelled', async () => {
    expect(await collect(readFolders(['cat/1.jpg', 'animals/pets/dog/2.PNG', '3.webp', './cat//4.jpeg']))).toEqual({
      items: [
        { source: 'cat/1.jpg', labels: [{ name: 'cat' }], split: null },
        { source: 'animals/pets/dog/2.PNG', labels: [{ name: 'dog' }], split: null },
        { source: '3.webp', labels: [], split: null },
        { source: './cat//4.jpeg', labels: [{ name: 'cat' }], split: null },
      ],
      problems: [],
    });
  });

  it.each([
    ['train', 'TRAIN'],
    ['Training', 'TRAIN'],
    ['val', 'VALIDATION'],
    ['VALID', 'VALIDATION'],
    ['validation', 'VALIDATION'],
    ['eval', 'VALIDATION'],
    ['test', 'TEST'],
    ['testing', 'TEST'],
  ])('knows %s as a part, at any depth', async (name, split) => {
    const paths = [`${name}/cat/1.jpg`, `${name}/dog/2.jpg`];
    const pictures = [
      ['cat', split],
      ['dog', split],
    ];
    expect(await read(paths)).toMatchObject({ pictures, codes: [] });
    expect(await read(paths.map((path) => `my dataset/final v2/${path}`))).toMatchObject({ pictures, codes: [] });
  });

  it('takes the nearest of several parts, so that a wrapping folder called test does no harm', async () => {
    expect(await read(['test/train/cat/1.jpg', 'test/val/cat/2.jpg'])).toMatchObject({
      pictures: [
        ['cat', 'TRAIN'],
        ['cat', 'VALIDATION'],
      ],
      codes: [],
    });
  });

  it('takes pictures right in a part as unlabelled when a neighbour is a part for certain', async () => {
    expect(await read(['train/cat/1.jpg', 'train/2.jpg', 'test/3.jpg'])).toMatchObject({
      pictures: [
        ['cat', 'TRAIN'],
        [undefined, 'TRAIN'],
        [undefined, 'TEST'],
      ],
      codes: [],
    });
  });

  it('takes "test" among other labels as a label and says so', async () => {
    const { pictures, codes, messages } = await read(['test/1.jpg', 'cat/2.jpg']);
    expect(pictures).toEqual([
      ['test', null],
      ['cat', null],
    ]);
    expect(codes).toEqual(['AMBIGUOUS_LAYOUT@']);
    expect(messages[0]).toContain('read as a label');
  });

  it('takes parts without label folders as unlabelled and says so', async () => {
    const { pictures, codes, messages } = await read(['d/train/1.jpg', 'd/val/2.jpg']);
    expect(pictures).toEqual([
      [undefined, 'TRAIN'],
      [undefined, 'VALIDATION'],
    ]);
    expect(codes).toEqual(['AMBIGUOUS_LAYOUT@d/']);
    expect(messages[0]).toContain('unlabelled');
  });

  it('takes a part beside other folders as a part and says so', async () => {
    const { pictures, codes, messages } = await read(['train/cat/1.jpg', 'extra/cat/2.jpg']);
    expect(pictures).toEqual([
      ['cat', 'TRAIN'],
      ['cat', null],
    ]);
    expect(codes).toEqual(['AMBIGUOUS_LAYOUT@']);
    expect(messages[0]).toContain('read as a part');
  });

  it('takes a label called like a part inside a part as the label', async () => {
    expect((await read(['train/test/1.jpg', 'train/cat/2.jpg'])).pictures).toEqual([
      ['test', 'TRAIN'],
      ['cat', 'TRAIN'],
    ]);
  });

  it('does as it is told about parts', async () => {
    const paths = ['train/cat/1.jpg', 'test/2.jpg', 'cat/3.jpg'];
    expect(await read(paths, { splitFolders: false })).toMatchObject({
      pictures: [
        ['cat', null],
        ['test', null],
        ['cat', null],
      ],
      codes: [],
    });
    expect((await read(['test/2.jpg', 'cat/3.jpg'], { splitFolders: true })).pictures).toEqual([
      [undefined, 'TEST'],
      ['cat', null],
    ]);
  });

  it('reads the ImageNet variant of CVAT by folder, whatever the files repeat', async () => {
    expect(await read(['label1/label1_image1.jpg', 'dog/cat/cat_0.jpg'])).toMatchObject({
      pictures: [
        ['label1', null],
        ['cat', null],
      ],
      codes: [],
    });
  });

  it('passes over what operating systems leave, and hidden files', async () => {
    const leftovers = ['__MACOSX/cat/._0.jpg', '__MACOSX/._cat', '.DS_Store', 'cat/.DS_Store', 'dog/Thumbs.db'];
    const hidden = ['desktop.ini', 'cat/._1.jpg', '.git/cat/1.jpg', 'cat/.hidden.jpg', 'cat/', 'train/'];
    expect(await read([...leftovers, ...hidden, 'cat/0.jpg'])).toEqual({
      pictures: [['cat', null]],
      codes: [],
      messages: [],
    });
  });

  it('tells other files and paths that lead out, and reads the rest', async () => {
    const { pictures, codes } = await read([
      'run.sh',
      'cat/readme.txt',
      '../../cat/1.jpg',
      '/etc/2.jpg',
      'cat/\0.jpg',
      'cat/0.jpg',
    ]);
    expect(pictures).toEqual([['cat', null]]);
    expect(codes).toEqual([
      'UNEXPECTED_FILE@run.sh',
      'UNEXPECTED_FILE@cat/readme.txt',
      'INVALID_SOURCE@../../cat/1.jpg',
      'INVALID_SOURCE@/etc/2.jpg',
      'INVALID_SOURCE@cat/\0.jpg',
    ]);
  });
});
