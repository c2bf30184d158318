import {
  readDatabaseInfo,
  readServerInfo,
  type DatabaseInfo,
  type ServerInfo,
} from '#core/installation/server-info.ts';
import { tryObjectStore, type ObjectStoreTrial } from '#core/installation/try-object-store.ts';
import { builder } from './builder.ts';
import { TrainingFlavorObject } from './training-config.ts';

const ServerLimitsObject = builder.objectRef<ServerInfo['limits']>('ServerLimits').implement({
  description: 'What the installation takes at most.',
  fields: (t) => ({
    projects: t.exposeInt('projects', { description: 'Projects.' }),
    imageBytes: t.exposeFloat('imageBytes', { description: 'Bytes of a picture that is uploaded.' }),
    imageSide: t.exposeInt('imageSide', { description: 'Pixels of a side of a picture.' }),
    imagePixels: t.exposeFloat('imagePixels', { description: 'Pixels of a picture.' }),
    labelLength: t.exposeInt('labelLength', { description: "Characters of a label's name." }),
    baseModelBytes: t.exposeFloat('baseModelBytes', { description: 'Bytes of a base model that is uploaded.' }),
    importBytes: t.exposeFloat('importBytes', { description: 'Bytes of an archive or document to import.' }),
    predictionBytes: t.exposeFloat('predictionBytes', {
      description: 'Bytes of one call for predictions, all its pictures together.',
    }),
  }),
});

const DatabaseInfoObject = builder.objectRef<DatabaseInfo>('DatabaseInfo').implement({
  description: 'How the database is.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Of PostgreSQL.' }),
    schemaRevision: t.exposeString('schemaRevision', {
      nullable: true,
      description:
        'Newest migration that it has; null when the server that answers does not know it, being the older one.',
    }),
    clockOffsetMilliseconds: t.exposeInt('clockOffsetMilliseconds', {
      description: 'How far the clock of the server that answers is ahead of that of the database.',
    }),
  }),
});

const ObjectStoreTrialObject = builder.objectRef<ObjectStoreTrial>('ObjectStoreTrial').implement({
  description: 'Whether a small object could be written, read and deleted.',
  fields: (t) => ({
    problem: t.exposeString('problem', { nullable: true, description: 'What is wrong; null when all went well.' }),
    milliseconds: t.exposeInt('milliseconds', { description: 'How long it took.' }),
  }),
});

const ServerInfoObject = builder.objectRef<ServerInfo>('ServerInfo').implement({
  description: 'The server that answers, and what it was configured with.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Of Exemplar.' }),
    nodeVersion: t.exposeString('nodeVersion', { description: 'Of Node.js.' }),
    schemaRevision: t.exposeString('schemaRevision', { description: 'Newest migration that this version has.' }),
    objectStore: t.field({
      type: builder.enumType('ObjectStoreKind', {
        description: 'Where pictures and models lie.',
        values: {
          FILE_SYSTEM: { description: 'In a folder.' },
          BUCKET: { description: 'In a bucket of a store that speaks S3.' },
        },
      }),
      description: 'Where pictures and models lie.',
      resolve: (info) => info.objectStore,
    }),
    limits: t.field({
      type: ServerLimitsObject,
      description: 'What the installation takes at most.',
      resolve: ({ limits }) => limits,
    }),
    flavors: t.field({
      type: [TrainingFlavorObject],
      description: 'The same as `trainingFlavors`.',
      resolve: (_info, _args, ctx) => [...ctx.action().platform.config.flavors],
    }),
    time: t.field({ type: 'DateTime', description: 'What its clock says.', resolve: () => new Date() }),
    database: t.field({
      type: DatabaseInfoObject,
      description: 'How the database is. Administrators.',
      resolve: (_info, _args, ctx) => readDatabaseInfo(ctx.action()),
    }),
    objectStoreTrial: t.field({
      type: ObjectStoreTrialObject,
      description: 'Writes, reads and deletes a small object. Administrators.',
      complexity: 100,
      resolve: (_info, _args, ctx) => tryObjectStore(ctx.action()),
    }),
  }),
});

builder.queryField('serverInfo', (t) =>
  t.field({
    type: ServerInfoObject,
    description: 'Version, limits and state of the server that answers, for those who look after an installation.',
    resolve: (_root, _args, ctx) => readServerInfo(ctx.action()),
  }),
);
