import { readCatalogue, type CatalogueEntry } from '#engine/base-models/catalogue.ts';
import type { Terminal } from '../demo/terminal.ts';
import { renderTable } from '../../clients/admin/text/text-table.ts';
import type { ModelsArguments } from './arguments.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { formatBytes } from '../../clients/admin/text/format-bytes.ts';
import { listModels, listOwnModels, type ListedModel } from './list-models.ts';
import { modelFiles } from './model-files.ts';
import { InterruptedError, ModelsError, UnknownModelError } from './models-error.ts';
import { pullModel, type PullOutcome } from './pull-model.ts';
import { describeBaseModel } from '../describe-base-model.ts';
import { addModel, type AddOptions } from './add-model.ts';
import { prepareModel } from './prepare-model.ts';
import { removeModel } from './remove-model.ts';
import { showTransfer } from './show-transfer.ts';
import { verifyModel, type VerifiedModel } from './verify-model.ts';

export interface ModelsRun {
  readonly options: ModelsArguments;
  readonly directory: string;
  readonly mirror: string | undefined;
  readonly terminal: Terminal;
  /** Writes the line of a model that failed. */
  readonly complain: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What happened: the object of `--json`, and the exit code. */
export interface ModelsReport {
  readonly json: unknown;
  readonly exitCode: number;
}

/** A model that could not be dealt with, while the others were. */
interface Failure {
  readonly name: string;
  readonly error: ModelsError;
}

/**
 * Does what the command line asks. One model that fails does not keep the others from being dealt with.
 * @throws {UnknownModelError} before anything was done @throws {CatalogueError}
 */
export async function runModels(run: ModelsRun): Promise<ModelsReport> {
  const { action, names, catalogue: file } = run.options;
  const catalogue = await readCatalogue(file);
  if (run.options.add) return add(run, run.options.add);
  const own = action === 'remove' ? await listOwnModels(run.directory, catalogue) : [];
  const unknown = names.filter((name) => !catalogue.some((entry) => entry.name === name) && !own.includes(name));
  if (unknown.length > 0)
    throw new UnknownModelError(
      unknown,
      catalogue.map(({ name }) => name),
    );
  const entries = catalogue.filter(({ name }) => names.includes(name));
  if (action === 'remove') return remove(run, names);
  if (action === 'list') return list(run, catalogue);
  if (action === 'verify') return verify(run, names.length > 0 ? entries : await present(run, catalogue));
  return pull(run, entries);
}

async function list({ directory, terminal }: ModelsRun, catalogue: readonly CatalogueEntry[]): Promise<ModelsReport> {
  const models = await listModels(directory, catalogue);
  const rows = models.map((model) => [
    model.entry.name,
    formatBytes(model.entry.bytes),
    `${(model.entry.multiplyAdds / 1e9).toFixed(1)} G`,
    model.entry.licence.spdx,
    stateInWords(model),
  ]);
  for (const line of renderTable(['model', 'size', 'multiply-adds', 'licence', 'state'], rows, terminal.columns))
    terminal.line(line);
  terminal.line();
  for (const { entry } of models) terminal.line(`${entry.name}: ${entry.goodFor}`);
  terminal.line();
  const own = await listOwnModels(directory, catalogue);
  if (own.length > 0) terminal.line(`Added: ${own.join(', ')}`);
  terminal.line(`Folder: ${directory}`);
  const json = {
    directory,
    own,
    models: models.map(({ entry, ...rest }) => ({ ...rest, ...entry, name: entry.name })),
  };
  return { json, exitCode: exitCodes.done };
}

function stateInWords({ state, bytesHere }: ListedModel): string {
  const words = {
    ABSENT: 'not here',
    PARTIAL: `${formatBytes(bytesHere)} here`,
    CHECKED: 'here, checked',
    UNCHECKED: 'here, not checked',
    DAMAGED: 'damaged',
  };
  return words[state];
}

async function present({ directory }: ModelsRun, catalogue: readonly CatalogueEntry[]): Promise<CatalogueEntry[]> {
  const models = await listModels(directory, catalogue);
  return models.filter(({ state }) => state !== 'ABSENT' && state !== 'PARTIAL').map(({ entry }) => entry);
}

async function verify({ directory, terminal }: ModelsRun, entries: readonly CatalogueEntry[]): Promise<ModelsReport> {
  const models: VerifiedModel[] = [];
  for (const entry of entries) {
    const verified = await verifyModel(directory, entry);
    models.push(verified);
    terminal.line(`${entry.name}: ${verified.state === 'RIGHT' ? 'right' : 'WRONG'}, ${verified.message}`);
  }
  if (entries.length === 0) terminal.line(`There are no models in ${directory}.`);
  const isRight = models.every(({ state }) => state === 'RIGHT');
  return { json: { directory, models }, exitCode: isRight ? exitCodes.done : exitCodes.wrongBytes };
}

async function pull(run: ModelsRun, entries: readonly CatalogueEntry[]): Promise<ModelsReport> {
  const { directory, mirror, terminal, signal } = run;
  const words: Record<PullOutcome, string> = {
    DOWNLOADED: 'fetched and checked',
    ALREADY_INSTALLED: 'was here already, checked',
    ADOPTED: 'was copied here, checked',
  };
  return each(
    run,
    entries,
    ({ name }) => name,
    async (entry) => {
      const shown = showTransfer(terminal, entry);
      try {
        const outcome = await pullModel({ entry, directory, mirror, signal, onBytes: shown.onBytes });
        shown.end();
        const file = modelFiles(directory, entry.name).model;
        terminal.line(`${entry.name}: ${words[outcome]}, ${formatBytes(entry.bytes)} in ${file}`);
        const adopted = await prepareModel(directory, entry, { signal, isNew: outcome !== 'ALREADY_INSTALLED' });
        for (const line of adopted ? describeBaseModel(adopted) : []) terminal.line(`  ${line}`);
        return {
          name: entry.name,
          outcome,
          file,
          bytes: entry.bytes,
          sha256: entry.sha256,
          ...(adopted && { adopted }),
        };
      } finally {
        shown.end();
      }
    },
  );
}

/** @throws {UsageError} for a name that is none. */
function add(run: ModelsRun, options: AddOptions): Promise<ModelsReport> {
  const { directory, terminal, signal } = run;
  return each(
    run,
    [options],
    ({ file }) => file,
    async () => {
      const adopted = await addModel(directory, options, signal);
      terminal.line(`${adopted.name}: workers offer it from now on; name it as baseModel in a training config.`);
      for (const line of describeBaseModel(adopted)) terminal.line(`  ${line}`);
      return adopted;
    },
  );
}

function remove(run: ModelsRun, names: readonly string[]): Promise<ModelsReport> {
  return each(
    run,
    names,
    (name) => name,
    async (name) => {
      const removed = await removeModel(run.directory, name);
      run.terminal.line(`${name}: ${removed.outcome === 'REMOVED' ? 'removed' : 'was not here'}`);
      return removed;
    },
  );
}

/** One after the other; the exit code is of the first that failed. */
async function each<Item>(
  { directory, complain }: ModelsRun,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  deal: (item: Item) => Promise<unknown>,
): Promise<ModelsReport> {
  const models: unknown[] = [];
  const failures: Failure[] = [];
  for (const item of items)
    try {
      models.push(await deal(item));
    } catch (error) {
      if (!(error instanceof ModelsError)) throw error;
      failures.push({ name: nameOf(item), error });
      complain(error.message);
      if (error instanceof InterruptedError) break;
    }
  const failed = failures.map(({ name, error }) => ({ name, code: error.code, message: error.message }));
  const [first] = failures;
  return { json: { directory, models, failed }, exitCode: first ? exitCodeOf(first.error) : exitCodes.done };
}
