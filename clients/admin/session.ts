import type { Finder } from './finder.ts';
import type { Output } from './output.ts';
import type { Settings } from './settings.ts';
import type { Exemplar } from '../typescript/index.ts';

/** What a command works with. */
export interface Session {
  readonly exemplar: Exemplar;
  readonly find: Finder;
  readonly output: Output;
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Said when the command is ended by Ctrl-C: what goes on without it. */
  onInterrupt: string | undefined;
}
