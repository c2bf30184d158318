import type { ThresholdPoint } from '#core/models/threshold-points.ts';
import { builder } from './builder.ts';
import { IntervalObject } from './evaluation.ts';

export const ThresholdPointObject = builder.objectRef<ThresholdPoint>('ThresholdPoint').implement({
  description:
    "What a confidence threshold makes of the images of an evaluation. Of one label: those are decided that the model says it of, with that probability or more. Of all together: an image's confidence is the probability of its most probable class, in a multi-label project max(p, 1 - p) of its least certain label.",
  fields: (t) => ({
    threshold: t.exposeFloat('threshold', { description: 'From which on it is decided, 0 to 1.' }),
    imageCount: t.exposeInt('imageCount', { description: 'Images of the split.' }),
    acceptedCount: t.exposeInt('acceptedCount', { description: 'Images that are decided automatically.' }),
    coverage: t.exposeFloat('coverage', { description: 'Their share, 0 to 1.' }),
    precision: t.float({
      nullable: true,
      description:
        'Share of the decided ones that is right: the precision of one label, the accuracy of all together. Null where none is decided.',
      resolve: (item) => item.precision,
    }),
    precisionInterval: t.field({
      type: IntervalObject,
      description: "Where that lies: Wilson's interval.",
      resolve: (item) => item.precisionInterval,
    }),
    recall: t.float({
      nullable: true,
      description:
        'Share of the images with the label, or of all, that is decided and right; null where there are none.',
      resolve: (item) => item.recall,
    }),
  }),
});
