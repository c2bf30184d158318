import type { Command } from 'commander';
import { orThrow, type User } from '../../typescript/index.ts';
import { UsageError } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import { shortTime } from '../text/short-time.ts';

interface ListOptions {
  readonly contains?: string;
  readonly administrators?: boolean;
  readonly disabled?: boolean;
}

interface UpdateOptions {
  readonly name?: string;
  readonly administrator?: boolean;
}

const kindOf = ({ isAdministrator, disabledAt }: User): string =>
  `${isAdministrator ? 'administrator' : 'user'}${disabledAt === null ? '' : ', disabled'}`;

export function addUsers(program: Command, kit: Kit): void {
  const user = program.command('user').description('users, who hold tokens and have roles in projects; administrators');
  leaf(user, 'list', 'all users, by name', ['exemplar user list', 'exemplar user list --administrators'])
    .option('--contains <text>', 'only those whose name holds it, in any case')
    .option('--administrators', 'only administrators')
    .option('--disabled', 'only those who are disabled')
    .action(
      kit.act(async ({ exemplar, output }, { contains, administrators, disabled }: ListOptions) => {
        const filter = { nameContains: contains, isAdministrator: administrators, isDisabled: disabled };
        const users = await exemplar.access.users(filter).toArray();
        output.result(users, () =>
          output.table(
            ['name', 'is', 'made', 'id'],
            users.map((one) => [one.name, kindOf(one), shortTime(one.createdAt), one.id]),
            4,
          ),
        );
      }),
    );
  leaf(user, 'show', "a user's roles in projects and tokens", ['exemplar user show anna'])
    .argument('<user>', 'name or id')
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string) => {
        const found = await find.user(asked);
        const details = await exemplar.access.user(found.id);
        output.result(details, () => [
          `${found.name}  ${kindOf(found)}  ${found.id}`,
          '',
          ...output.table(
            ['project', 'role', 'id'],
            details!.memberships.map((one) => [one.projectName, one.role, one.projectId]),
            3,
          ),
          '',
          ...output.table(
            ['token', 'scope', 'last used', 'expires', 'revoked', 'id'],
            details!.accessTokens.map((one) => [
              one.name,
              one.scope,
              shortTime(one.lastUsedAt),
              shortTime(one.expiresAt),
              shortTime(one.revokedAt),
              one.id,
            ]),
            6,
          ),
        ]);
      }),
    );
  leaf(user, 'create', 'make a user, and with --token a token for them', [
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
        output.note(`Made ${made.name} (${made.id}). Keep it now: it is not shown again.`);
      }),
    );
  leaf(user, 'update', 'rename a user, make them an administrator or take that away', [
    'exemplar user update anna --administrator',
    'exemplar user update anna --name "anna b" --no-administrator',
  ])
    .argument('<user>', 'name or id')
    .option('--name <name>', 'the new name')
    .option('--administrator', 'may do everything in every project')
    .option('--no-administrator', 'is an ordinary user from now on')
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string, { name, administrator }: UpdateOptions) => {
        if (name === undefined && administrator === undefined) throw new UsageError('Say what to change.');
        const { id } = await find.user(asked);
        const input = { name, isAdministrator: administrator };
        const changed = await orThrow(exemplar.access.updateUser(id, input));
        output.result(changed, () => [`${changed.name} is: ${kindOf(changed)}.`]);
      }),
    );
  leaf(user, 'disable', 'refuse all tokens of a user from now on; what they made and their roles stay', [
    'exemplar user disable anna',
  ])
    .argument('<user>', 'name or id')
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string) => {
        const changed = await orThrow(exemplar.access.disableUser((await find.user(asked)).id));
        output.result(changed, () => [`${changed.name} is disabled. Back again: exemplar user enable ${changed.id}`]);
      }),
    );
  leaf(user, 'enable', 'let a user who was disabled in again', ['exemplar user enable anna'])
    .argument('<user>', 'name or id')
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string) => {
        const changed = await orThrow(exemplar.access.enableUser((await find.user(asked)).id));
        output.result(changed, () => [`${changed.name} is no longer disabled; their tokens are good as before.`]);
      }),
    );
}
