import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphQLError, parse, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { z } from 'zod';
import { ConfigError } from '#core/platform/config.ts';
import type { Log } from '#core/platform/log.ts';
import { schema } from '#schema/index.ts';

/** What names a document in a request: its text, or its SHA-256 as Apollo's clients or as GraphQL over HTTP send it. */
export interface DocumentParams {
  readonly query?: string | null | undefined;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/** Finds the document that a request means. @throws {GraphQLError} for one that is not trusted. */
export type FindDocument = (params: DocumentParams) => string;

const manifestSchema = z.record(z.string().regex(/^(sha256:)?[0-9a-f]{64}$/), z.string().min(1));

/** Without trusted documents every document may run, and comes as text. */
export const anyDocument: FindDocument = ({ query }) => query ?? '';

/**
 * The documents that may run, from a manifest (JSON: SHA-256, with or without `sha256:` before it, to document, as GraphQL Code Generator
 * writes it) or a folder of manifests and `.graphql` files. Those that do not fit the contract are told in the log.
 * @throws {ConfigError} when something there cannot be read.
 */
export async function loadTrustedDocuments(path: string, log: Log): Promise<FindDocument> {
  const byHash = new Map<string, string>();
  for (const file of await filesOf(path)) {
    try {
      for (const [hash, text] of await documentsOf(file)) {
        const errors = validate(schema, parse(text));
        if (errors.length > 0)
          log.warn({ file, hash, errors: errors.map(({ message }) => message) }, 'a trusted document cannot run');
        byHash.set(hash, text);
      }
    } catch (error) {
      throw unreadable(file, error);
    }
  }
  if (byHash.size === 0) throw new ConfigError([`EXEMPLAR_TRUSTED_DOCUMENTS: ${path} holds no document`]);
  const texts = new Set(byHash.values());
  log.info({ documents: byHash.size }, 'only trusted documents run');
  return (params) => {
    if (params.query) {
      if (texts.has(params.query)) return params.query;
    } else {
      const text = byHash.get(hashOf(params) ?? '');
      if (text !== undefined) return text;
    }
    throw new GraphQLError('Only trusted documents run here, and this is none of them.', {
      extensions: { code: 'UNTRUSTED_DOCUMENT', http: { status: 400 } },
    });
  };
}

/** Puts the document of a request over HTTP in its place. */
export function trustedDocuments(find: FindDocument): Plugin {
  return {
    onParams: ({ params, setParams }) => setParams({ ...params, query: find(params) }),
  };
}

function hashOf({ documentId, extensions }: DocumentParams): string | undefined {
  const persisted = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)?.persistedQuery;
  const hash = documentId ?? persisted?.sha256Hash;
  return typeof hash === 'string' ? hash.replace(/^sha256:/, '') : undefined;
}

async function filesOf(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names.filter((name) => /\.(json|graphql)$/.test(name)).map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function documentsOf(file: string): Promise<[hash: string, text: string][]> {
  const content = await readFile(file, 'utf8');
  if (file.endsWith('.graphql')) return [[createHash('sha256').update(content).digest('hex'), content]];
  const manifest = manifestSchema.parse(JSON.parse(content));
  return Object.entries(manifest).map(([hash, text]) => [hash.replace(/^sha256:/, ''), text]);
}

const unreadable = (file: string, error: unknown): ConfigError =>
  new ConfigError([`EXEMPLAR_TRUSTED_DOCUMENTS: ${file} cannot be read: ${(error as Error).message}`]);
