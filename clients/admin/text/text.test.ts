import { describe, expect, it } from 'vitest';
import { formatSeconds, renderBar } from './progress-bar.ts';
import { renderTable } from './text-table.ts';
import { fitText, textWidth } from './text-width.ts';

const learning = { label: 'learning', done: 3, total: 40, unit: 'epochs', etaSeconds: 12.4 };

describe('the bar', () => {
  it.each([40, 60, 80, 200])('should stay inside %i columns', (columns) => {
    const label = 'a label that is much too long for its place';
    const line = renderBar({ label, done: 123_456, total: 999_999, unit: 'pictures', etaSeconds: 7200 }, columns);
    expect(textWidth(line)).toBeLessThan(columns);
  });

  it('should show share, count and time left at 80 columns', () => {
    expect(renderBar({ ...learning, done: 20 }, 80)).toBe(
      'learning             ███████░░░░░░░  20/40 epochs             12 s left',
    );
  });

  it('should show no time left where nobody knows it or nothing is left', () => {
    expect(renderBar({ ...learning, etaSeconds: null }, 80)).not.toContain('left');
    expect(renderBar({ ...learning, done: 40 }, 80)).not.toContain('left');
    expect(renderBar({ ...learning, total: 0 }, 80)).toContain('3/0');
  });

  it.each([
    [0.04, '0.0 s'],
    [9.96, '10 s'],
    [59.7, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('should write %f seconds as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe('the table', () => {
  it('should align as many columns of text to the left as there are', () => {
    const rows = [
      ['ant', 'small', '5'],
      ['honey bee', 'x', '10'],
    ];
    expect(renderTable(['class', 'size', 'n'], rows, 80, 2)).toEqual([
      'class      size    n',
      'ant        small   5',
      'honey bee  x      10',
    ]);
  });

  it('should cut long names, East Asian ones too, to stay inside 80 columns', () => {
    const rows = [
      ['Ein Name, der länger ist als alles, was man in einer Tabelle zeigen will, wirklich', '12', '100.0 %'],
      ['向日葵'.repeat(20), '7', '3.1 %'],
    ];
    const lines = renderTable(['class', 'pictures', 'precision'], rows, 80);
    expect(lines.map(textWidth)).toEqual([80, 80, 80]);
    expect(lines[2]).toContain('…');
  });

  it('should align numbers to the right', () => {
    expect(
      renderTable(
        ['class', 'n'],
        [
          ['ant', '5'],
          ['bee', '10'],
        ],
        80,
      ),
    ).toEqual(['class   n', 'ant     5', 'bee    10']);
  });

  it('should count wide characters twice', () => {
    expect(textWidth('花 a')).toBe(4);
    expect(fitText('花花花', 5)).toBe('花花…');
    expect(textWidth('e\u0301')).toBe(1);
  });
});
