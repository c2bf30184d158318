import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RateLimiter } from '#core/access/rate-limiter.ts';
import { answerCall, type ServedCall } from '#core/deployments/answer-call.ts';
import { findServed } from '#core/deployments/find-served.ts';
import type { Serving } from '#core/deployments/serving.ts';
import type { Picture } from '#core/models/predictor.ts';
import { NotFoundError, UnauthenticatedError, UnavailableError, UserError } from '#core/platform/errors.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { Authenticator } from '../authenticator.ts';
import { bearerToken } from '../bearer-token.ts';
import { rateLimitMessage, secondsToWait } from '../rate-limits.ts';
import { sendJson } from '../send-json.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { CallForm } from './call-form.ts';
import { readPictures, type ReceivedPicture } from './read-pictures.ts';
import { refusalOf } from './refusal.ts';

export interface CallServices {
  readonly platform: Platform;
  readonly rateLimiter: RateLimiter;
  readonly authenticator: Authenticator;
  readonly serving: Serving;
  readonly budget: ByteBudget;
}

/** Answers a call of a deployment, in whatever form it comes. */
export async function handleCall(
  services: CallServices,
  request: IncomingMessage,
  response: ServerResponse,
  form: CallForm,
): Promise<void> {
  try {
    sendJson(response, 200, await answer(services, request, form));
  } catch (error) {
    // The sender has gone; nobody is left to answer.
    if (error === request.errored || response.destroyed) return;
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    if (refusal.retryAfter !== undefined) response.setHeader('retry-after', String(refusal.retryAfter));
    // What was not read of the body is in the way of the next request. A sender that reads no answer before it has sent all gets it still.
    request.resume();
    if (!(Number(request.headers['content-length']) <= services.platform.config.limits.predictionBytes))
      response.setHeader('connection', 'close');
    sendJson(response, refusal.status, form.writeError(refusal.error));
  }
}

async function answer(
  { platform, rateLimiter, authenticator, serving, budget }: CallServices,
  request: IncomingMessage,
  form: CallForm,
): Promise<object> {
  const caller = await authenticator.caller(tokenOf(request));
  const seconds = await secondsToWait(rateLimiter, caller, () => 1);
  if (seconds !== undefined) throw new UnavailableError('CALLER_BUSY', rateLimitMessage(seconds), seconds);
  const deployment = await findServed(platform, caller, form.deployment);
  if (form.projectId !== undefined && form.projectId !== deployment.projectId)
    throw new NotFoundError('Deployment', deployment.name);
  serving.predictor.refuseWhenFull(deployment.id);
  const { limits } = platform.config;
  using share = budget.open();
  const bounds = {
    imageBytes: limits.imageBytes,
    callBytes: limits.predictionBytes,
    pictures: form.pictures,
  };
  const received = await readPictures(request, bounds, share);
  const isStored = form.isStored && request.headers['x-exemplar-store'] !== 'no';
  const pictures = received.filter((picture): picture is Picture => !(picture instanceof UserError));
  const call = await answerCall(platform, serving, deployment, pictures, isStored);
  return form.write(
    inOrder(call, received),
    received.map(({ fileName }) => fileName),
  );
}

/** Puts what was refused before the call between the results of it. @throws {UnavailableError} when no picture was answered for now. */
function inOrder(call: ServedCall, received: readonly ReceivedPicture[]): ServedCall {
  let next = 0;
  const results = received.map((picture) => (picture instanceof UserError ? picture : call.results[next++]!));
  const unavailable = results.find((result) => result instanceof UnavailableError);
  if (unavailable && results.every((result) => result instanceof UserError)) throw unavailable;
  return { ...call, results };
}

/** In the header of any form, so that each works with each address. */
function tokenOf({ headers }: IncomingMessage): string {
  const token = bearerToken(headers.authorization) ?? headers['x-auth-token'] ?? headers['prediction-key'];
  if (typeof token === 'string' && token !== '') return token;
  throw new UnauthenticatedError('Send the header `authorization: Bearer exm_...`.');
}
