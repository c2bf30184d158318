import type { Command } from 'commander';
import { orThrow, UnauthenticatedError } from '../../typescript/index.ts';
import { leaf, type Kit } from '../kit.ts';
import { enumOption, moment } from '../options.ts';
import { shortTime } from '../text/short-time.ts';

interface CreateOptions {
  readonly user?: string;
  readonly scope?: 'READ' | 'LABEL' | 'TRAIN' | 'ADMIN';
  readonly expires?: string;
}

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
            ['name', 'scope', 'made', 'last used', 'expires', 'revoked', 'for', 'id'],
            tokens.map((one) => [
              one.name,
              one.scope,
              shortTime(one.createdAt),
              shortTime(one.lastUsedAt),
              shortTime(one.expiresAt),
              shortTime(one.revokedAt),
              one.deploymentId ?? 'everything',
              one.id,
            ]),
            8,
          ),
        );
      }),
    );
  leaf(token, 'create', 'make a token; its text goes to stdout, this once', [
    'exemplar token create "nightly script" --scope train --expires 2027-01-01',
    'TOKEN=$(exemplar token create ci)',
  ])
    .argument('<name>', 'what it is for')
    .option('--user <user>', 'for whom, by name or id; left out = you. Administrators')
    .addOption(
      enumOption('--scope <scope>', 'what it may be used for at most; left out = admin', [
        'READ',
        'LABEL',
        'TRAIN',
        'ADMIN',
      ]),
    )
    .option('--expires <time>', 'from then on it is refused; left out = never', moment)
    .action(
      kit.act(async ({ exemplar, output, find }, name: string, { user, scope, expires }: CreateOptions) => {
        const userId = user === undefined || user.startsWith('User_') ? user : (await find.user(user)).id;
        const made = await orThrow(exemplar.access.createToken({ name, userId, scope, expiresAt: expires }));
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
}
