import { randomUUID } from 'node:crypto';
import { UserError } from '#core/platform/errors.ts';
import { readGlobalId } from '#schema/global-id.ts';
import type { CallForm } from './call-form.ts';
import { codeOf } from './refusal.ts';

/**
 * `POST /customvision/v3.0/Prediction/:project/classify/iterations/:name/image[/nostore]`, as applications of Azure Custom Vision call it: the
 * name under which an iteration was published is that of the deployment. One picture, as body or form; all labels with their probabilities.
 */
export function customVisionForm(project: string, name: string, isStored: boolean): CallForm {
  const named = readGlobalId(project);
  return {
    deployment: { name },
    projectId: named?.typename === 'Project' ? named.id : project.toLowerCase(),
    pictures: 1,
    isStored,
    write: ({ deployment, modelVersion, results: [result] }) => {
      if (!result || result instanceof UserError) throw result ?? new Error('a call without a picture was answered');
      return {
        id: result.id ?? randomUUID(),
        project: deployment.projectId,
        iteration: modelVersion.id,
        created: new Date().toISOString(),
        predictions: result.scores.map(({ modelClass, probability }) => ({
          probability,
          tagId: modelClass.labelId,
          tagName: modelClass.name,
          tagType: 'Regular',
        })),
      };
    },
    writeError: (error) => ({ code: codeOf(error), message: error.message }),
  };
}
