import { describe, expect, it } from 'vitest';
import { Terminal } from './terminal.ts';

/** A stream that keeps what is written. */
function recordingStream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) > 0 };
}
const learning = { label: 'learning', done: 3, total: 40, unit: 'epochs', etaSeconds: 12.4 };

describe('the terminal', () => {
  it('should take the bar away for a line and draw it again below', () => {
    const [text, live] = [recordingStream(true), recordingStream(true)];
    const terminal = new Terminal(text, live, {});
    terminal.progress(learning);
    terminal.line('epoch 3');
    terminal.endProgress();
    expect(text.written).toEqual(['epoch 3\n']);
    expect(live.written.map((chunk) => chunk.includes('learning'))).toEqual([true, false, true, false]);
  });

  it('should write progress as few plain lines where there is no terminal', () => {
    const [text, live] = [recordingStream(false), recordingStream(false)];
    const terminal = new Terminal(text, live, {});
    for (let done = 1; done <= 40; done++) terminal.progress({ ...learning, done });
    terminal.progress({ ...learning, done: 40 });
    expect(live.written).toEqual(['  learning: 1/40 epochs, 12 s left\n', '  learning: 40/40 epochs\n']);
  });

  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, false],
  ])('should colour on a terminal (%j) with %j: %j', (isTTY, environment, isColoured) => {
    const terminal = new Terminal(recordingStream(isTTY), recordingStream(isTTY), environment);
    expect(terminal.bold('x') !== 'x').toBe(isColoured);
  });
});
