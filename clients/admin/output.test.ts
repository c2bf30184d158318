import { describe, expect, test } from 'vitest';
import { Output } from './output.ts';

class Screen {
  readonly isTTY: boolean;
  readonly columns = 40;
  readonly rows = 10;
  text = '';

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }

  /** What stands on a terminal after all of it, a line each. */
  lines(): string[] {
    const lines: string[] = [''];
    let row = 0;
    const written = this.text.replaceAll('\u001b', '§');
    for (const [, up, erase, newline, plain] of written.matchAll(/§\[(\d+)A\r|(§\[J)|(\n)|([^§\n]+)/g)) {
      if (up !== undefined) row -= Number(up);
      else if (erase !== undefined) lines.splice(row, lines.length, '');
      else if (newline !== undefined) lines[++row] ??= '';
      else lines[row] += plain!;
    }
    return lines;
  }
}

const open = (isTTY: boolean, json = false) => {
  const [stdout, stderr] = [new Screen(isTTY), new Screen(isTTY)];
  return { stdout, stderr, output: new Output({ json, stdout, stderr, environment: { NO_COLOR: '1' } }) };
};

describe('output on a terminal', () => {
  test('redraws lines in place, with others above them, and takes them away at the end', () => {
    const { output, stdout } = open(true);
    let number = 1;
    output.live!.show(() => [`bar ${number}`, 'x'.repeat(100)]);
    output.line('first');
    number = 2;
    output.live!.draw();
    output.line('second');
    expect(stdout.lines()).toEqual(['first', 'second', 'bar 2', `${'x'.repeat(38)}…`, '']);
    output.live!.end();
    output.live!.draw();
    expect(stdout.lines()).toEqual(['first', 'second', '']);
  });

  test('shows no more lines than there are', () => {
    const { output, stdout } = open(true);
    output.live!.show(({ rows }) => Array.from({ length: rows + 20 }, (_, index) => String(index)));
    expect(stdout.lines()).toHaveLength(10);
    output.live!.end();
  });
});

describe('names that come from anybody', () => {
  test('cannot command the terminal', () => {
    const { output, stdout, stderr } = open(true);
    const name = 'cat\u001b]0;title\u0007\u001b[2J\r.jpg';
    output.line(name);
    output.note(name);
    output.live!.show(() => [name]);
    output.live!.end();
    for (const { text } of [stdout, stderr]) expect(text).toContain('cat\ufffd]0;title\ufffd\ufffd[2J\ufffd.jpg\n');
  });
});

describe('output for files and programs', () => {
  test('has nothing that is redrawn, coloured or cut', () => {
    const { output, stdout } = open(false);
    expect(output.live).toBeUndefined();
    output.result({}, () => output.table(['name', 'n'], [['x'.repeat(200), '1']]));
    expect(stdout.text).toContain(`${'x'.repeat(200)}  1\n`);
  });

  test('is one document, or a line for each event, and no word beside it', () => {
    const { output, stdout, stderr } = open(true, true);
    output.line('for people');
    output.event({ a: 1 }, 'for people');
    output.result([{ b: 'ä\n' }], () => ['for people']);
    output.note('beside');
    expect(output.live).toBeUndefined();
    expect(stdout.text).toBe('{"a":1}\n[\n  {\n    "b": "ä\\n"\n  }\n]\n');
    expect(stderr.text).toBe('beside\n');
  });
});
