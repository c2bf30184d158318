import type { CatalogueEntry } from '#engine/base-models/catalogue.ts';
import { formatBytes } from '../../clients/admin/text/format-bytes.ts';
import { addressOf, modelFiles, modelsCommand } from './model-files.ts';

export type ModelsErrorCode =
  | 'UNKNOWN_MODEL'
  | 'UNREACHABLE'
  | 'HTTP_ERROR'
  | 'UNSAFE_REDIRECT'
  | 'WRONG_SIZE'
  | 'WRONG_CHECKSUM'
  | 'DISK_FULL'
  | 'FOLDER_UNUSABLE'
  | 'NOT_PLACED_HERE'
  | 'UNUSABLE'
  | 'NAME_TAKEN'
  | 'INTERRUPTED';

/** What a person can cause or repair while base models are fetched, checked or removed; the message says what to do. */
export abstract class ModelsError extends Error {
  abstract readonly code: ModelsErrorCode;
}

/** The catalogue has no such model; the message lists those it has. */
export class UnknownModelError extends ModelsError {
  readonly code = 'UNKNOWN_MODEL';
  constructor(unknown: readonly string[], known: readonly string[]) {
    super(`The catalogue has no model ${unknown.join(', ')}. It has ${known.join(', ')}.`);
    this.name = 'UnknownModelError';
  }
}

/** What is fetched, and where it goes. */
export interface Target {
  readonly entry: CatalogueEntry;
  readonly directory: string;
  readonly mirror: string | undefined;
}

/** No connection, or it was lost again and again. What came stays for the next pull. */
export class UnreachableError extends ModelsError {
  readonly code = 'UNREACHABLE';
  constructor(target: Target, receivedBytes: number, reason: string, options?: ErrorOptions) {
    const { entry } = target;
    const kept = `${formatBytes(receivedBytes)} of ${formatBytes(entry.bytes)} are here; the next pull goes on from there. `;
    super(
      `${entry.name} could not be fetched from ${shown(target)}: ${reason}.\n${receivedBytes > 0 ? kept : ''}${otherWays(target)}`,
      options,
    );
    this.name = 'UnreachableError';
  }
}

/** The server answered, but not with the file. */
export class HttpError extends ModelsError {
  readonly code = 'HTTP_ERROR';
  readonly status: number;
  constructor(target: Target, status: number) {
    super(`${target.entry.name}: ${shown(target)} answered with HTTP status ${status}.\n${otherWays(target)}`);
    this.name = 'HttpError';
    this.status = status;
  }
  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    return this.status >= 500 || this.status === 408 || this.status === 429;
  }
}

/** The server sends us on to an address without encryption, or round in circles. */
export class UnsafeRedirectError extends ModelsError {
  readonly code = 'UNSAFE_REDIRECT';
  constructor(from: string, to: string, reason: string) {
    super(`${withoutSecrets(from)} redirects to ${withoutSecrets(to)}, which is not followed: ${reason}.`);
    this.name = 'UnsafeRedirectError';
  }
}

/** The server offers a file of another size than the catalogue names; nothing was placed. */
export class WrongSizeError extends ModelsError {
  readonly code = 'WRONG_SIZE';
  constructor(target: Target, found: string) {
    const { entry } = target;
    super(
      `${entry.name}: ${shown(target)} offers ${found}, and the catalogue says ${entry.bytes} bytes. Nothing was placed. The address may lead to another version, to a Git LFS pointer or to a page of a proxy.\n${otherWays(target)}`,
    );
    this.name = 'WrongSizeError';
  }
}

/** The whole file came, and it is another one; it was deleted. */
export class WrongChecksumError extends ModelsError {
  readonly code = 'WRONG_CHECKSUM';
  constructor(target: Target, sha256: string) {
    const { entry } = target;
    super(
      `${entry.name}: what ${shown(target)} sent has the SHA-256 ${sha256}, and the catalogue says ${entry.sha256}. It was deleted, nothing was placed: the file was changed there or on the way.\n${otherWays(target)}`,
    );
    this.name = 'WrongChecksumError';
  }
}

/** The disk has no room for the rest of the file. */
export class DiskFullError extends ModelsError {
  readonly code = 'DISK_FULL';
  constructor({ entry, directory }: Target, room: string) {
    super(
      `${entry.name} needs ${formatBytes(entry.bytes)} in ${directory}, which has ${room}. Free some, or choose another folder with EXEMPLAR_MODELS.`,
    );
    this.name = 'DiskFullError';
  }
}

/** The folder of models cannot be made, read or written. */
export class FolderUnusableError extends ModelsError {
  readonly code = 'FOLDER_UNUSABLE';
  constructor(directory: string, cause: Error) {
    super(
      `The folder ${directory} cannot hold base models (${cause.message}). Make it a folder that this user may write to, or choose another with EXEMPLAR_MODELS.`,
      { cause },
    );
    this.name = 'FolderUnusableError';
  }
}

/** There is a file that this command did not place, so that it neither overwrites nor removes it. */
export class NotPlacedHereError extends ModelsError {
  readonly code = 'NOT_PLACED_HERE';
  constructor(name: string, file: string) {
    super(`${name}: ${file} was not placed by this command, so it is left alone. Move it away, or remove it yourself.`);
    this.name = 'NotPlacedHereError';
  }
}

/** The bytes are right, but no training can build on them. */
export class UnusableModelError extends ModelsError {
  readonly code = 'UNUSABLE';
  constructor(name: string, reason: string) {
    super(`${name}: no training can build on this model. ${reason}`);
    this.name = 'UnusableModelError';
  }
}

/** There is a model of that name. */
export class NameTakenError extends ModelsError {
  readonly code = 'NAME_TAKEN';
  constructor(name: string, folder: string) {
    super(`${name}: there is ${folder} already. Remove it, or choose another name with --name.`);
    this.name = 'NameTakenError';
  }
}

/** Stopped by the person; the part stays. */
export class InterruptedError extends ModelsError {
  readonly code = 'INTERRUPTED';
  constructor({ entry, directory }: Target, receivedBytes: number) {
    super(
      `${entry.name}: stopped at ${formatBytes(receivedBytes)} of ${formatBytes(entry.bytes)}, which stay in ${modelFiles(directory, entry.name).part}. To go on: ${modelsCommand} pull ${entry.name}`,
    );
    this.name = 'InterruptedError';
  }
}

/** The two ways to a model without its address. */
function otherWays({ entry, directory }: Target): string {
  const { model } = modelFiles(directory, entry.name);
  return `Where this machine cannot reach that address, set EXEMPLAR_MODELS_MIRROR=URL to a mirror that has the file as ${addressOf(entry, 'URL')}, or copy the file (${entry.bytes} bytes, SHA-256 ${entry.sha256}) to ${model} and run ${modelsCommand} pull ${entry.name}, which then checks it without any network.`;
}

const shown = ({ entry, mirror }: Target): string => withoutSecrets(addressOf(entry, mirror));

/** An address for people: without user, password and query, where signatures stand. */
function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return JSON.stringify(address);
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
