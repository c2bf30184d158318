import { UserError } from '#core/platform/errors.ts';
import { readGlobalId } from '#schema/global-id.ts';
import type { CallForm } from './call-form.ts';
import { codeOf } from './refusal.ts';

const scoresOfAnswer = 5;

/**
 * `POST /v1/infers/:id`, as applications of ModelArts call it: one picture, as `images` of a form; `predicted_label` and `scores` of the five
 * most probable labels. The id is that of the deployment, with or without its type.
 */
export function infersForm(id: string): CallForm {
  const named = readGlobalId(id);
  return {
    deployment: { id: named?.typename === 'Deployment' ? named.id : id },
    pictures: 1,
    isStored: true,
    write: ({ results: [result] }) => {
      if (!result || result instanceof UserError) throw result ?? new Error('a call without a picture was answered');
      return {
        predicted_label: result.scores[0]!.modelClass.name,
        scores: result.scores
          .slice(0, scoresOfAnswer)
          .map(({ modelClass, probability }) => [modelClass.name, probability]),
      };
    },
    writeError: (error) => ({ error_code: codeOf(error), error_msg: error.message }),
  };
}
