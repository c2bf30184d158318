import type { Command } from 'commander';
import type { AnnotateImageInput } from '../../typescript/index.ts';
import { exitCodes, UsageError } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import { projectOption } from '../options.ts';
import { readArguments } from '../read-arguments.ts';

interface AnnotateOptions {
  readonly project?: string;
  readonly label?: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly clear?: boolean;
}

export function addAnnotate(program: Command, kit: Kit): void {
  leaf(program, 'annotate', 'say which labels images carry', [
    'exemplar annotate Image_0198f000-0000-7000-8000-000000000000 -p flowers --label rose',
    "exemplar images list -p flowers --contains rose --json | jq -r '.[].id' | exemplar annotate - -p flowers --label rose",
  ])
    .argument('<images...>', 'ids, or - to read them from stdin')
    .addOption(projectOption())
    .option('--label <label...>', 'exactly these labels')
    .option('--add <label...>', 'these besides those it has (multi-label projects)')
    .option('--remove <label...>', 'not these any more')
    .option('--clear', 'no label')
    .action(
      kit.act(async ({ exemplar, output, find }, asked: readonly string[], options: AnnotateOptions) => {
        const { label, add, remove, clear } = options;
        if ([label, clear, add ?? remove].filter((one) => one !== undefined).length !== 1)
          throw new UsageError('Say either --label, or --clear, or --add and --remove.');
        const { id: projectId } = await find.project(options.project);
        const idsOf = (names: readonly string[] | undefined) =>
          names && Promise.all(names.map(async (name) => (await find.label(projectId, name)).id));
        const [labelIds, addLabelIds, removeLabelIds] = await Promise.all([idsOf(label), idsOf(add), idsOf(remove)]);
        const change: Omit<AnnotateImageInput, 'imageId'> =
          labelIds || clear ? { labelIds: labelIds ?? [] } : { addLabelIds, removeLabelIds };
        const annotations = (await readArguments(asked)).map((imageId) => ({ imageId, ...change }));
        let refused = 0;
        for await (const result of exemplar.annotations.annotateAll(projectId, annotations))
          if (result.__typename === 'AnnotatedImage') {
            const { id, fileName, annotations: now } = result.image;
            const labels = now.map((one) => one.label.name);
            output.event({ imageId: id, fileName, labels }, `${fileName}: ${labels.join(', ') || 'no label'}`);
          } else {
            refused++;
            const { code, message } = result.error;
            output.event({ imageId: result.imageId, code, message }, `${result.imageId}: ${message}`);
          }
        return refused > 0 ? exitCodes.partial : exitCodes.done;
      }),
    );
}
