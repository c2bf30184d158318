import type { Command } from 'commander';
import { orThrow, type RestoreImagesResult, type RestoreLabelsResult, type TrashItem } from '../../typescript/index.ts';
import { confirm } from '../confirm.ts';
import { exitCodes } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import { projectOption, yesOption } from '../options.ts';
import { readArguments } from '../read-arguments.ts';
import { shortTime } from '../text/short-time.ts';

type Restored = Extract<RestoreImagesResult | RestoreLabelsResult, { readonly results: unknown }>['results'][number];

interface OfProject {
  readonly project?: string;
}

export function addTrash(program: Command, kit: Kit): void {
  const trash = program.command('trash').description('deleted images and labels that can still be restored');
  leaf(trash, 'list', 'what is in it, last deleted first', ['exemplar trash list -p flowers'])
    .addOption(projectOption())
    .action(
      kit.act(async ({ exemplar, output, find }, { project }: OfProject) => {
        const items = await exemplar.trash.list((await find.project(project)).id).toArray();
        output.result(items, () =>
          output.table(
            ['what', 'deleted', 'by', 'until', 'id'],
            items.map((item) => [
              nameOf(item),
              shortTime(item.deletedAt),
              item.deletedByName ?? '-',
              shortTime(item.expiresAt),
              idOf(item),
            ]),
            5,
          ),
        );
      }),
    );
  leaf(trash, 'restore', 'take images and labels out of it', [
    'exemplar trash restore Image_0198f000-0000-7000-8000-000000000000 -p flowers',
    "exemplar trash list -p flowers --json | jq -r '.[].image.id // empty' | exemplar trash restore - -p flowers",
  ])
    .argument('<ids...>', 'of images and labels, names of labels, or - to read them from stdin')
    .addOption(projectOption())
    .action(
      kit.act(async ({ exemplar, output, find }, asked: readonly string[], { project }: OfProject) => {
        const { id: projectId } = await find.project(project);
        const words = await readArguments(asked);
        const imageIds = words.filter((word) => word.startsWith('Image_'));
        const labelWords = words.filter((word) => !word.startsWith('Image_'));
        const labelIds =
          labelWords.length > 0 ? await labelIdsOf(exemplar.trash.list(projectId, { kind: 'LABEL' }), labelWords) : [];
        const results: Restored[] = [];
        // Labels first: images come back with those that are there.
        for (let start = 0; start < labelIds.length; start += 100)
          results.push(
            ...(
              await orThrow(exemplar.trash.restoreLabels({ projectId, labelIds: labelIds.slice(start, start + 100) }))
            ).results,
          );
        for (let start = 0; start < imageIds.length; start += 1000)
          results.push(
            ...(
              await orThrow(exemplar.trash.restoreImages({ projectId, imageIds: imageIds.slice(start, start + 1000) }))
            ).results,
          );
        output.result(results, () =>
          results.map((result) => {
            if (result.__typename === 'RestoredImage') return `${result.image.fileName} is back.`;
            if (result.__typename === 'RestoredLabel') return `${result.label.name} is back.`;
            return output.warning(result.error.message);
          }),
        );
        return results.some((result) => 'error' in result) ? exitCodes.partial : exitCodes.done;
      }),
    );
  leaf(trash, 'empty', 'delete for good what is in it; there is no way back', ['exemplar trash empty -p flowers --yes'])
    .addOption(projectOption())
    .addOption(yesOption())
    .action(
      kit.act(async ({ exemplar, output, find }, { project, yes }: OfProject & { yes?: boolean }) => {
        const { id, name } = await find.project(project);
        await confirm(`Delete for good what is in the trash of ${name}?`, yes);
        const left = await orThrow(exemplar.trash.empty(id));
        output.result(left, () => [`The trash of ${name} is empty.`]);
      }),
    );
}

const nameOf = (item: TrashItem): string =>
  item.__typename === 'TrashedImage' ? item.image.fileName : `label ${item.label.name}`;
const idOf = (item: TrashItem): string => (item.__typename === 'TrashedImage' ? item.image.id : item.label.id);

async function labelIdsOf(items: AsyncIterable<TrashItem>, words: readonly string[]): Promise<string[]> {
  const byName = new Map<string, string>();
  // The last deleted one of a name comes first.
  for await (const item of items)
    if (item.__typename === 'TrashedLabel' && !byName.has(item.label.name)) byName.set(item.label.name, item.label.id);
  return words.map((word) => byName.get(word.normalize('NFC')) ?? word);
}
