import type { ZipMember } from '../archives/write-zip.ts';
import type { LossTally } from '../formats/losses.ts';
import { pictureName } from '../formats/picture-path.ts';
import { safePictureName, UniqueNames } from '../formats/safe-name.ts';
import { writeFolders } from '../formats/write-folders.ts';
import { documentLayouts, type DocumentLayout } from './document-layout.ts';
import { allItems, type ExportItem, type ExportItems, type ExportPart } from './export-items.ts';
import type { ExportPlan } from './export-plan.ts';

/** The bytes of a picture; undefined when there are none any more, and the archive goes without. */
export type ReadPicture = (item: ExportItem) => Promise<Uint8Array | undefined>;

/**
 * What is in the archive of an export: documents of labels first, then the pictures, part after part, one in memory at a time. Names are
 * safe and different everywhere, the same every time. `losses` is complete at the end.
 */
export function exportMembers(
  items: ExportItems,
  plan: ExportPlan,
  losses: LossTally,
  readPicture: ReadPicture,
): AsyncGenerator<ZipMember, void> {
  return plan.format === 'FOLDERS'
    ? folderMembers(items, losses, readPicture)
    : documentMembers(items, plan, documentLayouts[plan.format], losses, readPicture);
}

async function* folderMembers(
  items: ExportItems,
  losses: LossTally,
  readPicture: ReadPicture,
): AsyncGenerator<ZipMember, void> {
  for await (const { path, item, text } of writeFolders(allItems(items), losses))
    if (item) yield* pictureMember(path, item, readPicture);
    else yield { path, content: Buffer.from(text), deflate: true };
}

async function* documentMembers(
  items: ExportItems,
  plan: ExportPlan,
  layout: DocumentLayout,
  losses: LossTally,
  readPicture: ReadPicture,
): AsyncGenerator<ZipMember, void> {
  const placing = placePictures(plan, layout, losses);
  if (layout.hasDocumentPerPart)
    // An export of nothing has a document too.
    for (const part of items.parts.length > 0 ? items.parts : [null])
      yield documentMember(placing(items.of(part)), plan, layout, losses, part);
  else yield documentMember(placing(allItems(items)), plan, layout, losses, null);
  if (!plan.includeImages) return;
  for await (const { path, item } of placePictures(plan, layout)(allItems(items)))
    yield* pictureMember(path, item, readPicture);
}

interface PlacedPicture {
  /** In the archive. */
  readonly path: string;
  /** As documents are to speak of it. */
  readonly item: ExportItem;
}

/** Gives pictures their place, in the order in which they come, over several calls. */
function placePictures(plan: ExportPlan, layout: DocumentLayout, losses?: LossTally) {
  const names = new UniqueNames();
  return async function* (items: AsyncIterable<ExportItem>): AsyncGenerator<PlacedPicture, void> {
    for await (const item of items) {
      const original = pictureName(item.source);
      const name = names.take(safePictureName(original));
      if (name !== original)
        losses?.note('FILE_NAME', item, 'File names are changed where they were unsafe or not unique.');
      const path = layout.pictureFolder(item.split) + name;
      const named = plan.includeImages && layout.namesPath ? path : name;
      yield { path, item: { ...item, source: plan.sourcePrefix + named } };
    }
  };
}

function documentMember(
  pictures: AsyncIterable<PlacedPicture>,
  plan: ExportPlan,
  layout: DocumentLayout,
  losses: LossTally,
  part: ExportPart,
): ZipMember {
  const text = layout.write(itemsOf(pictures), losses, plan, part);
  return { path: layout.documentPath(plan, part), content: inBlocks(text), deflate: true };
}

async function* itemsOf(pictures: AsyncIterable<PlacedPicture>): AsyncGenerator<ExportItem, void> {
  for await (const { item } of pictures) yield item;
}

const blockCharacters = 64 * 1024;

/** A line at a time would be packed and written a line at a time. */
async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array, void> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length < blockCharacters) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

async function* pictureMember(
  path: string,
  item: ExportItem,
  readPicture: ReadPicture,
): AsyncGenerator<ZipMember, void> {
  const content = await readPicture(item);
  if (content) yield { path, content };
}
