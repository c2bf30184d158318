import { applyLabelChanges, readCarried, type LabelChange } from '../../images/apply-label-changes.ts';
import type { Statement } from '../../images/write-annotations.ts';
import { mostLabelsOf } from '../../images/carried-labels.ts';
import { readLiveImages, readByBaseName, readByDigest, type Image } from '../../images/image-row.ts';
import { overrideSplits } from '../../images/set-image-split.ts';
import { areStored, deleteUnusedPictures, insertImages, type NewPicture } from '../../images/store-pictures.ts';
import { announceCounts } from '../../labels/announce-counts.ts';
import type { Transaction } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { lockProject, type Project } from '../../projects/project-row.ts';
import { readImageRoom, RoomTaker } from '../../quotas/image-room.ts';
import type { TransferSplit } from '../formats/item.ts';
import { shownName } from '../archives/archive-path.ts';
import type { transferItemTable } from '../table.ts';
import type { ExistingLabelPolicy, ItemOutcome } from './import-facts.ts';
import { segmentsOf, SourceMatcher, spellingsOf } from './match-sources.ts';
import { itemProblem, type ItemProblem, type PlannedItem } from './planned-item.ts';
import type { PreparedUnit } from './prepare-pictures.ts';

/** What is the same for all batches of an import. */
export interface ImportTarget {
  readonly projectId: string;
  readonly transferId: string;
  /** By their place in the plan. */
  readonly labelIds: readonly string[];
  readonly labelNames: readonly string[];
  readonly existingLabels: ExistingLabelPolicy;
  readonly createdBy: string | null;
}

/** The row of an item, but for its index. */
export type NewItem = Omit<typeof transferItemTable.$inferInsert, 'transferId' | 'index'>;

/** Pictures of the batch whose bytes are not in the store any more: they must be stored again, and the batch be tried again. */
export class BytesGoneError extends Error {}

/**
 * Writes a batch as a set, at a cost that does not depend on what is there: images, labels, parts, counts. Inside the transfer's fence; locks the
 * project. Returns the items in the order of the units. @throws {BytesGoneError}
 */
export async function writeUnits(
  tx: Transaction,
  platform: Platform,
  target: ImportTarget,
  units: readonly PreparedUnit[],
): Promise<NewItem[]> {
  const { projectId } = target;
  const project = await lockProject(tx, projectId);
  const { there: byDigest, refused } = await bringPictures(tx, platform, target, units);
  const known = await findKnown(tx, projectId, units);
  const images = new Map<string, Image>([...byDigest.values()].map((image) => [image.id, image]));
  const knownIds = [...known.values()].flatMap((found) => ('id' in found ? [found.id] : []));
  for (const image of await readLiveImages(tx, projectId, knownIds)) images.set(image.id, image);

  const created = new Set<string>();
  const statements = new LabelChanges(target, project, await readCarried(tx, [...images.keys()]));
  const splits = new Map<string, TransferSplit>();
  const items = units.map((unit): NewItem => {
    if (unit.kind === 'TOLD') return itemOf(unit.path, unit.outcome, null, unit);
    const path = unit.kind === 'PICTURE' ? unit.path : unit.source;
    if (unit.kind === 'PICTURE' && 'code' in unit.file) return itemOf(path, 'REFUSED', null, unit.file);
    const full = unit.kind === 'PICTURE' ? refused.get(digestOf(unit)) : undefined;
    if (full) return itemOf(path, 'REFUSED', null, full);
    const found = unit.kind === 'PICTURE' ? { id: byDigest.get(digestOf(unit))!.id } : known.get(unit)!;
    if (!('id' in found)) return itemOf(path, 'REFUSED', null, found);
    const isNew = unit.kind === 'PICTURE' && byDigest.get(digestOf(unit))!.isNew && !created.has(found.id);
    if (isNew) created.add(found.id);
    const outcome: ItemOutcome = isNew ? 'CREATED' : unit.kind === 'PICTURE' ? 'DUPLICATE' : 'LABELLED';
    const { planned } = unit;
    if (planned?.split && (target.existingLabels === 'REPLACE' || !images.get(found.id)!.splitOverride))
      splits.set(found.id, planned.split);
    return itemOf(path, outcome, found.id, planned && (statements.add(found.id, planned) ?? planned.problem));
  });
  if (statements.changes.size > 0)
    await applyLabelChanges(tx, projectId, { changes: statements.changes, carried: statements.carried, images });
  else if (created.size > 0) await announceCounts(tx, projectId, []);
  await overrideSplits(tx, projectId, splits);
  return items;
}

const itemOf = (path: string, outcome: ItemOutcome, imageId: string | null, problem?: ItemProblem): NewItem => ({
  path: shownName(path),
  outcome,
  imageId,
  code: problem?.code ?? null,
  message: problem ? problem.message.slice(0, 1000).replaceAll('\0', '\uFFFD').toWellFormed() : null,
});

type PictureUnit = Extract<PreparedUnit, { kind: 'PICTURE' }>;
const digestOf = (unit: PictureUnit): string => (unit.file as { sha256: Buffer }).sha256.toString('hex');

interface BroughtPictures {
  readonly there: ReadonlyMap<string, Image & { isNew: boolean }>;
  readonly refused: ReadonlyMap<string, ItemProblem>;
}

