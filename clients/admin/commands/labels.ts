import type { Command } from 'commander';
import { orThrow, type Label, type LabelDeletePolicy } from '../../typescript/index.ts';
import { confirm } from '../confirm.ts';
import { leaf, type Kit } from '../kit.ts';
import { enumOption, projectOption, yesOption } from '../options.ts';

interface OfProject {
  readonly project?: string;
}

export function addLabels(program: Command, kit: Kit): void {
  const label = program.command('label').description('labels: the classes of a project');
  leaf(label, 'list', 'the labels of a project, in class order', ['exemplar label list -p flowers'])
    .addOption(projectOption())
    .action(
      kit.act(async ({ exemplar, output, find }, { project }: OfProject) => {
        const labels = (await exemplar.labels.list((await find.project(project)).id)) ?? [];
        output.result(labels, () =>
          output.table(
            ['label', 'color', 'shortcut', 'images'],
            labels.map((one) => [one.name, one.color, one.shortcut ?? '', String(one.imageCount)]),
            3,
          ),
        );
      }),
    );
  leaf(label, 'create', 'make labels', [
    'exemplar label create rose tulip -p flowers',
    'exemplar label create rose --color "#E6194B" --shortcut r',
  ])
    .argument('<names...>', 'any Unicode, 1 to 64 characters')
    .addOption(projectOption())
    .option('--color <color>', 'such as #E6194B; left out = the next of a palette')
    .option('--shortcut <key>', 'one character, for labelling by keyboard')
    .action(
      kit.act(
        async (
          { exemplar, output, find },
          names: readonly string[],
          { project, ...rest }: OfProject & { color?: string; shortcut?: string },
        ) => {
          const { id: projectId, name: projectName } = await find.project(project);
          const made: Label[] = [];
          for (const name of names) made.push(await orThrow(exemplar.labels.create({ projectId, name, ...rest })));
          output.result(made, () => made.map((one) => `Made ${one.name} in ${projectName}.`));
        },
      ),
    );
  leaf(label, 'rename', 'another name for a label, on all images at once', [
    'exemplar label rename rose rosa -p flowers',
  ])
    .argument('<label>', 'name or id')
    .argument('<name>', 'the new one')
    .addOption(projectOption())
    .action(
      kit.act(async ({ exemplar, output, find }, asked: string, name: string, { project }: OfProject) => {
        const { id } = await find.label((await find.project(project)).id, asked);
        const renamed = await orThrow(exemplar.labels.update(id, { name }));
        output.result(renamed, () => [`${asked} is ${renamed.name} now.`]);
      }),
    );
  leaf(label, 'delete', 'move a label into the trash; `trash restore` brings it back', [
    'exemplar label delete rose -p flowers',
    'exemplar label delete rose -p flowers --images label-and-images',
  ])
    .argument('<label>', 'name or id')
    .addOption(projectOption())
    .addOption(
      enumOption<LabelDeletePolicy>(
        '--images <policy>',
        'what happens to images that carry no other label; default: they stay',
        ['LABEL_ONLY', 'LABEL_AND_IMAGES', 'LABEL_IMAGES_AND_SOURCE_FILES'],
      ),
    )
    .addOption(yesOption())
    .action(
      kit.act(
        async (
          { exemplar, output, find },
          asked: string,
          { project, images: policy, yes }: OfProject & { images?: LabelDeletePolicy; yes?: boolean },
        ) => {
          const { id, name, imageCount } = await find.label((await find.project(project)).id, asked);
          if (policy === 'LABEL_IMAGES_AND_SOURCE_FILES')
            await confirm(`Delete ${name}, and for good its ${imageCount} images that carry no other label?`, yes);
          const left = await orThrow(exemplar.labels.delete(id, { policy }));
          output.result(left, () => [`${name} is in the trash.`]);
        },
      ),
    );
}
