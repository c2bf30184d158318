import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Adopted, AdopterEnd } from './adopter-protocol.ts';
import type { AdoptionOptions } from './adoption-options.ts';

const adopterPath = fileURLToPath(new URL('./adopter.ts', import.meta.url));
const patienceMilliseconds = 10 * 60_000;

export type { Adopted } from './adopter-protocol.ts';
export type { AdoptionOptions } from './adoption-options.ts';

/** The file is no model that trainings could build on; the message says why. */
export class AdoptionRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AdoptionRefusedError';
  }
}

/**
 * Makes a base model folder (`base-model.json`, `model.onnx`, `adoption.json`) of an ONNX file. The file is tried in a process of its own:
 * it may crash whoever runs it, or never return.
 * @param folder is made; what is in it is overwritten. @throws {AdoptionRefusedError} @throws the signal's reason.
 */
export async function adoptFile(
  file: string,
  folder: string,
  word: AdoptionOptions,
  options: { readonly signal?: AbortSignal; readonly patienceMilliseconds?: number } = {},
): Promise<Adopted> {
  const { signal } = options;
  signal?.throwIfAborted();
  const child = fork(adopterPath, [file, folder, JSON.stringify(word)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: options.patienceMilliseconds ?? patienceMilliseconds,
    killSignal: 'SIGKILL',
  });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill);
  let end: AdopterEnd | undefined;
  let stderr = '';
  child.on('message', (message: AdopterEnd) => {
    end = message;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000);
  });
  const how = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, killedBy) => resolve(killedBy ?? `code ${code}`));
  });
  signal?.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (!end) throw new AdoptionRefusedError(describeDeath(how, stderr));
  if (end.type === 'refused') throw new AdoptionRefusedError(end.message);
  return end;
}

function describeDeath(how: string, stderr: string): string {
  if (how === 'SIGKILL')
    return 'The model did not answer in time, or took more memory than there is: it cannot be used.';
  const reason = stderr.match(/^\w*Error: .*/m)?.[0] ?? '';
  return `The model brought down the process that tried it (${how})${reason && `: ${reason}`}.`;
}
