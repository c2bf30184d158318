import type { Command } from 'commander';
import { orThrow, type DeployModelInput, type UpdateDeploymentInput } from '../../typescript/index.ts';
import { confirm } from '../confirm.ts';
import { addSettings, settingsOf, type SettingsOptions } from '../deployment-settings.ts';
import { candidateOf, describeDeployment as describe, stateOf } from '../describe-deployment.ts';
import { exitCodes, UsageError } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import { moment, projectOption, wholeNumber, yesOption } from '../options.ts';
import { shortTime } from '../text/short-time.ts';
import { waitForDeployment } from '../wait-for-deployment.ts';

interface OfProject {
  readonly project?: string;
}

interface UpdateOptions extends OfProject, SettingsOptions {
  readonly version?: string;
  readonly candidate?: string;
  readonly percent?: number;
}

export function addDeploy(program: Command, kit: Kit): void {
  const deploy = program.command('deploy').description('prediction services: put versions into service');
  addSettings(
    leaf(deploy, 'create', 'put a version into service, and wait until it answers', [
      'exemplar deploy create sorting-belt V002 -p flowers',
      'exemplar deploy create sorting-belt -p flowers --idle-stop-minutes 30',
    ])
      .argument('<name>', 'letters, digits, _ and -, a letter first; unique in the installation')
      .argument('[version]', 'V002 or id; left out = the newest')
      .addOption(projectOption()),
  ).action(
    kit.act(
      async (
        session,
        name: string,
        asked: string | undefined,
        { project, ...settings }: OfProject & SettingsOptions,
      ) => {
        const { exemplar, output, find } = session;
        const { id: projectId } = await find.project(project);
        const { lastSequence } = (await exemplar.projects.get(projectId))!;
        const input: DeployModelInput = {
          name,
          modelVersionId: (await find.version(projectId, asked)).id,
          ...settingsOf(settings),
        };
        const made = await orThrow(exemplar.deployments.deploy(input));
        const deployment = await waitForDeployment(session, made, projectId, lastSequence);
        output.result(deployment, () => describe(deployment, output));
        return deployment.state === 'FAILED' ? exitCodes.failed : exitCodes.done;
      },
    ),
  );
  leaf(deploy, 'list', 'the prediction services of a project', ['exemplar deploy list -p flowers'])
    .addOption(projectOption())
    .action(
      kit.act(async ({ exemplar, output, find }, { project }: OfProject) => {
        const all = await exemplar.deployments.list((await find.project(project)).id).toArray();
        output.result(all, () =>
          output.table(
            ['name', 'state', 'version', 'candidate', 'started', 'stops'],
            all.map((one) => [
              one.name,
              stateOf(one),
              one.modelVersion.name,
              candidateOf(one),
              shortTime(one.startedAt),
              shortTime(one.stopsAt),
            ]),
            6,
          ),
        );
      }),
    );
  leaf(deploy, 'show', 'a prediction service with its calls and its history', ['exemplar deploy show sorting-belt'])
    .argument('<deployment>', 'name or id')
    .addOption(projectOption())
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string, { project }: OfProject) => {
        const deployment = await find.deployment(asked, project);
        const [statistics, history] = await Promise.all([
          exemplar.deployments.statistics(deployment.id),
          exemplar.deployments.history(deployment.id).toArray(20),
        ]);
        output.result({ ...deployment, ...statistics, history }, () => {
          const { invocations, failures, latencies } = statistics!.window;
          return [
            ...describe(deployment, output),
            `last hour: ${invocations} calls, ${failures} failed${latencies ? `, half of them within ${latencies.p50.toFixed(0)} ms, 99 of a hundred within ${latencies.p99.toFixed(0)} ms` : ''}`,
            '',
            ...output.table(
              ['change', 'what', 'version', 'state', 'when'],
              history.map((one) => [
                String(one.sequence),
                one.kind,
                one.modelVersion.name,
                one.state,
                shortTime(one.changedAt),
              ]),
              5,
            ),
          ];
        });
      }),
    );
  addSettings(
    leaf(deploy, 'update', 'point a service at another version, try a second one beside it, or change its settings', [
      'exemplar deploy update sorting-belt --version V003',
      'exemplar deploy update sorting-belt --candidate V004 --percent 10',
      'exemplar deploy update sorting-belt --candidate none',
    ])
      .argument('<deployment>', 'name or id')
      .addOption(projectOption())
      .option('--version <version>', 'that answers from now on')
      .option(
        '--candidate <version>',
        'a second version; without --percent it is asked besides, and only compared; none takes it away',
      )
      .option('--percent <percent>', 'calls of a hundred that the candidate answers, 1 to 99', wholeNumber(1, 99)),
  ).action(
    kit.act(async (session, asked: string, options: UpdateOptions) => {
      const { exemplar, output, find } = session;
      const { project, version, candidate, percent, ...settings } = options;
      if (percent !== undefined && (candidate ?? 'none') === 'none')
        throw new UsageError('--percent needs --candidate VERSION.');
      const { id } = await find.deployment(asked, project);
      const versionId = async (name: string) =>
        name.startsWith('ModelVersion_') ? name : (await find.version((await find.project(project)).id, name)).id;
      const input: UpdateDeploymentInput = {
        id,
        ...settingsOf(settings),
        modelVersionId: version === undefined ? undefined : await versionId(version),
        candidate:
          candidate === undefined
            ? undefined
            : candidate === 'none'
              ? null
              : {
                  modelVersionId: await versionId(candidate),
                  percent,
                  isShadow: percent === undefined ? true : undefined,
                },
      };
      const changed = await orThrow(exemplar.deployments.update(input));
      output.result(changed, () => describe(changed, output));
    }),
  );
  for (const [name, description, said] of [
    ['rollback', 'back to the versions of before the last change; once more, and it is undone', 'answers with'],
    ['start', 'start a service that is stopped or has failed', 'starts with'],
    ['stop', 'refuse calls from now on', 'is stopped; it had'],
  ] as const)
    leaf(deploy, name, description, [`exemplar deploy ${name} sorting-belt`])
      .argument('<deployment>', 'name or id')
      .addOption(projectOption())
      .action(
        kit.act(async ({ exemplar, output, find }, asked: string, { project }: OfProject) => {
          const changed = await orThrow(exemplar.deployments[name]((await find.deployment(asked, project)).id));
          output.result(changed, () => [`${changed.name} ${said} ${changed.modelVersion.name}.`]);
        }),
      );
  leaf(deploy, 'delete', 'delete a service with the calls that it has kept', [
    'exemplar deploy delete sorting-belt --yes',
  ])
    .argument('<deployment>', 'name or id')
    .addOption(projectOption())
    .addOption(yesOption())
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string, { project, yes }: OfProject & { yes?: boolean }) => {
        const { id, name } = await find.deployment(asked, project);
        await confirm(`Delete the prediction service ${name}? Applications that call it will get 404.`, yes);
        const deleted = await orThrow(exemplar.deployments.delete(id));
        output.result(deleted, () => [`${name} is gone.`]);
      }),
    );
  leaf(deploy, 'token', 'make a token that calls one service and can do nothing else', [
    'exemplar deploy token sorting-belt "belt 3"',
  ])
    .argument('<deployment>', 'name or id')
    .argument('<name>', 'what it is for')
    .addOption(projectOption())
    .option('--expires <time>', 'from then on it is refused; left out = never', moment)
    .action(
      kit.act(
        async ({ exemplar, output, find }, asked: string, name: string, options: OfProject & { expires?: string }) => {
          const { id: deploymentId, url } = await find.deployment(asked, options.project);
          const made = await orThrow(
            exemplar.deployments.createToken({ deploymentId, name, expiresAt: options.expires }),
          );
          output.result({ ...made, url }, () => [made.token]);
          output.note(`Keep it now: it is not shown again. It is good for POST ${url}`);
        },
      ),
    );
}
