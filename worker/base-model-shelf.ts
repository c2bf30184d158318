import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseModelFiles, cardFile } from '#core/base-models/base-model-files.ts';
import {
  findBaseModel,
  offerBaseModels,
  withdrawBaseModels,
  type BaseModelOffer,
} from '#core/base-models/base-models.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { Preference } from '#core/trainings/training-facts.ts';
import { BaseModelError, OnnxFormatError, shippedBaseModels } from '#engine/index.ts';
import { offerOf } from './base-model-offer.ts';

const shippedFolder = fileURLToPath(new URL('../engine/base-models', import.meta.url));
interface Shelved {
  readonly directory: string;
  /** Of the card, by which a changed one is noticed. */
  readonly changedAt: number;
  readonly offer: BaseModelOffer;
}

/** The base models that this worker can train on: those that ship and those in the models folder, which may change while it runs. */
export class BaseModelShelf {
  readonly #platform: Platform;
  #shelved = new Map<string, Shelved>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Looks through the folders, offers what is there and withdraws what is there no more. What cannot be used is told in the log and left out. */
  async look(): Promise<void> {
    const { config } = this.#platform;
    const found = new Map<string, Shelved>();
    // One of the models folder takes the place of a shipped one of the same name.
    for (const directory of await foldersOf(shippedFolder)) await this.#shelve(found, directory, 'SHIPPED');
    for (const directory of await foldersOf(config.models.directory)) await this.#shelve(found, directory, 'INSTALLED');
    if (config.baseModelDirectory !== undefined) await this.#shelve(found, config.baseModelDirectory, 'INSTALLED');
    const gone = [...this.#shelved.keys()].filter((name) => !found.has(name));
    this.#shelved = found;
    // Another worker that still has one offers it again when it looks next.
    await withdrawBaseModels(this.#platform, gone);
    await offerBaseModels(
      this.#platform,
      [...found.values()].map(({ offer }) => offer),
    );
  }

  /**
   * @param name as in the training config; null = the one of `EXEMPLAR_BASE_MODEL`, or else the one that suits the preference.
   * @returns undefined when this worker does not have it.
   */
  async directoryOf(name: string | null, preference: Preference): Promise<string | undefined> {
    if (name === null && this.#platform.config.baseModelDirectory !== undefined)
      return this.#platform.config.baseModelDirectory;
    const wanted = name ?? shippedBaseModels[preference];
    const uploaded = await this.#fetchUploaded(wanted);
    if (uploaded !== undefined) return uploaded;
    if (!this.#shelved.has(wanted)) await this.look();
    return this.#shelved.get(wanted)?.directory;
  }

  /** Uploaded base models lie in the object store; each worker keeps those it has needed. */
  async #fetchUploaded(name: string): Promise<string | undefined> {
    const { config, db, objects } = this.#platform;
    const row = await findBaseModel(db, name);
    if (row?.objectPrefix == null) return undefined;
    const shelf = join(config.dataDirectory, 'base-models');
    const directory = join(shelf, row.sha256.toString('hex'));
    if (await hasCard(directory)) return directory;
    const draft = join(shelf, `draft-${randomUUID()}`);
    await mkdir(draft, { recursive: true });
    try {
      for (const file of baseModelFiles)
        await writeFile(join(draft, file), await objects.get(`${row.objectPrefix}${file}`));
      // Another training may have been faster.
      await rename(draft, directory).catch(async (error) => {
        if (!(await hasCard(directory))) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return directory;
  }

  async #shelve(found: Map<string, Shelved>, directory: string, source: BaseModelOffer['source']): Promise<void> {
    try {
      const changedAt = (await stat(join(directory, cardFile))).mtimeMs;
      const known = [...this.#shelved.values()].find((each) => each.directory === directory);
      const shelved =
        known?.changedAt === changedAt ? known : { directory, changedAt, offer: await offerOf(directory, source) };
      found.set(shelved.offer.name, shelved);
    } catch (error) {
      if (!(error instanceof BaseModelError || error instanceof OnnxFormatError)) throw error;
      this.#platform.log.warn({ err: error, directory }, 'a base model cannot be used');
    }
  }
}

const hasCard = (directory: string) =>
  stat(join(directory, cardFile)).then(
    () => true,
    () => false,
  );

/** Folders with a card; none where there is no such folder. */
async function foldersOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  const carded = await Promise.all(folders.map(hasCard));
  return folders.filter((_, at) => carded[at]).sort();
}
