import { ConflictError, NotFoundError, type UserError } from './errors.ts';

/** The one place where the name of a violated constraint becomes the error that a person reads. */
const constraintErrors: Record<string, () => UserError> = {
  project_name_unique: () => new ConflictError('A project of this name exists already.'),
  app_user_name_unique: () => new ConflictError('A user of this name exists already.'),
  deployment_name_unique: () => new ConflictError('A deployment of this name exists already in the installation.'),
  label_name_unique: () => new ConflictError('The project has a label of this name already.'),
  label_shortcut_unique: () => new ConflictError('Another label of the project has this keyboard shortcut.'),
  dataset_version_name_unique: () =>
    new ConflictError('The project has a dataset version of this name already (ModelArts.4371).'),
  image_project_sha256_unique: () => new ConflictError('The project has this picture already.'),
  idempotency_key_pk: () => new ConflictError('The idempotency key was used with another input already.'),
  // The project was deleted after the access check.
  image_upload_project_id_project_id_fk: () => new NotFoundError('Project', 'of the upload'),
  project_member_project_id_project_id_fk: () => new NotFoundError('Project', 'of the member'),
  annotation_label_fk: () => new NotFoundError('Label', 'of the annotation'),
};

/** Maps a driver error to its domain error; gives back anything else unchanged. */
export function toDomainError(error: unknown): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const name = (cause as { constraint_name?: unknown }).constraint_name;
    const make = typeof name === 'string' ? constraintErrors[name] : undefined;
    if (make) return make();
  }
  return error;
}

/** Runs a statement and throws the domain error of a constraint that it violates. */
export async function mappingConstraints<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toDomainError(error);
  }
}
