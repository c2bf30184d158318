import { readdir, readFile } from 'node:fs/promises';

/** Of clock_gettime(3) in `/proc/PID/stat`, the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * Processor seconds, user and system, that this process and all that descend from it have had so far, by the names of the programs (`node`,
 * `postgres`); this process itself is `self`. Children that have ended count with the one that waited for them. Linux only; resolution 10 ms.
 */
export async function processorTime(): Promise<Map<string, number>> {
  const all = new Map<number, { readonly parent: number; readonly name: string; readonly seconds: number }>();
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    const stat = Number.isInteger(pid) ? await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '') : '';
    // The name stands in brackets and may hold any character.
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
    if (name === undefined) continue;
    const fields = rest!.split(' ').map(Number);
    const ticks = fields[11]! + fields[12]! + fields[13]! + fields[14]!;
    all.set(pid, { parent: fields[1]!, name, seconds: ticks / ticksPerSecond });
  }
  const isOurs = (pid: number): boolean => pid === process.pid || (all.has(pid) && isOurs(all.get(pid)!.parent));
  const sums = new Map<string, number>();
  for (const [pid, { name, seconds }] of all)
    if (isOurs(pid)) {
      const key = pid === process.pid ? 'self' : name;
      sums.set(key, (sums.get(key) ?? 0) + seconds);
    }
  return sums;
}
