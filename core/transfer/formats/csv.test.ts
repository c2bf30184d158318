import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord, neutraliseFormula, restoreFormula } from './csv-cells.ts';
import { maximumRecordLines, readCsvRecords } from './csv-records.ts';
import { readCsv } from './read-csv.ts';
import { LossTally } from './losses.ts';
import { anyText } from './testing/arbitrary-items.ts';
import { codesOf, collect, inPieces, textOf } from './testing/collect.ts';
import { writeCsv } from './write-csv.ts';

async function recordsOf(text: string, size = 7) {
  const records: (readonly string[] | string)[] = [];
  for await (const record of readCsvRecords(inPieces(text, size)))
    records.push(record.problem ? `${record.problem.code}@${record.problem.line}` : record.cells);
  return records;
}
const rows = async (text: string, options = {}) => {
  const collected = await collect(readCsv([text], options));
  return {
    codes: codesOf(collected),
    rows: collected.items.map(({ source, labels, split, line }) => [
      source,
      labels.map(({ name }) => name),
      split,
      line,
    ]),
  };
};

describe('CSV records', () => {
  it('give written cells back', async () => {
    const cells = fc.array(anyText, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { maxLength: 5 }), fc.integer({ min: 1, max: 20 }), async (written, size) => {
        const text = [['first', 'row'], ...written].map((cells) => csvRecord(cells)).join('');
        const read = await recordsOf(text, size);
        expect(read.slice(1).map((record) => (record as string[]).map(restoreFormula))).toEqual(written);
      }),
    );
  });

  it('never crash on anything', async () => {
    const piece = fc.constantFrom('"', '""', ',', ';', '\n', '\r\n', 'a', ' ', '\t', 'sep=;');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 200 }), async (pieces) => {
        const text = pieces.join('');
        const { problems } = await collect(readCsv(inPieces(text, 5)));
        expect(problems.every(({ code }) => code !== undefined)).toBe(true);
        for (const record of await recordsOf(text))
          expect(Array.isArray(record) || /^INVALID_QUOTES@\d+$/.test(record as string)).toBe(true);
      }),
    );
  });

  it('find the delimiter, obey sep=, trim bare cells, keep quoted ones', async () => {
    expect(await recordsOf('file;label\na,b.jpg; cat \n')).toEqual([
      ['file', 'label'],
      ['a,b.jpg', 'cat'],
    ]);
    expect(await recordsOf('file\tlabel\na.jpg\t" cat "\n')).toEqual([
      ['file', 'label'],
      ['a.jpg', ' cat '],
    ]);
    expect(await recordsOf('sep=;\r\na,b,c;d\r\n')).toEqual([['a,b,c', 'd']]);
  });

  it('spoil one line each with broken quotes', async () => {
    expect(await recordsOf('a,b\n"x"y,1\n5" pipe,2\n"open,3\nc,4\n')).toEqual([
      ['a', 'b'],
      'INVALID_QUOTES@2',
      ['5" pipe', '2'],
      'INVALID_QUOTES@4',
      ['c', '4'],
    ]);
    const far = Array.from({ length: 3 * maximumRecordLines }, (_, index) => `f${index},l`);
    expect(await recordsOf(`a,b\n"open,1\n${far.join('\n')}\n`)).toEqual([
      ['a', 'b'],
      'INVALID_QUOTES@2',
      ...far.map((row) => row.split(',')),
    ]);
  });

  it('wait no longer than some lines for a quote to be closed', async () => {
    let asked = 0;
    const endless = function* () {
      yield 'a,b\n"open,1\n';
      for (;;) yield `row ${asked++},l\n`;
    };
    const records: unknown[] = [];
    for await (const record of readCsvRecords(endless())) if (records.push(record.problem?.code) === 3) break;
    expect(records).toEqual([undefined, 'INVALID_QUOTES', undefined]);
    expect(asked).toBe(maximumRecordLines - 1);
  });

  it('spoil one line with a quote that is closed by that of a later row', async () => {
    expect(await recordsOf('a,b\n"open,1\n"x","y"\n')).toEqual([['a', 'b'], 'INVALID_QUOTES@2', ['x', 'y']]);
  });
});

describe('formulas', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1"])('cannot be started by %j', (cell) => {
    expect(neutraliseFormula(cell)).toBe(`'${cell}`);
    expect(restoreFormula(neutraliseFormula(cell))).toBe(cell);
  });

  it('are all a cell is changed for', () => {
    fc.assert(
      fc.property(fc.string(), (cell) => {
        expect(restoreFormula(neutraliseFormula(cell))).toBe(cell);
      }),
    );
    expect(["'", "it's", "'a", 'a=b'].map(neutraliseFormula)).toEqual(["'", "it's", "'a", 'a=b']);
  });

  it('are neutral in a written file', async () => {
    const items = [
      { source: '=HYPERLINK("x").jpg', labels: [{ name: '-1' }, { name: '@a' }], split: 'TRAIN' as const },
    ];
    expect(await textOf(writeCsv(items, new LossTally()))).toBe(
      `file,label,usage\n"'=HYPERLINK(""x"").jpg",'-1,TRAIN\n"'=HYPERLINK(""x"").jpg",'@a,TRAIN\n`,
    );
  });
});

