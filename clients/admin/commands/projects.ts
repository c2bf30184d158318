import type { Command } from 'commander';
import {
  orThrow,
  type Project,
  type ProjectDetails,
  type ProjectRole,
  type ProjectType,
} from '../../typescript/index.ts';
import { confirm } from '../confirm.ts';
import { copyProject } from '../copy-project.ts';
import { leaf, type Kit } from '../kit.ts';
import { enumOption, yesOption } from '../options.ts';
import type { Output } from '../output.ts';
import { shortTime } from '../text/short-time.ts';

export function addProjects(program: Command, kit: Kit): void {
  const project = program.command('project').description('projects: one classification task each');
  leaf(project, 'list', 'the projects that you may see', [
    'exemplar project list',
    "exemplar project list --json | jq -r '.[].name'",
  ]).action(
    kit.act(async ({ exemplar, output }) => {
      const projects = await exemplar.projects.list().toArray();
      output.result(projects, () => table(projects, output));
    }),
  );
  leaf(project, 'show', 'labels, members and training config of a project', ['exemplar project show flowers'])
    .argument('<project>', 'name or id')
    .action(
      kit.act(async ({ exemplar, output, find }, name: string) => {
        const details = (await exemplar.projects.get((await find.project(name)).id))!;
        output.result(details, () => describe(details, output));
      }),
    );
  leaf(project, 'create', 'make a project', [
    'exemplar project create flowers',
    'exemplar project create scenes --type multi-label',
  ])
    .argument('<name>', 'letters, digits, _ and -, a letter first; at most 32')
    .option('--description <text>', 'at most 256 characters')
    .addOption(
      enumOption<ProjectType>('--type <type>', 'how many labels an image carries', ['SINGLE_LABEL', 'MULTI_LABEL']),
    )
    .action(
      kit.act(async ({ exemplar, output }, name: string, options: { description?: string; type?: ProjectType }) => {
        const made = await orThrow(exemplar.projects.create({ name, ...options }));
        output.result(made, () => [`Made ${made.name} (${made.id}).`]);
      }),
    );
  leaf(project, 'delete', 'delete a project with its images, trainings and models; there is no way back', [
    'exemplar project delete flowers --yes',
  ])
    .argument('<project>', 'name or id')
    .addOption(yesOption())
    .action(
      kit.act(async ({ exemplar, output, find }, name: string, options: { yes?: boolean }) => {
        const found = await find.project(name);
        await confirm(
          `Delete ${found.name} with ${found.imageCount} images and all its models, for good?`,
          options.yes,
        );
        const deleted = await orThrow(exemplar.projects.delete(found.id));
        output.result(deleted, () => [`${found.name} is gone.`]);
      }),
    );
  leaf(
    project,
    'copy',
    'make a project with the labels and the training config of another, and with --images its images',
    ['exemplar project copy flowers flowers-2', 'exemplar project copy flowers flowers-2 --images'],
  )
    .argument('<project>', 'name or id of the one')
    .argument('<name>', 'of the new one')
    .option('--images', 'also the images with their labels and sides, by an export and an import')
    .action(
      kit.act(async (session, from: string, name: string, options: { images?: boolean }) => {
        const { copy, exitCode } = await copyProject(
          session,
          await session.find.project(from),
          name,
          options.images ?? false,
        );
        session.output.result(copy, () => [`Made ${copy.name} (${copy.id}) with ${copy.imageCount} images.`]);
        return exitCode;
      }),
    );
  leaf(project, 'member', 'give a user a role in a project, change it, or take it away', [
    'exemplar project member flowers User_0198f000-0000-7000-8000-000000000000 editor',
    'exemplar project member flowers anna none',
  ])
    .argument('<project>', 'name or id')
    .argument('<user>', 'id of the user, or the name of one who is a member already')
    .argument('<role>', 'viewer, labeller, editor, owner, or none')
    .action(
      kit.act(async ({ exemplar, output, find }, name: string, user: string, word: string) => {
        const found = (await exemplar.projects.get((await find.project(name)).id))!;
        const userId = found.members.find(({ userName }) => userName === user)?.userId ?? user;
        const role = word === 'none' ? null : (word.toUpperCase() as ProjectRole);
        const changed = await orThrow(exemplar.projects.setMember({ projectId: found.id, userId, role }));
        output.result(changed.members, () => memberLines(changed, output));
      }),
    );
}

const table = (projects: readonly Project[], output: Output): string[] =>
  output.table(
    ['name', 'type', 'images', 'labelled', 'changed'],
    projects.map((one) => [
      one.name,
      one.type,
      String(one.imageCount),
      String(one.labelledImageCount),
      shortTime(one.updatedAt),
    ]),
    2,
  );

function describe(details: ProjectDetails, output: Output): string[] {
  const { trainingConfig: config } = details;
  return [
    `${output.bold(details.name)}  ${details.type}  ${details.imageCount} images, ${details.labelledImageCount} with a label  (${details.id})`,
    ...(details.description ? [details.description] : []),
    '',
    ...output.table(
      ['label', 'shortcut', 'images'],
      details.labels.map((label) => [label.name, label.shortcut ?? '', String(label.imageCount)]),
      2,
    ),
    '',
    ...memberLines(details, output),
    '',
    `trains with ${config.preference}, at most ${config.maxDurationMinutes} min, train ratio ${config.trainRatio}, test ratio ${config.testRatio}, seed ${config.seed}, flavor ${config.flavor}`,
  ];
}

const memberLines = ({ members }: Pick<ProjectDetails, 'members'>, output: Output): string[] =>
  output.table(
    ['member', 'role', 'id'],
    members.map(({ userName, role, userId }) => [userName, role, userId]),
    3,
  );
