import { text } from 'node:stream/consumers';
import { UsageError } from './exit-codes.ts';

/** What stands on the command line, or with `-` the words of stdin. @throws {UsageError} when there are none. */
export async function readArguments(given: readonly string[]): Promise<string[]> {
  const isFromStdin = given.length === 1 && given[0] === '-';
  const words = isFromStdin ? (await text(process.stdin)).split(/\s+/).filter((word) => word !== '') : [...given];
  if (words.length === 0) throw new UsageError('There is nothing on stdin.');
  return words;
}
