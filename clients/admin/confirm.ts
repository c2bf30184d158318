import { UsageError } from './exit-codes.ts';

/** Asks on a terminal; elsewhere `--yes` must have said so. @throws {UsageError} */
export async function confirm(question: string, isConfirmed: boolean | undefined): Promise<void> {
  if (isConfirmed) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsageError(`${question} Say --yes if so.`);
  // Loaded only where somebody is asked.
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({ message: question, initialValue: false, output: process.stderr });
  if (answer !== true) throw new UsageError('Nothing was done.');
}
