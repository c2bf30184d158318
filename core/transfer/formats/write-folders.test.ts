import { describe, expect, it } from 'vitest';
import { readFolderLabels } from './folder-labels.ts';
import { LossTally } from './losses.ts';
import { safeName } from './safe-name.ts';
import { writeFolders } from './write-folders.ts';

async function write(...items: readonly { source: string; label?: string; split?: 'TRAIN' | 'TEST' }[]) {
  const losses = new LossTally();
  const paths: string[] = [];
  let labels: string | undefined;
  const full = items.map(({ source, label, split = null }) => ({
    source,
    labels: label ? [{ name: label }] : [],
    split,
  }));
  for await (const entry of writeFolders(full, losses))
    if (entry.item) paths.push(entry.path);
    else labels = entry.text;
  return { paths, labels, losses: losses.list().map(({ kind, count }) => [kind, count]) };
}

describe('writeFolders', () => {
  it('writes nothing but class folders when names allow it', async () => {
    const written = await write(
      { source: 's3://b/1.jpg', label: 'cat', split: 'TRAIN' },
      { source: 'https://h/2.png?sig=a/b', label: 'cat', split: 'TEST' },
      { source: 'x/3.jpg', label: 'dog' },
      { source: '4.jpg' },
    );
    expect(written).toEqual({
      paths: ['train/cat/1.jpg', 'test/cat/2.png', 'dog/3.jpg', '4.jpg'],
      labels: undefined,
      losses: [],
    });
  });

  it('explains in labels.csv what folders cannot say', async () => {
    const written = await write(
      { source: '1.jpg', label: 'train' },
      { source: '1.jpg', label: 'a/b' },
      { source: '1.jpg', label: 'a\\b' },
      { source: '1.jpg', label: 'Cat' },
      { source: '1.jpg', label: 'cat' },
      { source: '1.jpg', label: '=1' },
    );
    expect(written.paths).toEqual(['_train/1.jpg', 'a_b/1.jpg', 'a_b-2/1.jpg', 'Cat/1.jpg', 'cat-2/1.jpg', '=1/1.jpg']);
    expect(written.labels).toBe("folder,label\n_train,train\na_b,a/b\na_b-2,a\\b\nCat,Cat\ncat-2,cat\n'=1,'=1\n");
    expect((await readFolderLabels([written.labels!]))!.folderLabels.get('=1')).toBe('=1');
  });

  it('keeps files of one name apart and says that it renamed them', async () => {
    const written = await write(
      ...['a/x.jpg', 'b/x.jpg', 'c/X.JPG', 'd/x-2.jpg', 'noending', 'labels.csv'].map((source) => ({
        source,
        label: 'cat',
      })),
    );
    expect(written.paths.map((path) => path.slice(4))).toEqual([
      'x.jpg',
      'x-2.jpg',
      'X-3.JPG',
      'x-2-2.jpg',
      'noending.jpg',
      'labels.csv.jpg',
    ]);
    expect(written.losses).toEqual([['FILE_NAME', 5]]);
  });

  it('has no two names for a folder and a picture', async () => {
    expect((await write({ source: 'x.jpg' }, { source: '1.jpg', label: 'x.jpg' })).paths).toEqual([
      'x.jpg',
      'x-2.jpg/1.jpg',
    ]);
  });
});

describe('safeName', () => {
  it.each([
    ['plain name.jpg', 'plain name.jpg'],
    ['../../etc/passwd', '_.._.._etc_passwd'],
    ['..', '__'],
    ['', '_'],
    ['CON', '_CON'],
    ['nul.jpg', '_nul.jpg'],
    ['a<b>:"|?*.jpg', 'a_b______.jpg'],
    ['line\nbreak.jpg', 'line_break.jpg'],
    ['rtl\u202egpj.exe', 'rtl_gpj.exe'],
    ['trailing. .', 'trailing___'],
    ['.hidden', '_.hidden'],
    ['Thumbs.db', '_Thumbs.db'],
    ['cafe\u0301', 'caf\u00e9'],
  ])('makes %j %j', (name, safe) => expect(safeName(name)).toBe(safe));

  it('cuts long names, keeps their ending and splits no character', () => {
    expect(safeName(`${'猫'.repeat(500)}.jpeg`)).toBe(`${'猫'.repeat(65)}.jpeg`);
    expect(safeName(`a${'😀'.repeat(500)}`)).toBe(`a${'😀'.repeat(49)}`);
  });
});

describe('readFolderLabels', () => {
  it('is for our file only, and tells rows that say nothing', async () => {
    expect(await readFolderLabels(['file,label\na.jpg,cat\n'])).toBeUndefined();
    const { folderLabels, problems } = (await readFolderLabels(['folder,label\na,b\n,c\nd,\n']))!;
    expect([...folderLabels]).toEqual([['a', 'b']]);
    expect(problems.map(({ line }) => line)).toEqual([3, 4]);
  });
});
