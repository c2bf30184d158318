import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SessionPriority } from './session-priority.ts';

const hasGroups = existsSync('/proc/self/autogroup');

test.runIf(hasGroups)(
  'a session comes after others while it gets its part, and as they do once it is crowded out',
  async () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { detached: true, stdio: 'ignore' });
    try {
      // However crowded this machine is.
      const priority = new SessionPriority(child.pid!, { leastShare: 0.001 });
      const niceness = (hasWork: boolean): number => {
        priority.look(hasWork);
        return Number(/nice (-?\d+)/.exec(readFileSync(`/proc/${child.pid!}/autogroup`, 'utf8'))![1]);
      };
      const looks = { interval: 120, timeout: 20_000 };
      expect(niceness(false)).toBe(0);
      await expect.poll(() => niceness(true), looks).toBe(15);
      child.kill('SIGSTOP');
      expect(niceness(false)).toBe(15);
      await expect.poll(() => niceness(true), looks).toBe(0);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  },
);

test('a process that is gone is left alone', () => {
  const priority = new SessionPriority(2 ** 22 + 1);
  priority.look(true);
  expect(() => priority.look(true)).not.toThrow();
});
