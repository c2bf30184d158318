import type { UserError } from '../areas/user-error.ts';
import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { ConnectionError, UnauthenticatedError } from '../connection/errors.ts';
import { send } from '../connection/http.ts';
import type { Decision, PictureRefusal } from '../generated/graphql.ts';
import { ResultError } from '../result.ts';
import { openFile } from '../uploads/open-file.ts';
import type { UploadFile } from '../uploads/upload-images.ts';

export interface CallDeploymentOptions extends CallOptions {
  /** How many scores, the most probable first; default 5. */
  readonly scores?: number | undefined;
  /** false = the pictures are not kept, whatever the deployment says. */
  readonly store?: boolean | undefined;
}

export interface DeploymentScore {
  readonly label: string;
  readonly labelId: string;
  /** 0 to 1. */
  readonly probability: number;
}

/** What a deployment says to one picture. */
export interface PictureAnswer {
  readonly fileName: string;
  readonly predictedLabel: string;
  readonly predictedLabels: readonly string[];
  readonly decision: Decision;
  /** 0 = sure, 1 = it cannot tell. */
  readonly uncertainty: number;
  /** How unlike all training images it is, where the model can tell. */
  readonly unfamiliarity?: number;
  readonly scores: readonly DeploymentScore[];
  /** Where the call was kept. */
  readonly predictionId?: string;
}

/** Why one picture was not answered; the others were. */
export interface PictureMistake {
  readonly fileName: string;
  readonly error: { readonly code: UserError['code']; readonly message: string; readonly refusal?: PictureRefusal };
}

export interface DeploymentAnswer {
  readonly deployment: string;
  readonly modelVersion: { readonly id: string; readonly versionName: string };
  /** For each picture, in the order given. */
  readonly results: readonly (PictureAnswer | PictureMistake)[];
}

/** One call of a deployment over HTTP (docs/serving.md). @throws {ResultError} {UnauthenticatedError} {ConnectionError} {ExemplarError} */
export async function callDeployment(
  connection: Connection,
  name: string,
  pictures: readonly UploadFile[],
  { scores = 5, store, signal }: CallDeploymentOptions = {},
): Promise<DeploymentAnswer> {
  const form = new FormData();
  for (const picture of pictures) {
    const { blob, fileName = 'picture' } = await openFile(picture);
    form.append('images', blob, fileName);
  }
  const query = new URLSearchParams({ top: String(scores), ...(store === false && { store: 'no' }) });
  const address = `${connection.http.endpoint.replace(/\/graphql\/?$/, '')}/deployments/${encodeURIComponent(name)}/predict?${query}`;
  const ended = connection.signalFor(signal);
  return connection.retry.run(
    () =>
      connection.withToken(async (token) => {
        const headers = {
          accept: 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        };
        const response = await send(connection.http.fetch, address, {
          method: 'POST',
          headers,
          body: form,
          signal: ended,
        });
        if (response.ok) return (await response.json()) as DeploymentAnswer;
        throw await refusalOf(response);
      }),
    // Whoever is told to come back later has not been served.
    ({ status }) => status === 429 || status === 503,
    ended,
  );
}

async function refusalOf(response: Response): Promise<Error> {
  const text = await response.text();
  let said: { readonly code?: string; readonly message?: string; readonly retryAfterSeconds?: number } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    // Somebody between the server and us has answered.
  }
  const message = said.message ?? `the call was answered ${response.status}: ${text.slice(0, 200)}`;
  if (response.status === 401) return new UnauthenticatedError(message);
  if (said.code === undefined || response.status >= 500)
    return new ConnectionError(message, {
      status: response.status,
      isTransient: response.status >= 500,
      retryAfterMilliseconds: (said.retryAfterSeconds ?? 0) * 1000,
    });
  return new ResultError({ code: said.code, message } as UserError);
}
