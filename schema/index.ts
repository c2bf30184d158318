import './scalars.ts';
import './user-errors.ts';
import './viewer.ts';
import './project.ts';
import './label.ts';
import './image.ts';
import './image-split.ts';
import './image-upload.ts';
import './dataset-version.ts';
import './dataset-version-diff.ts';
import './base-model.ts';
import './training-config.ts';
import './training-readiness.ts';
import './training.ts';
import './training-event.ts';
import './transfer.ts';
import './transfer-event.ts';
import './dataset-export.ts';
import './import-item.ts';
import './import.ts';
import './project-event.ts';
import './model-version.ts';
import './audit-event.ts';
import './node.ts';
import { auditMutations } from './audited-mutations.ts';
import { builder } from './builder.ts';

/** The whole contract, built once. */
export const schema = auditMutations(builder.toSchema({}));
