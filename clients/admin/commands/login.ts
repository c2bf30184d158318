import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { UnauthenticatedError } from '../../typescript/index.ts';
import { UsageError } from '../exit-codes.ts';
import { leaf, openExemplar, type Kit } from '../kit.ts';
import { deleteLogin, writeLogin } from '../settings.ts';

export function addLogin(program: Command, kit: Kit): void {
  leaf(program, 'login', 'keep the address of a server and an access token for the commands to come', [
    'exemplar login                                   # asks for the token',
    'echo "$TOKEN" | exemplar login https://exemplar.example.org',
  ])
    .argument('[url]', 'where the server is; default: EXEMPLAR_URL, the last login, else http://127.0.0.1:4000')
    .action(
      kit.act(async ({ output, environment, settings }, url: string = settings.url) => {
        const token = (await readToken()).trim();
        if (token === '') throw new UsageError('No token was given.');
        const exemplar = openExemplar({ url, token }, environment);
        try {
          const viewer = await exemplar.access.viewer();
          if (!viewer) throw new UnauthenticatedError('The server does not know this token.');
          const path = await writeLogin(environment, { url, token });
          output.result({ url, user: viewer.user, file: path }, () => [
            `Logged in to ${url} as ${viewer.user.name}. Kept in ${path}, readable by you alone.`,
          ]);
          if (environment['EXEMPLAR_TOKEN']) output.note('EXEMPLAR_TOKEN is set and wins over it.');
        } finally {
          exemplar.close();
        }
      }),
    );
  leaf(program, 'logout', 'forget what login has kept; the token itself stays good (see `token revoke`)', [
    'exemplar logout',
  ]).action(
    kit.act(async ({ output, environment }) => {
      const file = await deleteLogin(environment);
      output.result({ file }, () => [`${file} is gone.`]);
    }),
  );
  leaf(program, 'whoami', 'who the access token belongs to', ['exemplar whoami']).action(
    kit.act(async ({ exemplar, output, settings }) => {
      const viewer = await exemplar.access.viewer();
      if (!viewer) throw new UnauthenticatedError('There is no access token.');
      const { user } = viewer;
      output.result({ url: settings.url, user }, () => [
        `${user.name}${user.isAdministrator ? ' (administrator)' : ''} at ${settings.url}`,
      ]);
    }),
  );
}

async function readToken(): Promise<string> {
  if (!process.stdin.isTTY) return text(process.stdin);
  const prompts = await import('@clack/prompts');
  const answer = await prompts.password({ message: 'Access token (exm_...)', output: process.stderr });
  if (typeof answer !== 'string') throw new UsageError('Nothing was done.');
  return answer;
}
