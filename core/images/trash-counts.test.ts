import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeImages } from '#test/made-images.ts';
import { World } from '#test/world.ts';
import type { ActionContext } from '../access/viewer.ts';
import { trashLabelRow } from '../labels/label-trash.ts';
import { createLabel } from '../labels/labels.ts';
import { createProject } from '../projects/projects.ts';
import { disposalNow } from '../projects/trash.ts';
import { annotateImages } from './annotate-images.ts';
import { deleteLabel } from './delete-label.ts';
import { emptyTrash } from './empty-trash.ts';
import { labelDeletePolicies } from './label-delete-policy.ts';
import { deleteImages } from './remove-images.ts';
import { restoreImages } from './restore-images.ts';
import { restoreLabels } from './restore-labels.ts';
import { settleLabels } from './settle-labels.ts';
import { sweepImages } from './sweep-images.ts';

const [images, labels] = [8, 3];
const image = fc.nat({ max: images - 1 });
const label = fc.nat({ max: labels - 1 });
const someImages = fc.uniqueArray(image, { minLength: 1, maxLength: 4 });
const policy = fc.constantFrom(...labelDeletePolicies);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('annotate'), images: someImages, label: fc.option(label) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete images'), images: someImages }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restore images'), images: someImages }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete label'), label, policy }) },
  // As it is left by a process that ends right after it, before any image has followed.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('begin to delete label'), label, policy }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restore label'), label }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('empty') }) },
) as fc.Arbitrary<Step>;

interface Step {
  readonly do: string;
  readonly images: number[];
  readonly label: number | null;
  readonly policy: (typeof labelDeletePolicies)[number];
}

/** Something is said of an image that a deleted label has not left yet, and the label comes back. */
const saidMeanwhile: Step[] = [
  { do: 'annotate', label: 0 },
  { do: 'begin to delete label', label: 0 },
  { do: 'annotate', label: null },
  { do: 'restore label', label: 0 },
].map((each) => ({ ...each, images: [0], policy: 'LABEL_ONLY' }));

describe.each(['SINGLE_LABEL', 'MULTI_LABEL'] as const)('counts of a %s project', (type) => {
  let world: World;
  let ctx: ActionContext;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_MAX_PROJECTS: '1000' } });
    const [user] = await world.platform.db.execute<{ id: string; name: string }>(sql`select id, name from app_user`);
    const viewer = {
      userId: user!.id,
      name: user!.name,
      isAdministrator: true,
      tokenId: null,
      tokenExpiresAt: null,
      scope: 'ADMIN',
    } as const;
    ctx = { platform: world.platform, viewer };
  });
  afterAll(() => world.close());

  const one = async (query: ReturnType<typeof sql>) => (await world.platform.db.execute(query))[0];
  const expectTrueCounts = async (projectId: string) => {
    expect(
      await one(sql`
        select image_count as images, labelled_image_count as labelled from project where id = ${projectId}`),
    ).toEqual(
      await one(sql`
        select count(*)::int as images, count(*) filter (where is_labelled)::int as labelled
        from image where project_id = ${projectId} and deleted_at is null`),
    );
    // Of labels in the trash too, and nothing of images in the trash.
    const wrong = await world.platform.db.execute(sql`
      select label.id from label left join annotation on annotation.label_id = label.id
      where label.project_id = ${projectId} group by label.id having label.image_count <> count(annotation.image_id)
      union all select image_id from annotation join image on image.id = image_id where image.project_id = ${projectId} and deleted_at is not null
      union all select image_id from annotation join label on label.id = label_id and label.deleted_at is null
        where label.project_id = ${projectId} and ${type} = 'SINGLE_LABEL' group by image_id having count(*) > 1`);
    expect(wrong).toEqual([]);
  };
  const expectSettled = async (projectId: string) => {
    const wrong = await world.platform.db.execute(sql`
      select id from image where project_id = ${projectId} and deleted_at is null
        and is_labelled <> exists (select from annotation where image_id = image.id)
      union all select label_id from annotation join label on label.id = label_id
        where label.project_id = ${projectId} and deleted_at is not null
      union all select image_id from trashed_annotation trashed join image on image.id = image_id join label on label.id = label_id
        where label.project_id = ${projectId} and image.deleted_at is null and label.deleted_at is null`);
    expect(wrong).toEqual([]);
  };

  test('equal what is there after any sequence of annotating, deleting, restoring and emptying', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const { id: projectId } = await createProject(ctx, { name: `${type[0]}${++number}`, type });
        const imageIds = await makeImages(world.platform, projectId, images);
        const labelIds: string[] = [];
        for (let index = 0; index < labels; index++)
          labelIds.push((await createLabel(ctx, { projectId, name: `label ${index}` })).id);
        for (const { do: what, label: index, ...asked } of steps) {
          const chosen = asked.images?.map((each) => imageIds[each]!) ?? [];
          const labelId = index == null ? null : labelIds[index]!;
          if (what === 'annotate')
            await annotateImages(ctx, {
              projectId,
              annotations: chosen.map((imageId) =>
                type === 'SINGLE_LABEL' || labelId === null
                  ? { imageId, labelId }
                  : { imageId, addLabelIds: [labelId] },
              ),
            });
          if (what === 'delete images') await deleteImages(ctx, { projectId, imageIds: chosen });
          if (what === 'restore images') await restoreImages(ctx, { projectId, imageIds: chosen });
          // Which may be in the trash already, or gone.
          if (what === 'delete label') await deleteLabel(ctx, labelId!, asked.policy).catch(expectMissing);
          if (what === 'begin to delete label')
            await world.platform.db.transaction(async (tx) =>
              trashLabelRow(tx, labelId!, await disposalNow(tx, ctx, projectId, false), asked.policy),
            );
          if (what === 'restore label') await restoreLabels(ctx, { projectId, labelIds: [labelId!] });
          if (what === 'settle') await settleLabels(world.platform);
          if (what === 'empty') await emptyTrash(ctx, projectId);
          await world.platform.background.idle();
          await expectTrueCounts(projectId);
        }
        await settleLabels(world.platform);
        await expectTrueCounts(projectId);
        await expectSettled(projectId);
        await emptyTrash(ctx, projectId);
        sweepImages(world.platform);
        await world.platform.background.idle();
        await expectTrueCounts(projectId);
        const trashed = await one(sql`
          select (select count(*)::int from image where project_id = ${projectId} and deleted_at is not null)
            + (select count(*)::int from label where project_id = ${projectId} and deleted_at is not null)
            + (select count(*)::int from trashed_annotation where project_id = ${projectId}) as left`);
        expect(trashed).toEqual({ left: 0 });
      }),
      { numRuns: 25, examples: [[saidMeanwhile]] },
    );
  }, 120_000);
});

function expectMissing(error: Error): void {
  expect(error.name).toBe('NotFoundError');
}
