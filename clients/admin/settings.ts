import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from './exit-codes.ts';

export const defaultUrl = 'http://127.0.0.1:4000';

export interface Settings {
  readonly url: string;
  /** Undefined = nobody has logged in. */
  readonly token: string | undefined;
  /** Where each came from, for `doctor`. */
  readonly urlFrom: string;
  readonly tokenFrom: string;
}

interface Login {
  readonly url: string;
  readonly token: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where `login` keeps url and token: `$XDG_CONFIG_HOME/exemplar/login.json`. */
export function loginPath(environment: Environment): string {
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'exemplar', 'login.json');
}

/**
 * Which server, as whom: EXEMPLAR_URL and EXEMPLAR_TOKEN, then what `login` has kept. A kept token goes to the server that it was kept for
 * and to no other. @throws {UsageError} when the file is damaged.
 */
export async function readSettings(environment: Environment): Promise<Settings> {
  const login = await readLogin(environment);
  const path = loginPath(environment);
  const url = environment['EXEMPLAR_URL'] || login?.url || defaultUrl;
  const urlFrom = environment['EXEMPLAR_URL'] ? 'EXEMPLAR_URL' : login ? path : 'the default';
  if (environment['EXEMPLAR_TOKEN'])
    return { url, urlFrom, token: environment['EXEMPLAR_TOKEN'], tokenFrom: 'EXEMPLAR_TOKEN' };
  if (login?.url === url) return { url, urlFrom, token: login.token, tokenFrom: path };
  const tokenFrom = login ? `nowhere (the one in ${path} is for ${login.url})` : 'nowhere';
  return { url, urlFrom, token: undefined, tokenFrom };
}

async function readLogin(environment: Environment): Promise<Login | undefined> {
  const path = loginPath(environment);
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    const { url, token } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (typeof url === 'string' && typeof token === 'string') return { url, token };
  } catch {
    // Said below.
  }
  throw new UsageError(`${path} is damaged; log in anew with \`exemplar login\`, or delete it.`);
}

/** Keeps it for the next calls, readable by nobody else. Returns the path. */
export async function writeLogin(environment: Environment, login: Login): Promise<string> {
  const path = loginPath(environment);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // A new file: one that is there could be readable by others, or lose its content halfway.
  const draft = `${path}.${process.pid}`;
  await rm(draft, { force: true });
  await writeFile(draft, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
  return path;
}

/** Returns the path. */
export async function deleteLogin(environment: Environment): Promise<string> {
  const path = loginPath(environment);
  await rm(path, { force: true });
  return path;
}
