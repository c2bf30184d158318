import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const adopterPath = fileURLToPath(new URL('../worker/adopter.ts', import.meta.url));
const patienceMilliseconds = 10 * 60_000;

/** What its owner knows of a model; left out = found or assumed. */
export interface OwnersWord {
  readonly name: string;
  readonly licence?: string;
  /** Name of the file in the folder. @default 'model.onnx' */
  readonly file?: string;
  /** Pixels of a side. */
  readonly size?: number;
  /** Per channel, in 0..1. */
  readonly mean?: readonly [number, number, number];
  readonly std?: readonly [number, number, number];
  readonly resize?: 'cover' | 'fill';
  /** Value of the graph that describes a picture. */
  readonly output?: string;
}

const endSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('adopted'),
    name: z.string(),
    inputSize: z.number(),
    dimension: z.number(),
    parameters: z.number(),
    millisecondsPerPicture: z.number(),
    trainable: z.enum(['WHOLE', 'SUFFIX', 'HEAD']),
    frozenOperators: z.array(z.string()),
    remarks: z.array(z.string()),
  }),
  z.object({ type: z.literal('refused'), message: z.string() }),
]);
type End = z.output<typeof endSchema>;
/** What the model turned out to be. */
export type AdoptedFile = Extract<End, { type: 'adopted' }>;

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
  word: OwnersWord,
  options: { readonly signal?: AbortSignal; readonly patienceMilliseconds?: number } = {},
): Promise<AdoptedFile> {
  const { signal } = options;
  signal?.throwIfAborted();
  const child = fork(adopterPath, [file, folder, JSON.stringify(word)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: options.patienceMilliseconds ?? patienceMilliseconds,
    killSignal: 'SIGKILL',
  });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill);
  let end: unknown;
  let stderr = '';
  child.on('message', (message) => {
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
  const parsed = endSchema.safeParse(end);
  if (!parsed.success) throw new AdoptionRefusedError(describeDeath(how, stderr));
  if (parsed.data.type === 'refused') throw new AdoptionRefusedError(parsed.data.message);
  return parsed.data;
}

function describeDeath(how: string, stderr: string): string {
  if (how === 'SIGKILL')
    return 'The model did not answer in time, or took more memory than there is: it cannot be used.';
  const reason = stderr.match(/^\w*Error: .*/m)?.[0] ?? '';
  return `The model brought down the process that tried it (${how})${reason && `: ${reason}`}.`;
}
