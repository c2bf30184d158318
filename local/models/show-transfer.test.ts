import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Terminal } from '../demo/terminal.ts';
import { formatBytes } from '../../clients/admin/text/format-bytes.ts';
import { showTransfer } from './show-transfer.ts';
import { entryOf } from './testing/model-server.ts';
import { TransferRate } from './transfer-rate.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [13_964_571, '14.0 MB'],
    [1_250_000_000, '1.25 GB'],
  ])('writes %i as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('TransferRate', () => {
  it('knows nothing before the first bytes, and counts only those that came since', () => {
    const rate = new TransferRate(500, 0);
    expect([rate.bytesPerSecond, rate.etaSeconds(1000)]).toEqual([undefined, null]);
    rate.note(600, 1000);
    expect([rate.bytesPerSecond, rate.etaSeconds(1000)]).toEqual([100, 4]);
  });

  it('follows a change without jumping', () => {
    const rate = new TransferRate(0, 0);
    rate.note(100, 1000);
    rate.note(1100, 2000);
    expect(rate.bytesPerSecond).toBeGreaterThan(200);
    expect(rate.bytesPerSecond).toBeLessThan(400);
    for (let second = 3; second <= 40; second++) rate.note(second * 1000, second * 1000);
    expect(rate.bytesPerSecond).toBeCloseTo(1000, -1);
  });

  it('begins anew when the download does', () => {
    const rate = new TransferRate(0, 0);
    rate.note(1000, 1000);
    rate.note(0, 2000);
    expect(rate.bytesPerSecond).toBeUndefined();
    rate.note(50, 3000);
    expect(rate.bytesPerSecond).toBe(50);
  });
});

describe('showTransfer', () => {
  const recordingStream = (isTTY: boolean) => {
    const written: string[] = [];
    return { isTTY, columns: 90, written, write: (text: string) => written.push(text) > 0 };
  };
  const entry = entryOf(Buffer.alloc(0), { name: 'resnet50', bytes: 100_000_000 });
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('draws a bar with amount, rate and time left on a terminal, and takes it away', () => {
    const live = recordingStream(true);
    const shown = showTransfer(new Terminal(recordingStream(true), live, {}), entry);
    shown.onBytes(0);
    vi.advanceTimersByTime(2000);
    shown.onBytes(25_000_000);
    expect(live.written.at(-1)).toMatch(/resnet50 +█+░+ +25\/100 MB 12\.5 MB\/s +6\.0 s left$/);
    shown.end();
    expect(live.written.at(-1)).toBe('\r\u001b[2K');
  });

  it('writes plain lines elsewhere, not one for each chunk', () => {
    const live = recordingStream(false);
    const shown = showTransfer(new Terminal(live, live, {}), entry);
    for (let bytes = 0; bytes <= 100_000_000; bytes += 1_000_000) {
      shown.onBytes(bytes);
      vi.advanceTimersByTime(250);
    }
    shown.end();
    expect(live.written[0]).toBe('  resnet50: 0/100 MB\n');
    expect(live.written.at(-1)).toBe('  resnet50: 100/100 MB 4.0 MB/s\n');
    expect(live.written.length).toBeLessThan(6);
    expect(live.written.join('')).not.toContain('\u001b');
  });
});
