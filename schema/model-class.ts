import type { ModelVersion } from '#core/models/model-versions.ts';
import { builder } from './builder.ts';
import { writeGlobalId } from './global-id.ts';

export const ModelClassObject = builder.objectRef<ModelVersion['classes'][number]>('ModelClass').implement({
  description: 'A class that a model answers with.',
  fields: (t) => ({
    labelId: t.id({
      description: 'The label; it may have been renamed or deleted since.',
      resolve: (item) => writeGlobalId('Label', item.labelId),
    }),
    name: t.exposeString('name', { description: 'Its name when the training started.' }),
    threshold: t.float({
      nullable: true,
      description: 'Probability from which on the model says it; null where the model says the most probable class.',
      resolve: (item) => item.threshold ?? null,
    }),
  }),
});
