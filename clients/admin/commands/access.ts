import type { Command } from 'commander';
import { orThrow, UnauthenticatedError } from '../../typescript/index.ts';
import { leaf, type Kit } from '../kit.ts';
import { moment } from '../options.ts';
import { shortTime } from '../text/short-time.ts';

const keepIt = 'Keep it now: it is not shown again.';

export function addAccess(program: Command, kit: Kit): void {
  const token = program.command('token').description('access tokens: keys to the API');
  leaf(token, 'list', 'your tokens, newest first; their texts are not kept anywhere', ['exemplar token list'])
    .option('--all', 'also those that were revoked')
    .action(
      kit.act(async ({ exemplar, output }, { all }: { all?: boolean }) => {
        const viewer = await exemplar.access.viewer();
        if (!viewer) throw new UnauthenticatedError('There is no access token.');
        const tokens = viewer.accessTokens.filter(({ revokedAt }) => all || !revokedAt);
        output.result(tokens, () =>
          output.table(
            ['name', 'made', 'last used', 'expires', 'revoked', 'for', 'id'],
            tokens.map((one) => [
              one.name,
              shortTime(one.createdAt),
              shortTime(one.lastUsedAt),
              shortTime(one.expiresAt),
              shortTime(one.revokedAt),
              one.deploymentId ?? 'everything',
              one.id,
            ]),
            7,
          ),
        );
      }),
    );
  leaf(token, 'create', 'make a token; its text goes to stdout, this once', [
    'exemplar token create "nightly script" --expires 2027-01-01',
    'TOKEN=$(exemplar token create ci)',
  ])
    .argument('<name>', 'what it is for')
    .option('--user <id>', 'for whom; left out = you. Administrators')
    .option('--expires <time>', 'from then on it is refused; left out = never', moment)
    .action(
      kit.act(async ({ exemplar, output }, name: string, { user, expires }: { user?: string; expires?: string }) => {
        const made = await orThrow(exemplar.access.createToken({ name, userId: user, expiresAt: expires }));
        output.result(made, () => [made.token]);
        output.note(keepIt);
      }),
    );
  leaf(token, 'revoke', 'refuse a token from now on', ['exemplar token revoke "nightly script"'])
    .argument('<token>', 'name of one of yours, or id')
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string) => {
        const id = asked.startsWith('AccessToken_') ? asked : (await find.accessToken(asked)).id;
        const revoked = await orThrow(exemplar.access.revokeToken(id));
        output.result(revoked, () => [`${revoked.name} is revoked.`]);
      }),
    );

  const user = program.command('user').description('users, who hold tokens and have roles in projects');
  leaf(user, 'create', 'make a user, and with --token a token for them; administrators', [
    'exemplar user create anna',
    'exemplar user create robot --token "nightly script"',
  ])
    .argument('<name>', 'unique, 1 to 100 characters')
    .option('--administrator', 'may do everything in every project')
    .option('--token <name>', 'also make a token of this name and print its text')
    .action(
      kit.act(async ({ exemplar, output }, name: string, options: { administrator?: boolean; token?: string }) => {
        const made = await orThrow(exemplar.access.createUser({ name, isAdministrator: options.administrator }));
        if (options.token === undefined)
          return output.result(made, () => [
            `Made ${made.name} (${made.id}).`,
            `A token for them: exemplar token create NAME --user ${made.id}; a role: exemplar project member PROJECT ${made.id} editor`,
          ]);
        const { token, accessToken } = await orThrow(
          exemplar.access.createToken({ name: options.token, userId: made.id }),
        );
        output.result({ ...made, token, accessToken }, () => [token]);
        output.note(`Made ${made.name} (${made.id}). ${keepIt}`);
      }),
    );
}
