import './scalars.ts';
import './user-errors.ts';
import './viewer.ts';
import './project.ts';
import './label.ts';
import './image.ts';
import './image-list.ts';
import './image-split.ts';
import './image-upload.ts';
import './trash.ts';
import './restore.ts';
import './dataset-version.ts';
import './dataset-version-diff.ts';
import './base-model.ts';
import './training-config.ts';
import './training-readiness.ts';
import './training.ts';
import './training-event.ts';
import './project-event.ts';
import './model-version.ts';
import './node.ts';
import { builder } from './builder.ts';

/** The whole contract, built once. */
export const schema = builder.toSchema({});
