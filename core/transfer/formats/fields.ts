import type { Entry } from './entry.ts';
import type { TransferLabel, TransferSplit } from './item.ts';
import { splitOfWord } from './split-name.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A foreign value for a message: never long. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : Array.isArray(value)
      ? 'a list'
      : 'an object';
}

const absent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Text that a database and a file of UTF-8 can hold. */
const isSound = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Of a picture, mandatory. */
export function readSource(entry: Entry, value: unknown, field: string): string {
  if (absent(value)) return entry.spoil('MISSING_SOURCE', `${field} is missing: the entry names no picture.`);
  if (typeof value !== 'string' || !isSound(value))
    return entry.spoil('INVALID_SOURCE', `${field} is no usable text: ${shown(value)}.`);
  return value;
}

/** Of a label, mandatory. */
export function readLabelName(entry: Entry, value: unknown, field: string): string {
  if (typeof value !== 'string' || value.trim() === '' || !isSound(value))
    return entry.spoil(
      'INVALID_LABEL',
      `${field} is no usable name of a label: ${value == null ? 'nothing' : shown(value)}.`,
    );
  return value;
}

export function readSplit(entry: Entry, value: unknown, field: string): TransferSplit | null {
  if (absent(value)) return null;
  const split = typeof value === 'string' ? splitOfWord(value) : undefined;
  if (split === undefined)
    entry.note('UNKNOWN_SPLIT', `${field} is ${shown(value)}, which names no part; left undecided.`);
  return split ?? null;
}

/** 0 to 1, as a number or as its text. */
export function readConfidence(entry: Entry, value: unknown, field: string): number | undefined {
  if (absent(value)) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && number >= 0 && number <= 1) return number;
  entry.note('INVALID_DETAIL', `${field} is ${shown(value)}, not a number from 0 to 1; left out.`);
  return undefined;
}

/** `true`, `"True"`, `1`, `"1"` and their opposites. */
export function readFlag(entry: Entry, value: unknown, field: string): boolean | undefined {
  if (absent(value)) return undefined;
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (word === true || word === 'true' || word === 1 || word === '1') return true;
  if (word === false || word === 'false' || word === 0 || word === '0') return false;
  entry.note('INVALID_DETAIL', `${field} is ${shown(value)}, neither true nor false; left out.`);
  return undefined;
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:?\d{2})?$/;

/** `2019-03-30 17:22:35`, ISO 8601 with or without zone; without one it is UTC. Finer than milliseconds is cut off. */
export function readInstant(entry: Entry, value: unknown, field: string): Date | undefined {
  if (absent(value)) return undefined;
  const match = typeof value === 'string' ? instantPattern.exec(value.trim()) : null;
  if (match) {
    const [, day, time, fraction = '0', zone = 'Z'] = match;
    const instant = new Date(`${day}T${time}.${fraction.padEnd(3, '0')}${zone.replace(/(\d{2})(\d{2})$/, '$1:$2')}`);
    // 30 February would quietly become 2 March.
    const midnight = new Date(`${day}T00:00:00Z`);
    if (!Number.isNaN(instant.getTime()) && midnight.toISOString().startsWith(day!)) return instant;
  }
  entry.note('INVALID_DETAIL', `${field} is ${shown(value)}, not a point in time; left out.`);
  return undefined;
}

/** Who made an annotation; anything but text is left out. */
export function readAnnotator(entry: Entry, value: unknown, field: string): string | undefined {
  if (absent(value)) return undefined;
  if (typeof value === 'string' && isSound(value)) return value;
  entry.note('INVALID_DETAIL', `${field} is ${shown(value)}, not a name; left out.`);
  return undefined;
}

export function makeLabel(
  name: string,
  details: {
    annotatedBy?: string | undefined;
    confidence?: number | undefined;
    createdAt?: Date | undefined;
  } = {},
): TransferLabel {
  const { annotatedBy, confidence, createdAt } = details;
  return {
    name,
    ...(annotatedBy !== undefined && { annotatedBy }),
    ...(confidence !== undefined && { confidence }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/** Each name once, as it was said first. */
export function uniqueLabels(labels: Iterable<TransferLabel>): TransferLabel[] {
  const byName = new Map<string, TransferLabel>();
  for (const label of labels) if (!byName.has(label.name)) byName.set(label.name, label);
  return [...byName.values()];
}
