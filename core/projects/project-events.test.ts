import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import {
  projectEventsDocument,
  subscribeOverSse,
  subscribeOverWebSocket,
  type StreamedEvent,
} from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { TrainingWriter } from '#test/training-writer.ts';
import { World } from '#test/world.ts';
import { deleteOldProjectEvents } from './project-events.ts';

const uuidOf = (globalId: string) => globalId.split('_')[1]!;

describe('the stream of a project', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const lastSequence = async (id: string): Promise<number> =>
    (await world.admin.ask('query ($id: ID!) { project(id: $id) { lastSequence } }', { id })).project.lastSequence;
  /** The next so many events. */
  const take = async (stream: AsyncGenerator<StreamedEvent>, count: number): Promise<StreamedEvent[]> => {
    const events: StreamedEvent[] = [];
    while (events.length < count) events.push((await stream.next()).value);
    return events;
  };

  test('tells of labels, images, annotations and trainings, live and in order', async () => {
    const project = await world.project();
    const live = subscribeOverWebSocket(world.admin, projectEventsDocument, { id: project.id });
    const label = async (name: string) =>
      world.admin.must(
        `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} ... on Label { id } } }`,
        { input: { projectId: project.id, name } },
      );
    const [cat, dog] = [await label('cat'), await label('dog')];
    expect(await take(live, 2)).toMatchObject([
      { __typename: 'ProjectLabelChanged', sequence: 1, change: 'CREATED', labelId: cat.id, name: 'cat' },
      { __typename: 'ProjectLabelChanged', sequence: 2, change: 'CREATED', labelId: dog.id, name: 'dog' },
    ]);

    const pictures = await Promise.all(
      Array.from({ length: 10 }, async (_, number) => ({
        fileName: `${number}.jpg`,
        bytes: await drawPicture(number % 2, number),
      })),
    );
    const images = await world.upload(project.id, pictures);
    const uploaded = await take(live, 10);
    expect(uploaded.map(({ imageCount }) => imageCount)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    // A picture that is there already changes nothing.
    await world.upload(project.id, pictures.slice(0, 1));
    await world.annotate(
      project.id,
      images.map((imageId, number) => ({ imageId, labelId: number % 2 ? dog.id : cat.id })),
    );
    expect(await take(live, 1)).toMatchObject([
      {
        __typename: 'ProjectCountsChanged',
        sequence: 13,
        imageCount: 10,
        labelledImageCount: 10,
        labels: [
          { labelId: cat.id, imageCount: 5 },
          { labelId: dog.id, imageCount: 5 },
        ],
      },
    ]);

    const { id: trainingId } = await world.startTraining(project.id);
    const writer = await TrainingWriter.claim(world.platform, trainingId);
    await writer.lines(3);
    await writer.end();
    expect(await take(live, 3)).toMatchObject([
      { __typename: 'ProjectTrainingChanged', trainingId, versionName: 'V001', state: 'QUEUED', stopReason: null },
      { __typename: 'ProjectTrainingChanged', state: 'PREPARING' },
      { __typename: 'ProjectTrainingChanged', state: 'CANCELLED', stopReason: 'STOPPED_BY_USER' },
    ]);

    await world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`,
      { input: { projectId: project.id, imageIds: images.slice(0, 2) } },
    );
    await world.admin.must(
      `mutation ($id: ID!) { updateLabel(id: $id, input: { name: "kitten" }) { ${userErrorFields} } }`,
      { id: cat.id },
    );
    await world.admin.must(`mutation ($id: ID!) { deleteLabel(id: $id, policy: LABEL_ONLY) { ${userErrorFields} } }`, {
      id: dog.id,
    });
    expect(await take(live, 4)).toMatchObject([
      {
        imageCount: 8,
        labelledImageCount: 8,
        labels: [
          { labelId: cat.id, imageCount: 4 },
          { labelId: dog.id, imageCount: 4 },
        ],
      },
      { change: 'UPDATED', labelId: cat.id, name: 'kitten' },
      { imageCount: 8, labelledImageCount: 4, labels: [] },
      { change: 'DELETED', labelId: dog.id, name: 'dog' },
    ]);
    await live.return(undefined);

    const last = await lastSequence(project.id);
    expect(last).toBe(20);
    const again = subscribeOverSse(world.admin, projectEventsDocument, { id: project.id, after: 12 });
    expect((await take(again, 8)).map(({ sequence }) => sequence)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
    await again.return(undefined);
    const { project: polled } = await world.admin.ask(
      'query ($id: ID!) { project(id: $id) { events(first: 3, after: "17") { nodes { __typename sequence } pageInfo { endCursor hasNextPage } } } }',
      { id: project.id },
    );
    expect(polled.events).toEqual({
      nodes: [
        { __typename: 'ProjectLabelChanged', sequence: 18 },
        { __typename: 'ProjectCountsChanged', sequence: 19 },
        { __typename: 'ProjectLabelChanged', sequence: 20 },
      ],
      pageInfo: { endCursor: '20', hasNextPage: false },
    });
  });

  test('says first what is not stored any more', async () => {
    const project = await world.project({ labels: ['a', 'b', 'c', 'd'] });
    const { db } = world.platform;
    await db.execute(
      sql`update project_event set occurred_at = now() - interval '8 days' where project_id = ${uuidOf(project.id)} and seq < 4`,
    );
    expect(await deleteOldProjectEvents(world.platform, 7)).toBe(3);
    const stream = subscribeOverSse(world.admin, projectEventsDocument, { id: project.id, after: 1 });
    expect(await take(stream, 2)).toMatchObject([
      { __typename: 'ProjectStreamResync', sequence: 3, from: 4 },
      { __typename: 'ProjectLabelChanged', sequence: 4, name: 'd' },
    ]);
    await stream.return(undefined);
    // Who has them misses nothing.
    const later = subscribeOverSse(world.admin, projectEventsDocument, { id: project.id, after: 3 });
    expect(await take(later, 1)).toMatchObject([{ __typename: 'ProjectLabelChanged', sequence: 4 }]);
    await later.return(undefined);
    await db.execute(
      sql`update project_event set occurred_at = now() - interval '8 days' where project_id = ${uuidOf(project.id)}`,
    );
    await deleteOldProjectEvents(world.platform, 7);
    const empty = subscribeOverSse(world.admin, projectEventsDocument, { id: project.id });
    expect(await take(empty, 1)).toMatchObject([{ __typename: 'ProjectStreamResync', sequence: 4, from: 5 }]);
    await empty.return(undefined);
  });

  test('has no gap and no double while many write at once', async () => {
    const project = await world.project({ labels: ['cat', 'dog'] });
    const from = await lastSequence(project.id);
    const images = await Promise.all(
      Array.from({ length: 12 }, async (_, number) => {
        const [id] = await world.upload(project.id, [
          { fileName: `${number}.jpg`, bytes: await drawPicture(0, number) },
        ]);
        return id!;
      }),
    );
    await Promise.all(
      images.map((imageId) => world.annotate(project.id, [{ imageId, labelId: project.labels[0]!.id }])),
    );
    const stream = subscribeOverWebSocket(world.admin, projectEventsDocument, { id: project.id, after: from });
    const events = await take(stream, 24);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => from + 1 + index));
    expect(events.slice(12).map(({ labels }) => labels[0].imageCount)).toEqual(
      events.slice(12).map((_, index) => index + 1),
    );
    await stream.return(undefined);
  });
});
