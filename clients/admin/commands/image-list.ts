import type { Command } from 'commander';
import { orThrow, type ImageFilter, type ImageForm, type ImageOrder, type Split } from '../../typescript/index.ts';
import { confirm } from '../confirm.ts';
import { exitCodes } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import { enumOption, moment, projectOption, wholeNumber, yesOption } from '../options.ts';
import { readArguments } from '../read-arguments.ts';
import { shortTime } from '../text/short-time.ts';

interface OfProject {
  readonly project?: string;
}

/** `list` and `delete`, below `images`. */
export function addImageList(images: Command, kit: Kit): void {
  leaf(images, 'list', 'the images of a project that meet all conditions', [
    'exemplar images list -p flowers --unlabelled',
    "exemplar images list -p flowers --label rose --json | jq -r '.[].id'",
  ])
    .addOption(projectOption())
    .option('--label <label>', 'that carry this label')
    .option('--labelled', 'that carry a label')
    .option('--unlabelled', 'that carry none')
    .addOption(enumOption<Split>('--split <side>', 'that stand on this side', ['TRAIN', 'VALIDATION', 'TEST']))
    .option('--group <group>', 'of this group')
    .option('--contains <text>', 'with this in their file name')
    .option('--duplicates', 'that look like another image')
    .option('--after <time>', 'uploaded at this time or after it', moment)
    .option('--before <time>', 'uploaded before this time', moment)
    .addOption(enumOption<ImageOrder>('--order <order>', 'default: uploaded-at', ['UPLOADED_AT', 'FILE_NAME']))
    .option('--reverse', 'the other end first: oldest, or from Z to A')
    .addOption(
      enumOption<ImageForm>('--form <form>', 'what `url` leads to (--json); default: thumbnail', [
        'THUMBNAIL',
        'NORMALISED',
        'ORIGINAL',
      ]),
    )
    .option('--limit <count>', 'how many at most', wholeNumber(1, 1e9), 100)
    .action(
      kit.act(async ({ exemplar, output, find }, options: ListOptions) => {
        const { id, name } = await find.project(options.project);
        const filter = await filterOf(options, async (label) => (await find.label(id, label)).id);
        const { order: orderBy, form, limit, reverse } = options;
        const direction = reverse ? (orderBy === 'FILE_NAME' ? 'DESC' : 'ASC') : undefined;
        const found = await exemplar.images.list(id, { filter, orderBy, form, direction }).toArray(limit);
        output.result(found, () =>
          output.table(
            ['file', 'labels', 'side', 'size', 'uploaded', 'id'],
            found.map((image) => [
              image.fileName,
              image.annotations.map(({ label }) => label.name).join(', '),
              image.splitOverride ?? '',
              `${image.width} x ${image.height}`,
              shortTime(image.createdAt),
              image.id,
            ]),
            6,
          ),
        );
        if (found.length === limit) output.note(`There may be more in ${name}; --limit says how many are shown.`);
      }),
    );
  leaf(images, 'delete', 'move images into the trash, from where they can be restored for 30 days', [
    'exemplar images delete Image_0198f000-0000-7000-8000-000000000000 -p flowers',
    "exemplar images list -p flowers --duplicates --json | jq -r '.[].id' | exemplar images delete - -p flowers",
  ])
    .argument('<images...>', 'ids, or - to read them from stdin')
    .addOption(projectOption())
    .option('--for-good', 'not into the trash')
    .addOption(yesOption())
    .action(
      kit.act(
        async (
          { exemplar, output, find },
          asked: readonly string[],
          { project, forGood, yes }: OfProject & { forGood?: boolean; yes?: boolean },
        ) => {
          const { id: projectId, name } = await find.project(project);
          const imageIds = await readArguments(asked);
          if (forGood) await confirm(`Delete ${imageIds.length} images of ${name} for good?`, yes);
          let deletedCount = 0;
          for (let start = 0; start < imageIds.length; start += 1000) {
            const input = { projectId, imageIds: imageIds.slice(start, start + 1000), deleteSourceFiles: forGood };
            deletedCount += (await orThrow(exemplar.images.delete(input))).deletedCount;
          }
          output.result({ deletedCount }, () => [
            `${deletedCount} images ${forGood ? 'are gone' : 'are in the trash'}.`,
          ]);
          return deletedCount < imageIds.length ? exitCodes.partial : exitCodes.done;
        },
      ),
    );
}

interface ListOptions extends OfProject {
  readonly label?: string;
  readonly labelled?: boolean;
  readonly unlabelled?: boolean;
  readonly split?: Split;
  readonly group?: string;
  readonly contains?: string;
  readonly duplicates?: boolean;
  readonly after?: string;
  readonly before?: string;
  readonly order?: ImageOrder;
  readonly reverse?: boolean;
  readonly form?: ImageForm;
  readonly limit: number;
}

async function filterOf(options: ListOptions, labelId: (label: string) => Promise<string>): Promise<ImageFilter> {
  return {
    labelId: options.label === undefined ? undefined : await labelId(options.label),
    isLabelled: options.labelled ? true : options.unlabelled ? false : undefined,
    split: options.split,
    group: options.group,
    fileNameContains: options.contains,
    hasNearDuplicates: options.duplicates,
    uploadedAfter: options.after,
    uploadedBefore: options.before,
  };
}