describe('readCsv', () => {
  it('reads ours: rows of one file are one picture, an empty label is none', async () => {
    expect(
      await rows('file,label,usage\na.jpg,cat,TRAIN\na.jpg,dog,TRAIN\na.jpg,cat,\nb.jpg,,\nc.jpg,cat,eval\n'),
    ).toEqual({
      codes: [],
      rows: [
        ['a.jpg', ['cat', 'dog'], 'TRAIN', 2],
        ['b.jpg', [], null, 5],
        ['c.jpg', ['cat'], 'VALIDATION', 6],
      ],
    });
  });

  it('knows columns by other names and in another order', async () => {
    expect(await rows('\ufeffSplit, Class ,Image_Path,note\r\nvalid,cat,a.jpg,x\r\n')).toEqual({
      codes: [],
      rows: [['a.jpg', ['cat'], 'VALIDATION', 2]],
    });
  });

  it('parts several labels of a cell where asked to', async () => {
    expect(await rows('file,label\na.jpg,cat | dog\n', { labelSeparator: '|' })).toMatchObject({
      rows: [['a.jpg', ['cat', 'dog'], null, 2]],
    });
    expect(await rows('file,label\na.jpg,cat|dog\n')).toMatchObject({ rows: [['a.jpg', ['cat|dog'], null, 2]] });
  });

  it('reads Vertex with and without header and part', async () => {
    const expected = [
      ['gs://b/a.jpg', ['daisy', 'rose'], 'TRAIN', 1],
      ['gs://b/b.jpg', ['tulip'], null, 2],
      ['gs://b/c.jpg', ['tulip'], null, 3],
      ['gs://b/d.jpg', [], 'TEST', 4],
    ];
    const text =
      'training,gs://b/a.jpg,daisy,rose\n,gs://b/b.jpg,tulip\nUNASSIGNED,gs://b/c.jpg,tulip\nTEST,gs://b/d.jpg,,\n';
    expect(await rows(text)).toEqual({ codes: [], rows: expected });
    expect(await rows(`ML_USE,GCS_FILE_PATH,LABEL,LABEL\n${text}`)).toEqual({
      codes: [],
      rows: expected.map(([a, b, c, line]) => [a, b, c, (line as number) + 1]),
    });
    expect(await rows('gs://b/a.jpg,daisy\nfoo,gs://b/b.jpg,rose\n')).toEqual({
      codes: ['UNKNOWN_SPLIT@2'],
      rows: [
        ['gs://b/a.jpg', ['daisy'], null, 1],
        ['gs://b/b.jpg', ['rose'], null, 2],
      ],
    });
  });

  it('reads rows without header whose third cell is a part', async () => {
    expect(await rows('a.jpg,cat,train\nb.jpg,dog,test\n')).toEqual({
      codes: [],
      rows: [
        ['a.jpg', ['cat'], 'TRAIN', 1],
        ['b.jpg', ['dog'], 'TEST', 2],
      ],
    });
  });

  it('reads one column a class as Roboflow writes it', async () => {
    expect(await rows('filename, classA, classB\na.jpg, 1, 0\nb.jpg,1,1\nc.jpg,0,0\nd.jpg,2,0\n')).toEqual({
      codes: ['INVALID_ENTRY@5'],
      rows: [
        ['a.jpg', ['classA'], null, 2],
        ['b.jpg', ['classA', 'classB'], null, 3],
        ['c.jpg', [], null, 4],
      ],
    });
  });

  it('takes the part it is told where the document has no place for one', async () => {
    const options = { split: 'TEST' };
    expect((await rows('filename,cat\na.jpg,1\n', options)).rows).toEqual([['a.jpg', ['cat'], 'TEST', 2]]);
    expect((await rows('gs://b/a.jpg,cat\n', options)).rows).toEqual([['gs://b/a.jpg', ['cat'], 'TEST', 1]]);
    expect((await rows('file,label,usage\na.jpg,cat,\n', options)).rows).toEqual([['a.jpg', ['cat'], null, 2]]);
  });

  it('tells what is wrong with a row and reads the others', async () => {
    expect(
      await rows(
        'file,label,usage\n,cat,TRAIN\na.jpg,c\0t,\nb.jpg,cat,later\nb.jpg,dog,TRAIN\nb.jpg,dog,TEST\nshort.jpg\n',
      ),
    ).toEqual({
      codes: ['MISSING_SOURCE@2', 'INVALID_LABEL@3', 'UNKNOWN_SPLIT@4', 'CONFLICTING_SPLIT@6'],
      rows: [
        ['b.jpg', ['cat', 'dog'], 'TRAIN', 4],
        ['short.jpg', [], null, 7],
      ],
    });
  });

  it.each(['name,age\nx,1\n', 'filename,width,height,class,xmin,ymin,xmax,ymax\na.jpg,1,1,cat,0,0,1,1\n'])(
    'refuses %j',
    async (text) => {
      expect(await rows(text)).toEqual({ codes: ['INVALID_DOCUMENT'], rows: [] });
    },
  );
});