/** The image of each picture of the batch, by its digest; those that the project did not have are made, as long as it has room for them. */
async function bringPictures(
  tx: Transaction,
  platform: Platform,
  { projectId, createdBy }: ImportTarget,
  units: readonly PreparedUnit[],
): Promise<BroughtPictures> {
  const pictures = new Map<string, NewPicture | undefined>();
  const digests: Buffer[] = [];
  for (const unit of units)
    if (unit.kind === 'PICTURE' && !('code' in unit.file)) {
      const digest = digestOf(unit);
      if (!pictures.has(digest)) digests.push(unit.file.sha256);
      pictures.set(digest, pictures.get(digest) ?? unit.file.picture);
    }
  const there = new Map<string, Image & { isNew: boolean }>();
  for (const image of await readByDigest(tx, projectId, digests))
    there.set(image.sha256.toString('hex'), { ...image, isNew: false });
  const fresh: NewPicture[] = [];
  const refused = new Map<string, ItemProblem>();
  const homeless: Buffer[] = [];
  const room = new RoomTaker(await readImageRoom(tx, projectId));
  for (const [digest, picture] of pictures) {
    if (there.has(digest)) continue;
    // It was known when the batch was prepared, and has been deleted since.
    if (!picture) throw new BytesGoneError('A picture was deleted while it was imported.');
    const refusal = room.take(picture.bytes.length);
    if (refusal) {
      refused.set(digest, itemProblem(refusal.code, refusal.message));
      homeless.push(picture.sha256);
    } else fresh.push(picture);
  }
  await deleteUnusedPictures(tx, platform, projectId, homeless);
  const stored = await Promise.all(fresh.map(({ sha256 }) => areStored(platform, projectId, sha256)));
  if (stored.includes(false)) throw new BytesGoneError('The bytes of a picture were deleted while it was imported.');
  for (const image of await insertImages(tx, projectId, fresh, createdBy))
    there.set(image.sha256.toString('hex'), { ...image, isNew: true });
  return { there, refused };
}

type KnownUnit = Extract<PreparedUnit, { kind: 'KNOWN' }>;

/** The image that each source names among those of the project, or why there is none. */
async function findKnown(
  tx: Transaction,
  projectId: string,
  units: readonly PreparedUnit[],
): Promise<Map<KnownUnit, { readonly id: string } | ItemProblem>> {
  const asked = units.filter((unit) => unit.kind === 'KNOWN');
  const known = new Map<KnownUnit, { readonly id: string } | ItemProblem>();
  if (asked.length === 0) return known;
  const names = asked.flatMap(({ source }) => spellingsOf(source).flatMap((each) => segmentsOf(each).slice(0, 1)));
  const images = await readByBaseName(tx, projectId, names);
  const byPath = Map.groupBy(images, ({ fileName }) => fileName);
  const matcher = new SourceMatcher([...byPath.keys()]);
  for (const unit of asked) {
    if (unit.planned.problem?.code === 'AMBIGUOUS_SOURCE') {
      known.set(unit, unit.planned.problem);
      continue;
    }
    const found = matcher.find(unit.source);
    const image = found?.path === undefined ? undefined : byPath.get(found.path)!;
    if (!found)
      known.set(unit, itemProblem('PICTURE_MISSING', 'Neither the upload nor the project has a picture of this name.'));
    else if (image?.length === 1) known.set(unit, { id: image[0]!.id });
    else known.set(unit, itemProblem('AMBIGUOUS_SOURCE', 'Several images of the project have this name.'));
  }
  return known;
}

/** What the labels of a batch become. */
class LabelChanges {
  readonly changes = new Map<string, LabelChange>();
  readonly carried: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #target: ImportTarget;
  readonly #most: number;

  constructor(target: ImportTarget, { type }: Project, carried: ReadonlyMap<string, ReadonlySet<string>>) {
    this.carried = carried;
    this.#target = target;
    this.#most = mostLabelsOf(type);
  }

  /** Returns what keeps the image from having the labels. */
  add(imageId: string, { labels, problem }: PlannedItem): ItemProblem | undefined {
    const { labelIds, labelNames, existingLabels, createdBy } = this.#target;
    if (labels.length === 0 || problem?.code === 'TOO_MANY_LABELS') return undefined;
    if (labels.length > this.#most) {
      const names = labels.slice(0, 3).map(({ label }) => JSON.stringify(labelNames[label]));
      const message = `An image of this project carries one label, this one is said to have ${labels.length} (${names.join(', ')}); none is taken.`;
      return itemProblem(this.#most === 1 ? 'SEVERAL_LABELS' : 'TOO_MANY_LABELS', message);
    }
    const before = this.carried.get(imageId)!;
    if (existingLabels === 'KEEP' && before.size > 0) return undefined;
    const change = this.changes.get(imageId);
    const carried = change ? change.kept.union(new Set(change.said.keys())) : before;
    const isReplaced = existingLabels === 'REPLACE';
    const wanted = new Set(labels.map(({ label }) => labelIds[label]!));
    if (isReplaced ? wanted.symmetricDifference(carried).size === 0 : wanted.isSubsetOf(carried)) return undefined;
    const said = new Map<string, Statement>();
    for (const { label, confidence, createdAt } of labels) {
      const statement = { confidence: confidence ?? null, createdBy, ...(createdAt && { createdAt }) };
      const labelId = labelIds[label]!;
      if (isReplaced || !carried.has(labelId)) said.set(labelId, { source: 'IMPORT', ...statement });
    }
    const kept = isReplaced ? new Set<string>() : (change?.kept ?? before);
    const all = new Map([...(isReplaced ? [] : (change?.said ?? [])), ...said]);
    if (kept.size + all.size > this.#most)
      return itemProblem(
        this.#most === 1 ? 'CONFLICTING_LABEL' : 'TOO_MANY_LABELS',
        'The image has another label already and keeps it.',
      );
    this.changes.set(imageId, { kept, said: all });
    return undefined;
  }
}
