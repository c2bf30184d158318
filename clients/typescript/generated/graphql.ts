/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What an access token may be used for, if its user may do it; each includes the ones before it. */
export type AccessTokenScope =
  /** All that the user may, also as administrator: members, access tokens, deleting projects. */
  | 'ADMIN'
  /** What the role LABELLER may: annotate images. */
  | 'LABEL'
  /** What the role VIEWER may: read, watch, try models. */
  | 'READ'
  /** What the role EDITOR may: images, labels, trainings; and make projects. */
  | 'TRAIN';

/** The labels of one image from now on: by `labelId`, by `labelIds`, or by `addLabelIds` and `removeLabelIds`. */
export type AnnotateImageInput = {
  /** Labels it carries from now on besides those it has. */
  readonly addLabelIds?: ReadonlyArray<string> | null | undefined;
  /** `annotationRevision` that the caller has seen; left out = whatever it is now. */
  readonly expectedRevision?: number | null | undefined;
  /** The image; each at most once a call. */
  readonly imageId: string;
  /** The one label it carries from now on; null takes all labels away. */
  readonly labelId?: string | null | undefined;
  /** Exactly the labels it carries from now on, at most 100. */
  readonly labelIds?: ReadonlyArray<string> | null | undefined;
  /** Labels it does not carry any more. */
  readonly removeLabelIds?: ReadonlyArray<string> | null | undefined;
};

/** Changes to the labels of images of one project. */
export type AnnotateImagesInput = {
  /** 1 to 1,000. */
  readonly annotations: ReadonlyArray<AnnotateImageInput>;
  /** The project. */
  readonly projectId: string;
};

/** Who or what said that the image carries the label. */
export type AnnotationSource =
  /** A person. */
  | 'HUMAN'
  /** It came with the data. */
  | 'IMPORT'
  /** A model suggested it. */
  | 'MODEL';

/** Why an archive, or an entry of it, is not read. */
export type ArchiveRefusal =
  /** It is truncated or contradicts itself. */
  | 'DAMAGED'
  /** There is nothing in it. */
  | 'EMPTY'
  /** Something in it needs a password. */
  | 'ENCRYPTED'
  /** One entry does not unpack to what it should. */
  | 'ENTRY_DAMAGED'
  /** One entry is larger than a picture may be. */
  | 'ENTRY_TOO_LARGE'
  /** It unpacks to many times its size, as a bomb does. */
  | 'EXPANDS_TOO_MUCH'
  /** Its content is no ZIP, TAR or TAR.GZ, whatever its name says. */
  | 'NOT_AN_ARCHIVE'
  /** Entries share bytes, as in a bomb. */
  | 'OVERLAPPING_ENTRIES'
  /** Unpacked it is larger than the installation takes. */
  | 'TOO_MANY_BYTES'
  /** More entries than the installation takes. */
  | 'TOO_MANY_ENTRIES'
  /** A form of archive that is not taken, such as a split ZIP. */
  | 'UNSUPPORTED';

/** Where a base model comes from. */
export type BaseModelSource =
  /** Somebody put it into a worker's models folder. */
  | 'INSTALLED'
  /** It came with this release. */
  | 'SHIPPED'
  /** An administrator uploaded it for all workers. */
  | 'UPLOADED';

/** How far an uploaded model is. */
export type BaseModelUploadState =
  /** Its bytes are awaited. */
  | 'ANNOUNCED'
  /** A worker will try it, or does. */
  | 'QUEUED'
  /** It is a base model now. */
  | 'READY'
  /** No training can build on it. */
  | 'REFUSED';

/** An access token to make. */
export type CreateAccessTokenInput = {
  /** In the future; left out = never. */
  readonly expiresAt?: string | null | undefined;
  /** What it is for, 1 to 100 characters. */
  readonly name: string;
  /** What it may be used for; left out = ADMIN. */
  readonly scope?: AccessTokenScope | null | undefined;
  /** For whom; left out = the viewer. Others: administrators only. */
  readonly userId?: string | null | undefined;
};

/** A model to bring, and what its owner knows of it; what is left out is found or assumed. */
export type CreateBaseModelUploadInput = {
  /** Bytes of the ONNX file. */
  readonly byteSize: number;
  /** Its terms, for those who choose it. */
  readonly licence?: string | null | undefined;
  /** Per channel, 0 to 1: x = (pixel/255 - mean) / std; default: of ImageNet. */
  readonly mean?: ReadonlyArray<number> | null | undefined;
  /** Lower-case words joined by hyphens, at most 64 characters; not taken. */
  readonly name: string;
  /** Value of the graph that describes a picture. */
  readonly output?: string | null | undefined;
  /** Left out = COVER. */
  readonly resize?: ResizeMode | null | undefined;
  /** Pixels of a side, 8 to 2048, where the file leaves it open. */
  readonly size?: number | null | undefined;
  /** Per channel, 0.001 to 1; default: of ImageNet. */
  readonly std?: ReadonlyArray<number> | null | undefined;
};

/** Files to announce for one project. */
export type CreateImageUploadsInput = {
  /** 1 to 100. */
  readonly files: ReadonlyArray<ImageFileInput>;
  /** The project. */
  readonly projectId: string;
};

/** A label to make. */
export type CreateLabelInput = {
  /** Such as #E6194B; left out = the next of a palette. */
  readonly color?: string | null | undefined;
  /** Any Unicode, 1 to 64 characters, unique in the project. */
  readonly name: string;
  /** The project. */
  readonly projectId: string;
  /** One visible character, unique in the project. */
  readonly shortcut?: string | null | undefined;
};

/** A project to make. */
export type CreateProjectInput = {
  /** At most 256 characters. */
  readonly description?: string | null | undefined;
  /** Starts with a letter; 1 to 32 characters out of letters, digits, `_` and `-`; unique. */
  readonly name: string;
  /** The kind of task, for good. */
  readonly type?: ProjectType | null | undefined;
};

/** A user to make. */
export type CreateUserInput = {
  /** Default false. */
  readonly isAdministrator?: boolean | null | undefined;
  /** 1 to 100 characters, unique. */
  readonly name: string;
};

/** How an image differs between two dataset versions. */
export type DatasetChangeKind =
  /** It is in the later one only. */
  | 'ADDED'
  /** It stands on another side of the split. */
  | 'MOVED'
  /** It carries other labels. */
  | 'RELABELLED'
  /** It is in the earlier one only. */
  | 'REMOVED';

/** Images to move into the trash of one project. */
export type DeleteImagesInput = {
  /** Not into the trash: the images are gone for good at once, and files that no dataset version holds within moments. Default false. */
  readonly deleteSourceFiles?: boolean | null | undefined;
  /** 1 to 1,000; ids that are not there are skipped. */
  readonly imageIds: ReadonlyArray<string>;
  /** The project. */
  readonly projectId: string;
};

/** What a worker computes on. */
export type Device =
  /** Processor. */
  | 'CPU'
  /** NVIDIA GPU through CUDA. */
  | 'CUDA'
  /** Any GPU through WebGPU. */
  | 'WEBGPU';

/** A file to announce. */
export type ImageFileInput = {
  /** Exact size in bytes. */
  readonly byteSize: number;
  /** Any name, 1 to 1,024 characters; shown, never a path. */
  readonly fileName: string;
  /** `Image.group` of the image that it becomes, 1 to 128 characters; an image that is there already keeps its own. */
  readonly group?: string | null | undefined;
  /** 64 hexadecimal digits; checked on arrival when given. */
  readonly sha256?: string | null | undefined;
};

/** Which images; conditions that are left out do not count, the others must all hold. */
export type ImageFilter = {
  /** Only those that carry a label that this user has put there. */
  readonly annotatedById?: string | null | undefined;
  /** Only those with this in their file name, whatever the case of letters; 1 to 200 characters. */
  readonly fileNameContains?: string | null | undefined;
  /** Only those of this group. */
  readonly group?: string | null | undefined;
  /** Only suspected duplicates, or only others: whether another image of the project looks alike. New images are compared within moments. */
  readonly hasNearDuplicates?: boolean | null | undefined;
  /** Only those with, or without, a label. */
  readonly isLabelled?: boolean | null | undefined;
  /** Only those that carry this label. */
  readonly labelId?: string | null | undefined;
  /** Only those that stand on this side: where a person has put them, else where the last dataset version did. */
  readonly split?: Split | null | undefined;
  /** Only those uploaded at this time or after it. */
  readonly uploadedAfter?: string | null | undefined;
  /** Only those uploaded before this time. */
  readonly uploadedBefore?: string | null | undefined;
  /** Only those that this user has uploaded. */
  readonly uploadedById?: string | null | undefined;
};

/** One of the stored forms of a picture. */
export type ImageForm =
  /** JPEG, upright, sRGB, longest side at most 1024 px: what models see. */
  | 'NORMALISED'
  /** The uploaded bytes. */
  | 'ORIGINAL'
  /** WebP, longest side at most 256 px. */
  | 'THUMBNAIL';

/** What ended an attempt. */
export type InterruptionReason =
  /** The process that trains died, for example of a lack of memory. */
  | 'TRAINER_CRASHED'
  /** The worker was not heard of any more. */
  | 'WORKER_LOST'
  /** The worker was told to stop and has handed the training over. */
  | 'WORKER_STOPPED';

/** What happened to a label. */
export type LabelChange =
  /** It is new. */
  | 'CREATED'
  /** It is in the trash. */
  | 'DELETED'
  /** It is back from the trash. */
  | 'RESTORED'
  /** It has another name, colour or shortcut. */
  | 'UPDATED';

/** What happens to the images of a deleted label. */
export type LabelDeletePolicy =
  /** Those that carry no other label go into the trash too. */
  | 'LABEL_AND_IMAGES'
  /** Those that carry no other label are gone for good, and their files with them, but for those that a dataset version holds. */
  | 'LABEL_IMAGES_AND_SOURCE_FILES'
  /** They stay, without this label. */
  | 'LABEL_ONLY';

/** How much a line matters. */
export type LogLevel =
  /** For those who are curious. */
  | 'INFO'
  /** Read it. */
  | 'WARN';

/** Which end of a list comes first. */
export type OrderDirection =
  /** Oldest first; names from A to Z. */
  | 'ASC'
  /** Newest first; names from Z to A. */
  | 'DESC';

/** Why a file cannot become an image. */
export type PictureRefusal =
  /** It is truncated or does not decode. */
  | 'DAMAGED'
  /** The SHA-256 of what arrived is not the one announced. */
  | 'DIGEST_MISMATCH'
  /** It has no bytes. */
  | 'EMPTY'
  /** Its content is no image, whatever its name says. */
  | 'NOT_AN_IMAGE'
  /** The bytes were not sent to the upload address. */
  | 'NOT_RECEIVED'
  /** Wider or higher than the installation takes. */
  | 'SIDE_TOO_LONG'
  /** Not as many bytes arrived as were announced. */
  | 'SIZE_MISMATCH'
  /** Larger than the installation takes. */
  | 'TOO_MANY_BYTES'
  /** More pixels than the installation takes. */
  | 'TOO_MANY_PIXELS'
  /** An image, but of a format that is not taken (SVG, HEIC, PSD, ...). */
  | 'UNSUPPORTED_FORMAT';

/** A model version and one picture: either an image or an upload. */
export type PredictInput = {
  /** An image of the project; or: */
  readonly imageId?: string | null | undefined;
  /** The model version. */
  readonly modelVersionId: string;
  /** a file sent to an upload address, which need not become an image. */
  readonly uploadId?: string | null | undefined;
};

/** What a member may do in a project; each role may do all that the ones before it may. */
export type ProjectRole =
  /** Changes images, labels and trainings. */
  | 'EDITOR'
  /** Annotates images. */
  | 'LABELLER'
  /** Changes members and the project itself. */
  | 'OWNER'
  /** Reads everything and tries models. */
  | 'VIEWER';

/** How many labels an image of the project carries. */
export type ProjectType =
  /** Any number; a model says each label on its own, from its threshold on. */
  | 'MULTI_LABEL'
  /** At most one; a model says the most probable class. */
  | 'SINGLE_LABEL';

/** What to publish. */
export type PublishDatasetVersionInput = {
  /** 1 to 32 characters out of letters, digits, `_`, `-`; unique in the project; left out = generated. */
  readonly name?: string | null | undefined;
  /** The project. */
  readonly projectId: string;
  /** Integer, 0 to 4294967295; left out = that of the training config. */
  readonly seed?: number | null | undefined;
  /** 0 to 0.5, at most 5 decimals; left out = that of the training config. */
  readonly testRatio?: number | null | undefined;
  /** Over (0,1), at most 5 decimals; left out = that of the training config. */
  readonly trainRatio?: number | null | undefined;
};

/** What publishing did. */
export type PublishOutcome =
  /** There is a new dataset version. */
  | 'CREATED'
  /** The latest one holds exactly the same; nothing was made. */
  | 'UNCHANGED';

/** Why a training cannot start. */
export type ReadinessBlockerCode =
  /** No worker has offered a base model of that name. */
  | 'BASE_MODEL_UNKNOWN'
  /** The base version is no completed model version of the project. */
  | 'BASE_VERSION_UNUSABLE'
  /** The project has a dataset version of that name. */
  | 'DATASET_VERSION_NAME_TAKEN'
  /** One side, or the training side of a label, has no image: groups, near-duplicates or overrides forbid it. */
  | 'SPLIT_IMPOSSIBLE'
  /** Fewer than 2 labels stand on images. */
  | 'TOO_FEW_CLASSES'
  /** A label stands on fewer than 5 images. */
  | 'TOO_FEW_IMAGES';

/** Why a training may disappoint. */
export type ReadinessWarningCode =
  /** A label stands on fewer than 50 images. */
  | 'FEW_IMAGES'
  /** The largest class is more than 5 times the smallest. */
  | 'IMBALANCED'
  /** A label has no image in the test part that was asked for. */
  | 'LABEL_NOT_TESTED'
  /** Every image carries the label: there is nothing to tell it from. */
  | 'LABEL_ON_ALL_IMAGES'
  /** A label has no image to train on or to evaluate on: its images carry other labels too or belong together. */
  | 'LABEL_ON_ONE_SIDE'
  /** Some older images have not been compared with the others yet. */
  | 'LOOKS_UNKNOWN'
  /** Most images of a label look alike, so that they are dealt to the sides one by one all the same. */
  | 'LOOK_ALIKES_APART'
  /** Images of one group, or near-duplicates, were put on different sides by people. */
  | 'OVERRIDES_DISAGREE'
  /** Images keep their sides of earlier versions, overrides and groups, so a ratio cannot be met. */
  | 'RATIO_MISSED'
  /** Some images must change sides to be with their group, their near-duplicates or an override among these. */
  | 'SPLIT_JOINED'
  /** Some images must change sides, since a class would be missing on one. */
  | 'SPLIT_MOVED'
  /** Some images carry no label. */
  | 'UNLABELLED_IGNORED';

/** How pictures are brought to a square. */
export type ResizeMode =
  /** The centre, as much of it as fits; the default. */
  | 'COVER'
  /** All of it, stretched. */
  | 'FILL';

/** Images of one project that belong together. */
export type SetImageGroupInput = {
  /** Such as a camera or a patient, 1 to 128 characters; null or left out = with no others. */
  readonly group?: string | null | undefined;
  /** 1 to 1,000, each once. */
  readonly imageIds: ReadonlyArray<string>;
  /** The project. */
  readonly projectId: string;
};

/** Images of one project and where they shall stand. */
export type SetImageSplitInput = {
  /** 1 to 1,000, each once. */
  readonly imageIds: ReadonlyArray<string>;
  /** The project. */
  readonly projectId: string;
  /** Their side from now on; null or left out = automatic again. */
  readonly split?: Split | null | undefined;
};

/** Who gets which role where. */
export type SetProjectMemberInput = {
  /** The project. */
  readonly projectId: string;
  /** The role; null = none any more. */
  readonly role?: ProjectRole | null | undefined;
  /** The user. */
  readonly userId: string;
};

/** Side of the split of a dataset version. */
export type Split =
  /** Held out of both: the finished model is judged on it, and nothing depends on it. */
  | 'TEST'
  /** Trained on. */
  | 'TRAIN'
  /** Evaluated on: epochs are compared by it. */
  | 'VALIDATION';

/** What to train, and how. */
export type StartTrainingInput = {
  /** Differences from the project's saved config. */
  readonly config?: TrainingConfigInput | null | undefined;
  /** 1 to 32 characters out of letters, digits, `_`, `-`; unique in the project; left out = generated. */
  readonly datasetVersionName?: string | null | undefined;
  /** The same key with the same input gives the same training, so that a lost answer can be asked for again. */
  readonly idempotencyKey?: string | null | undefined;
  /** The project. */
  readonly projectId: string;
};

/** Why a training ended. */
export type StopReason =
  /** It had nothing more to learn. */
  | 'CONVERGED'
  /** Its time was up; the best model so far was saved. */
  | 'MAX_DURATION'
  /** Somebody stopped or cancelled it. */
  | 'STOPPED_BY_USER';

/** How it shall end. */
export type StopRequest =
  /** Without a model. */
  | 'CANCEL'
  /** With the best model so far. */
  | 'STOP_AND_KEEP';

/** What a training may change of a network. */
export type TrainablePart =
  /** Nothing but the head that is put on top. */
  | 'HEAD'
  /** Its last layers. */
  | 'SUFFIX'
  /** All of it. */
  | 'WHOLE';

/** Differences from the project's saved config. */
export type TrainingConfigInput = {
  /** Name out of `baseModels`; null = by preference, left out = as saved (null). */
  readonly baseModel?: string | null | undefined;
  /** A model version of the project; null = none, left out = as saved. */
  readonly baseVersionId?: string | null | undefined;
  /** Id of a pool of workers; left out = as saved (the first). */
  readonly flavor?: string | null | undefined;
  /** 6 to 6000 minutes; left out = as saved (60). */
  readonly maxDurationMinutes?: number | null | undefined;
  /** Left out = as saved (BALANCE). */
  readonly preference?: TrainingPreference | null | undefined;
  /** Integer, 0 to 4294967295; left out = as saved (0). */
  readonly seed?: number | null | undefined;
  /** 0 to 0.5, at most 5 decimals; left out = as saved (0: no test part). */
  readonly testRatio?: number | null | undefined;
  /** Over (0,1), at most 5 decimals; left out = as saved (0.8). */
  readonly trainRatio?: number | null | undefined;
};

/** Why a training failed. */
export type TrainingFailureCode =
  /** The worker does not have the base model. */
  | 'BASE_MODEL_UNUSABLE'
  /** The base version is gone or does not fit. */
  | 'BASE_VERSION_UNUSABLE'
  /** The disk of the worker or of the object store is full. */
  | 'DISK_FULL'
  /** The loss stopped being a number, also with a smaller learning rate. */
  | 'DIVERGED'
  /** A defect of ours. */
  | 'INTERNAL'
  /** The worker had too little memory. */
  | 'OUT_OF_MEMORY'
  /** Stored pictures are gone or damaged. */
  | 'UNREADABLE_IMAGES'
  /** Workers died again and again. */
  | 'WORKER_LOST';

/** What the worker does. */
export type TrainingPhase =
  /** Measures the exported model. */
  | 'EVALUATING'
  /** Writes and checks the model file. */
  | 'EXPORTING'
  /** Decodes pictures and extracts features. */
  | 'FEATURES'
  /** Trains, epoch by epoch. */
  | 'TRAINING';

/** What matters most in a training. */
export type TrainingPreference =
  /** The best model that the time allows. */
  | 'ACCURACY_FIRST'
  /** In between; the default. */
  | 'BALANCE'
  /** A short training. */
  | 'PERFORMANCE_FIRST';

/** What learns in a part of a training. */
export type TrainingStage =
  /** The whole network and the head. */
  | 'FULL'
  /** The linear head, on frozen features. */
  | 'HEAD'
  /** The last layers of the network and the head. */
  | 'SUFFIX';

/** Where a training is. The last three are final. */
export type TrainingState =
  /** Somebody cancelled it. */
  | 'CANCELLED'
  /** It left a model version. */
  | 'COMPLETED'
  /** The model is exported and measured. */
  | 'EVALUATING'
  /** It left none; `failure` says why. */
  | 'FAILED'
  /** A worker has it and reads the pictures. */
  | 'PREPARING'
  /** Waits for a worker. */
  | 'QUEUED'
  /** It learns. */
  | 'RUNNING';

/** What changes about a label. */
export type UpdateLabelInput = {
  /** Left out = kept. */
  readonly color?: string | null | undefined;
  /** New name on all images at once; left out = kept. */
  readonly name?: string | null | undefined;
  /** Left out = kept, null = none. */
  readonly shortcut?: string | null | undefined;
};

/** What changes about a project. */
export type UpdateProjectInput = {
  /** At most 256 characters; left out = kept. */
  readonly description?: string | null | undefined;
  /** As for `createProject`; left out = kept. */
  readonly name?: string | null | undefined;
};

/** What became of an upload. */
export type UploadOutcome =
  /** A new image. */
  | 'CREATED'
  /** The project had these very bytes already. */
  | 'DUPLICATE';

/** What kind of mistake it was. Can grow: treat an unknown code by its message. */
export type UserErrorCode =
  /** The archive cannot be read, or must not be; `archiveRefusal` says why. */
  | 'ARCHIVE_REFUSED'
  /** A name is taken, or something else contradicts what is there. */
  | 'CONFLICT'
  /** The thing is in a state that does not allow this. */
  | 'INVALID_STATE'
  /** More than is allowed. */
  | 'LIMIT_EXCEEDED'
  /** There is no such thing, or the viewer may not see it. */
  | 'NOT_FOUND'
  /** The project cannot be trained yet; `blockers` says why. */
  | 'NOT_READY'
  /** The viewer's role does not allow this. */
  | 'PERMISSION_DENIED'
  /** The file cannot become an image; `refusal` says why. */
  | 'PICTURE_REFUSED'
  /** The annotation changed since it was read. */
  | 'STALE_ANNOTATION'
  /** Nothing is wrong with the call, which may succeed after a moment. */
  | 'UNAVAILABLE'
  /** Inputs are malformed or out of range; `issues` lists all of them. */
  | 'VALIDATION_FAILED';

export type UserFieldsFragment = { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string };

export type AccessTokenFieldsFragment = { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly user: { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string }, readonly accessTokens: ReadonlyArray<{ readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null }> } | null };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { readonly createUser:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CreateAccessTokenMutationVariables = Exact<{
  input: CreateAccessTokenInput;
}>;


export type CreateAccessTokenMutation = { readonly createAccessToken:
    | { readonly __typename: 'CreatedAccessToken', readonly token: string, readonly accessToken: { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type RevokeAccessTokenMutationVariables = Exact<{
  id: string;
}>;


export type RevokeAccessTokenMutation = { readonly revokeAccessToken:
    | { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type AnnotateImagesMutationVariables = Exact<{
  input: AnnotateImagesInput;
}>;


export type AnnotateImagesMutation = { readonly annotateImages:
    | { readonly __typename: 'AnnotateImagesPayload', readonly project: { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }, readonly results: ReadonlyArray<
        | { readonly __typename: 'AnnotatedImage', readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
        | { readonly __typename: 'AnnotationRefused', readonly imageId: string, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type BaseModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type BaseModelsQuery = { readonly baseModels: ReadonlyArray<{ readonly name: string, readonly version: string, readonly source: BaseModelSource, readonly licence: string, readonly bytes: number, readonly sha256: string, readonly dimension: number, readonly inputSize: number, readonly parameters: number, readonly multiplyAdds: number, readonly millisecondsPerPicture: number | null, readonly trainable: TrainablePart, readonly frozenOperators: ReadonlyArray<string>, readonly remarks: ReadonlyArray<string>, readonly offeredAt: string }> };

export type BaseModelUploadFieldsFragment = { readonly __typename: 'BaseModelUpload', readonly id: string, readonly name: string, readonly state: BaseModelUploadState, readonly message: string | null, readonly createdAt: string };

export type BaseModelUploadsQueryVariables = Exact<{ [key: string]: never; }>;


export type BaseModelUploadsQuery = { readonly baseModelUploads: ReadonlyArray<{ readonly __typename: 'BaseModelUpload', readonly id: string, readonly name: string, readonly state: BaseModelUploadState, readonly message: string | null, readonly createdAt: string }> };

export type CreateBaseModelUploadMutationVariables = Exact<{
  input: CreateBaseModelUploadInput;
}>;


export type CreateBaseModelUploadMutation = { readonly createBaseModelUpload:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'CreatedBaseModelUpload', readonly uploadUrl: string, readonly upload: { readonly __typename: 'BaseModelUpload', readonly id: string, readonly name: string, readonly state: BaseModelUploadState, readonly message: string | null, readonly createdAt: string } }
    | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DeleteBaseModelMutationVariables = Exact<{
  name: string;
}>;


export type DeleteBaseModelMutation = { readonly deleteBaseModel:
    | { readonly __typename: 'DeletedBaseModel', readonly name: string }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DatasetClassFieldsFragment = { readonly classIndex: number, readonly labelId: string, readonly name: string, readonly color: string, readonly trainCount: number, readonly validationCount: number, readonly testCount: number };

export type DatasetVersionFieldsFragment = { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string };

export type DatasetVersionsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DatasetVersionsQuery = { readonly datasetVersions: { readonly nodes: ReadonlyArray<{ readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type DatasetVersionQueryVariables = Exact<{
  id: string;
}>;


export type DatasetVersionQuery = { readonly datasetVersion: { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string, readonly classes: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly name: string, readonly color: string, readonly trainCount: number, readonly validationCount: number, readonly testCount: number }> } | null };

export type PublishDatasetVersionMutationVariables = Exact<{
  input: PublishDatasetVersionInput;
}>;


export type PublishDatasetVersionMutation = { readonly publishDatasetVersion:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PublishedDatasetVersion', readonly outcome: PublishOutcome, readonly datasetVersion: { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string } }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DatasetVersionDiffQueryVariables = Exact<{
  fromId: string;
  toId: string;
}>;


export type DatasetVersionDiffQuery = { readonly datasetVersionDiff: { readonly addedCount: number, readonly removedCount: number, readonly relabelledCount: number, readonly movedCount: number, readonly classes: ReadonlyArray<{ readonly labelId: string, readonly before: { readonly classIndex: number, readonly labelId: string, readonly name: string, readonly color: string, readonly trainCount: number, readonly validationCount: number, readonly testCount: number } | null, readonly after: { readonly classIndex: number, readonly labelId: string, readonly name: string, readonly color: string, readonly trainCount: number, readonly validationCount: number, readonly testCount: number } | null }> } | null };

export type DatasetVersionChangesQueryVariables = Exact<{
  fromId: string;
  toId: string;
  kind: DatasetChangeKind;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DatasetVersionChangesQuery = { readonly datasetVersionDiff: { readonly changes: { readonly nodes: ReadonlyArray<{ readonly imageId: string, readonly sha256: string, readonly annotatedById: string | null, readonly annotatedByName: string | null, readonly before: { readonly split: Split, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly name: string }> } | null, readonly after: { readonly split: Split, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly name: string }> } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ImageFieldsFragment = { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> };

export type ImagesQueryVariables = Exact<{
  projectId: string;
  filter?: ImageFilter | null | undefined;
  direction?: OrderDirection | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  form?: ImageForm | null | undefined;
}>;


export type ImagesQuery = { readonly images: { readonly nodes: ReadonlyArray<{ readonly __typename: 'Image', readonly url: string, readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type ImageQueryVariables = Exact<{
  id: string;
  form?: ImageForm | null | undefined;
}>;


export type ImageQuery = { readonly image: { readonly __typename: 'Image', readonly url: string, readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } | null };

export type DeleteImagesMutationVariables = Exact<{
  input: DeleteImagesInput;
}>;


export type DeleteImagesMutation = { readonly deleteImages:
    | { readonly __typename: 'DeleteImagesPayload', readonly deletedCount: number, readonly project: { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type ChangedImagesFragment = { readonly __typename: 'ChangeImagesPayload', readonly results: ReadonlyArray<
    | { readonly __typename: 'ChangedImage', readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
    | { readonly __typename: 'ImageChangeRefused', readonly imageId: string, readonly error:
        | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
        | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
       }
  > };

export type SetImageGroupMutationVariables = Exact<{
  input: SetImageGroupInput;
}>;


export type SetImageGroupMutation = { readonly setImageGroup:
    | { readonly __typename: 'ChangeImagesPayload', readonly results: ReadonlyArray<
        | { readonly __typename: 'ChangedImage', readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
        | { readonly __typename: 'ImageChangeRefused', readonly imageId: string, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type SetImageSplitMutationVariables = Exact<{
  input: SetImageSplitInput;
}>;


export type SetImageSplitMutation = { readonly setImageSplit:
    | { readonly __typename: 'ChangeImagesPayload', readonly results: ReadonlyArray<
        | { readonly __typename: 'ChangedImage', readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
        | { readonly __typename: 'ImageChangeRefused', readonly imageId: string, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type LabelFieldsFragment = { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string };

export type LabelsQueryVariables = Exact<{
  projectId: string;
}>;


export type LabelsQuery = { readonly labels: ReadonlyArray<{ readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }> | null };

export type LabelQueryVariables = Exact<{
  id: string;
}>;


export type LabelQuery = { readonly label: { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string } | null };

export type CreateLabelMutationVariables = Exact<{
  input: CreateLabelInput;
}>;


export type CreateLabelMutation = { readonly createLabel:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }
    | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type UpdateLabelMutationVariables = Exact<{
  id: string;
  input: UpdateLabelInput;
}>;


export type UpdateLabelMutation = { readonly updateLabel:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DeleteLabelMutationVariables = Exact<{
  id: string;
  policy?: LabelDeletePolicy | null | undefined;
}>;


export type DeleteLabelMutation = { readonly deleteLabel:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type ModelVersionFieldsFragment = { readonly __typename: 'ModelVersion', readonly id: string, readonly name: string, readonly versionNumber: number, readonly baseModel: string, readonly baseModelSha256: string, readonly modelBytes: number, readonly modelSha256: string, readonly createdAt: string, readonly evaluation: { readonly accuracy: number, readonly imageCount: number, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number } }, readonly training: { readonly id: string, readonly versionLabel: string } };

export type ModelVersionsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ModelVersionsQuery = { readonly modelVersions: { readonly nodes: ReadonlyArray<{ readonly __typename: 'ModelVersion', readonly id: string, readonly name: string, readonly versionNumber: number, readonly baseModel: string, readonly baseModelSha256: string, readonly modelBytes: number, readonly modelSha256: string, readonly createdAt: string, readonly evaluation: { readonly accuracy: number, readonly imageCount: number, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number } }, readonly training: { readonly id: string, readonly versionLabel: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type ModelVersionQueryVariables = Exact<{
  id: string;
}>;


export type ModelVersionQuery = { readonly modelVersion: { readonly __typename: 'ModelVersion', readonly modelUrl: string, readonly id: string, readonly name: string, readonly versionNumber: number, readonly baseModel: string, readonly baseModelSha256: string, readonly modelBytes: number, readonly modelSha256: string, readonly createdAt: string, readonly classes: ReadonlyArray<{ readonly labelId: string, readonly name: string, readonly threshold: number | null }>, readonly recipe: { readonly stage: TrainingStage, readonly epoch: number, readonly epochs: number, readonly inputSize: number, readonly version: number | null } | null, readonly phases: ReadonlyArray<{ readonly phase: TrainingPhase, readonly seconds: number }>, readonly forgetting: ReadonlyArray<{ readonly labelId: string, readonly labelName: string, readonly recallBefore: number, readonly recallAfter: number, readonly support: number }> | null, readonly evaluation: { readonly accuracy: number, readonly imageCount: number, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number } }, readonly training: { readonly id: string, readonly versionLabel: string } } | null };

export type EvaluationQueryVariables = Exact<{
  modelVersionId: string;
}>;


export type EvaluationQuery = { readonly modelVersion: { readonly evaluation: { readonly split: string, readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }>, readonly confidence: { readonly temperature: number, readonly calibrationErrorBefore: number, readonly calibrationErrorAfter: number, readonly accuracy: { readonly lower: number, readonly upper: number }, readonly macroF1: { readonly lower: number, readonly upper: number }, readonly classes: ReadonlyArray<{ readonly precision: { readonly lower: number, readonly upper: number }, readonly recall: { readonly lower: number, readonly upper: number } }>, readonly crossValidated: { readonly accuracy: number, readonly macroF1: number, readonly folds: number, readonly imageCount: number } | null } | null, readonly datasetVersion: { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string } } } | null };

export type EvaluatedImagesQueryVariables = Exact<{
  modelVersionId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluatedImagesQuery = { readonly modelVersion: { readonly evaluation: { readonly images: { readonly nodes: ReadonlyArray<{ readonly imageId: string, readonly probabilities: ReadonlyArray<number>, readonly actual: ReadonlyArray<{ readonly labelId: string, readonly name: string }>, readonly predicted: ReadonlyArray<{ readonly labelId: string, readonly name: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } } | null };

export type PredictMutationVariables = Exact<{
  input: PredictInput;
  first?: number | null | undefined;
}>;


export type PredictMutation = { readonly predict:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Prediction', readonly predictedLabel: string, readonly predictedLabels: ReadonlyArray<string>, readonly scores: ReadonlyArray<{ readonly labelId: string, readonly labelName: string, readonly probability: number, readonly isPredicted: boolean }>, readonly modelVersion: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

type ProjectEventFields_ProjectCountsChanged_Fragment = { readonly __typename: 'ProjectCountsChanged', readonly imageCount: number, readonly labelledImageCount: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly imageCount: number }> };

type ProjectEventFields_ProjectDeploymentChanged_Fragment = { readonly __typename: 'ProjectDeploymentChanged', readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectLabelChanged_Fragment = { readonly __typename: 'ProjectLabelChanged', readonly change: LabelChange, readonly labelId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectStreamResync_Fragment = { readonly __typename: 'ProjectStreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectTrainingChanged_Fragment = { readonly __typename: 'ProjectTrainingChanged', readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectTransferChanged_Fragment = { readonly __typename: 'ProjectTransferChanged', readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectVersionCreated_Fragment = { readonly __typename: 'ProjectVersionCreated', readonly modelVersionId: string, readonly trainingId: string, readonly versionName: string, readonly accuracy: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

export type ProjectEventFieldsFragment =
  | ProjectEventFields_ProjectCountsChanged_Fragment
  | ProjectEventFields_ProjectDeploymentChanged_Fragment
  | ProjectEventFields_ProjectLabelChanged_Fragment
  | ProjectEventFields_ProjectStreamResync_Fragment
  | ProjectEventFields_ProjectTrainingChanged_Fragment
  | ProjectEventFields_ProjectTransferChanged_Fragment
  | ProjectEventFields_ProjectVersionCreated_Fragment
;

export type WatchProjectSubscriptionVariables = Exact<{
  projectId: string;
  after?: number | null | undefined;
}>;


export type WatchProjectSubscription = { readonly projectEvents:
    | { readonly __typename: 'ProjectCountsChanged', readonly imageCount: number, readonly labelledImageCount: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly imageCount: number }> }
    | { readonly __typename: 'ProjectDeploymentChanged', readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectLabelChanged', readonly change: LabelChange, readonly labelId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectStreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectTrainingChanged', readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectTransferChanged', readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectVersionCreated', readonly modelVersionId: string, readonly trainingId: string, readonly versionName: string, readonly accuracy: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
   };

export type ProjectEventsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProjectEventsQuery = { readonly project: { readonly events: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'ProjectCountsChanged', readonly imageCount: number, readonly labelledImageCount: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly imageCount: number }> }
        | { readonly __typename: 'ProjectDeploymentChanged', readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectLabelChanged', readonly change: LabelChange, readonly labelId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectStreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectTrainingChanged', readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectTransferChanged', readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectVersionCreated', readonly modelVersionId: string, readonly trainingId: string, readonly versionName: string, readonly accuracy: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
      >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ProjectFieldsFragment = { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string };

export type ProjectDetailsFragment = { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string, readonly labels: ReadonlyArray<{ readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }>, readonly members: ReadonlyArray<{ readonly userId: string, readonly userName: string, readonly role: ProjectRole }>, readonly trainingConfig: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number } };

export type ProjectsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProjectsQuery = { readonly projects: { readonly nodes: ReadonlyArray<{ readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProjectQueryVariables = Exact<{
  id: string;
}>;


export type ProjectQuery = { readonly project: { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string, readonly labels: ReadonlyArray<{ readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }>, readonly members: ReadonlyArray<{ readonly userId: string, readonly userName: string, readonly role: ProjectRole }>, readonly trainingConfig: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number } } | null };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { readonly createProject:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type UpdateProjectMutationVariables = Exact<{
  id: string;
  input: UpdateProjectInput;
}>;


export type UpdateProjectMutation = { readonly updateProject:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DeleteProjectMutationVariables = Exact<{
  id: string;
}>;


export type DeleteProjectMutation = { readonly deleteProject:
    | { readonly __typename: 'DeletedProject', readonly id: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type SetProjectMemberMutationVariables = Exact<{
  input: SetProjectMemberInput;
}>;


export type SetProjectMemberMutation = { readonly setProjectMember:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string, readonly labels: ReadonlyArray<{ readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }>, readonly members: ReadonlyArray<{ readonly userId: string, readonly userName: string, readonly role: ProjectRole }>, readonly trainingConfig: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number } }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type TrainingReadinessQueryVariables = Exact<{
  projectId: string;
  config?: TrainingConfigInput | null | undefined;
  datasetVersionName?: string | null | undefined;
}>;


export type TrainingReadinessQuery = { readonly trainingReadiness: { readonly isReady: boolean, readonly datasetVersionName: string, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }>, readonly warnings: ReadonlyArray<{ readonly code: ReadinessWarningCode, readonly message: string, readonly labelId: string | null, readonly imageIds: ReadonlyArray<string> }>, readonly split: ReadonlyArray<{ readonly labelId: string, readonly name: string, readonly trainCount: number, readonly validationCount: number, readonly testCount: number }> } | null };

export type MetricsFieldsFragment = { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> };

type TrainingEventFields_StreamResync_Fragment = { readonly __typename: 'StreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingCheckpointSaved_Fragment = { readonly __typename: 'TrainingCheckpointSaved', readonly stage: TrainingStage, readonly epoch: number, readonly byteSize: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingEpochCompleted_Fragment = { readonly __typename: 'TrainingEpochCompleted', readonly stage: TrainingStage, readonly epoch: number, readonly epochs: number, readonly loss: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } };

type TrainingEventFields_TrainingEvaluated_Fragment = { readonly __typename: 'TrainingEvaluated', readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } };

type TrainingEventFields_TrainingInterrupted_Fragment = { readonly __typename: 'TrainingInterrupted', readonly reason: InterruptionReason, readonly attempt: number, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingLogLine_Fragment = { readonly __typename: 'TrainingLogLine', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingProgressed_Fragment = { readonly __typename: 'TrainingProgressed', readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingResumed_Fragment = { readonly __typename: 'TrainingResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingStateChanged_Fragment = { readonly __typename: 'TrainingStateChanged', readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null };

type TrainingEventFields_TrainingStopRequested_Fragment = { readonly __typename: 'TrainingStopRequested', readonly request: StopRequest, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

export type TrainingEventFieldsFragment =
  | TrainingEventFields_StreamResync_Fragment
  | TrainingEventFields_TrainingCheckpointSaved_Fragment
  | TrainingEventFields_TrainingEpochCompleted_Fragment
  | TrainingEventFields_TrainingEvaluated_Fragment
  | TrainingEventFields_TrainingInterrupted_Fragment
  | TrainingEventFields_TrainingLogLine_Fragment
  | TrainingEventFields_TrainingProgressed_Fragment
  | TrainingEventFields_TrainingResumed_Fragment
  | TrainingEventFields_TrainingStateChanged_Fragment
  | TrainingEventFields_TrainingStopRequested_Fragment
;

export type WatchTrainingSubscriptionVariables = Exact<{
  trainingId: string;
  after?: number | null | undefined;
}>;


export type WatchTrainingSubscription = { readonly trainingEvents:
    | { readonly __typename: 'StreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
    | { readonly __typename: 'TrainingCheckpointSaved', readonly stage: TrainingStage, readonly epoch: number, readonly byteSize: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
    | { readonly __typename: 'TrainingEpochCompleted', readonly stage: TrainingStage, readonly epoch: number, readonly epochs: number, readonly loss: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } }
    | { readonly __typename: 'TrainingEvaluated', readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } }
    | { readonly __typename: 'TrainingInterrupted', readonly reason: InterruptionReason, readonly attempt: number, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
    | { readonly __typename: 'TrainingLogLine', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
    | { readonly __typename: 'TrainingProgressed', readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
    | { readonly __typename: 'TrainingResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
    | { readonly __typename: 'TrainingStateChanged', readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null }
    | { readonly __typename: 'TrainingStopRequested', readonly request: StopRequest, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
   };

export type TrainingEventsQueryVariables = Exact<{
  trainingId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TrainingEventsQuery = { readonly training: { readonly events: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'StreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingCheckpointSaved', readonly stage: TrainingStage, readonly epoch: number, readonly byteSize: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingEpochCompleted', readonly stage: TrainingStage, readonly epoch: number, readonly epochs: number, readonly loss: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } }
        | { readonly __typename: 'TrainingEvaluated', readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } }
        | { readonly __typename: 'TrainingInterrupted', readonly reason: InterruptionReason, readonly attempt: number, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingLogLine', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingProgressed', readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingStateChanged', readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null }
        | { readonly __typename: 'TrainingStopRequested', readonly request: StopRequest, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
      >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type TrainingConfigFieldsFragment = { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number };

export type TrainingFailureFieldsFragment = { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> };

export type TrainingFieldsFragment = { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null };

export type TrainingFlavorsQueryVariables = Exact<{ [key: string]: never; }>;


export type TrainingFlavorsQuery = { readonly trainingFlavors: ReadonlyArray<{ readonly id: string, readonly name: string, readonly device: Device }> };

export type TrainingsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TrainingsQuery = { readonly trainings: { readonly nodes: ReadonlyArray<{ readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type TrainingQueryVariables = Exact<{
  id: string;
}>;


export type TrainingQuery = { readonly training: { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null } | null };

export type StartTrainingMutationVariables = Exact<{
  input: StartTrainingInput;
}>;


export type StartTrainingMutation = { readonly startTraining:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type StopTrainingMutationVariables = Exact<{
  id: string;
}>;


export type StopTrainingMutation = { readonly stopTraining:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CancelTrainingMutationVariables = Exact<{
  id: string;
}>;


export type CancelTrainingMutation = { readonly cancelTraining:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type UpdateTrainingConfigMutationVariables = Exact<{
  projectId: string;
  input: TrainingConfigInput;
}>;


export type UpdateTrainingConfigMutation = { readonly updateTrainingConfig:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

type UserErrorFields_ArchiveRefusedError_Fragment = { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_ConflictError_Fragment = { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_InvalidStateError_Fragment = { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_LimitExceededError_Fragment = { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_NotFoundError_Fragment = { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_NotReadyError_Fragment = { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> };

type UserErrorFields_PermissionDeniedError_Fragment = { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_PictureRefusedError_Fragment = { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_StaleAnnotationError_Fragment = { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_UnavailableError_Fragment = { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_ValidationError_Fragment = { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

export type UserErrorFieldsFragment =
  | UserErrorFields_ArchiveRefusedError_Fragment
  | UserErrorFields_ConflictError_Fragment
  | UserErrorFields_InvalidStateError_Fragment
  | UserErrorFields_LimitExceededError_Fragment
  | UserErrorFields_NotFoundError_Fragment
  | UserErrorFields_NotReadyError_Fragment
  | UserErrorFields_PermissionDeniedError_Fragment
  | UserErrorFields_PictureRefusedError_Fragment
  | UserErrorFields_StaleAnnotationError_Fragment
  | UserErrorFields_UnavailableError_Fragment
  | UserErrorFields_ValidationError_Fragment
;

export type CreateImageUploadsMutationVariables = Exact<{
  input: CreateImageUploadsInput;
}>;


export type CreateImageUploadsMutation = { readonly createImageUploads:
    | { readonly __typename: 'CreateImageUploadsPayload', readonly results: ReadonlyArray<
        | { readonly __typename: 'ImageUpload', readonly id: string, readonly uploadUrl: string, readonly headers: ReadonlyArray<{ readonly name: string, readonly value: string }> }
        | { readonly __typename: 'UploadRefused', readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CompleteImageUploadsMutationVariables = Exact<{
  uploadIds: ReadonlyArray<string> | string;
}>;


export type CompleteImageUploadsMutation = { readonly completeImageUploads:
    | { readonly __typename: 'CompleteImageUploadsPayload', readonly results: ReadonlyArray<
        | { readonly __typename: 'CompletedImageUpload', readonly uploadId: string, readonly outcome: UploadOutcome, readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
        | { readonly __typename: 'ImageUploadRefused', readonly uploadId: string, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const UserFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserFields on User {
  __typename
  id
  name
  isAdministrator
  createdAt
}
    `, {"fragmentName":"UserFields"}) as unknown as TypedDocumentString<UserFieldsFragment, unknown>;
export const AccessTokenFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}
    `, {"fragmentName":"AccessTokenFields"}) as unknown as TypedDocumentString<AccessTokenFieldsFragment, unknown>;
export const BaseModelUploadFieldsFragmentDoc = new TypedDocumentString(`
    fragment BaseModelUploadFields on BaseModelUpload {
  __typename
  id
  name
  state
  message
  createdAt
}
    `, {"fragmentName":"BaseModelUploadFields"}) as unknown as TypedDocumentString<BaseModelUploadFieldsFragment, unknown>;
export const DatasetClassFieldsFragmentDoc = new TypedDocumentString(`
    fragment DatasetClassFields on DatasetClass {
  classIndex
  labelId
  name
  color
  trainCount
  validationCount
  testCount
}
    `, {"fragmentName":"DatasetClassFields"}) as unknown as TypedDocumentString<DatasetClassFieldsFragment, unknown>;
export const DatasetVersionFieldsFragmentDoc = new TypedDocumentString(`
    fragment DatasetVersionFields on DatasetVersion {
  __typename
  id
  name
  contentSha256
  imageCount
  trainCount
  validationCount
  testCount
  trainRatio
  testRatio
  seed
  createdAt
}
    `, {"fragmentName":"DatasetVersionFields"}) as unknown as TypedDocumentString<DatasetVersionFieldsFragment, unknown>;
export const ImageFieldsFragmentDoc = new TypedDocumentString(`
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}
    `, {"fragmentName":"ImageFields"}) as unknown as TypedDocumentString<ImageFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}
    `, {"fragmentName":"UserErrorFields"}) as unknown as TypedDocumentString<UserErrorFieldsFragment, unknown>;
export const ChangedImagesFragmentDoc = new TypedDocumentString(`
    fragment ChangedImages on ChangeImagesPayload {
  __typename
  results {
    ... on ChangedImage {
      __typename
      image {
        ...ImageFields
      }
    }
    ... on ImageChangeRefused {
      __typename
      imageId
      error {
        ...UserErrorFields
      }
    }
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"fragmentName":"ChangedImages"}) as unknown as TypedDocumentString<ChangedImagesFragment, unknown>;
export const ModelVersionFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModelVersionFields on ModelVersion {
  __typename
  id
  name
  versionNumber
  baseModel
  baseModelSha256
  modelBytes
  modelSha256
  createdAt
  evaluation {
    accuracy
    imageCount
    macro {
      precision
      recall
      f1
    }
  }
  training {
    id
    versionLabel
  }
}
    `, {"fragmentName":"ModelVersionFields"}) as unknown as TypedDocumentString<ModelVersionFieldsFragment, unknown>;
export const ProjectEventFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProjectEventFields on ProjectEvent {
  __typename
  sequence
  occurredAt
  projectId
  ... on ProjectCountsChanged {
    imageCount
    labelledImageCount
    labels {
      labelId
      imageCount
    }
  }
  ... on ProjectLabelChanged {
    change
    labelId
    name
  }
  ... on ProjectTrainingChanged {
    trainingId
    versionName
    state
    stopReason
  }
  ... on ProjectVersionCreated {
    modelVersionId
    trainingId
    versionName
    accuracy
  }
  ... on ProjectStreamResync {
    from
  }
}
    `, {"fragmentName":"ProjectEventFields"}) as unknown as TypedDocumentString<ProjectEventFieldsFragment, unknown>;
export const ProjectFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
    `, {"fragmentName":"ProjectFields"}) as unknown as TypedDocumentString<ProjectFieldsFragment, unknown>;
export const LabelFieldsFragmentDoc = new TypedDocumentString(`
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}
    `, {"fragmentName":"LabelFields"}) as unknown as TypedDocumentString<LabelFieldsFragment, unknown>;
export const TrainingConfigFieldsFragmentDoc = new TypedDocumentString(`
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
    `, {"fragmentName":"TrainingConfigFields"}) as unknown as TypedDocumentString<TrainingConfigFieldsFragment, unknown>;
export const ProjectDetailsFragmentDoc = new TypedDocumentString(`
    fragment ProjectDetails on Project {
  ...ProjectFields
  labels {
    ...LabelFields
  }
  members {
    userId
    userName
    role
  }
  trainingConfig {
    ...TrainingConfigFields
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}
fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}`, {"fragmentName":"ProjectDetails"}) as unknown as TypedDocumentString<ProjectDetailsFragment, unknown>;
export const TrainingFailureFieldsFragmentDoc = new TypedDocumentString(`
    fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}
    `, {"fragmentName":"TrainingFailureFields"}) as unknown as TypedDocumentString<TrainingFailureFieldsFragment, unknown>;
export const MetricsFieldsFragmentDoc = new TypedDocumentString(`
    fragment MetricsFields on Metrics {
  imageCount
  accuracy
  macro {
    precision
    recall
    f1
  }
  micro {
    precision
    recall
    f1
  }
  weighted {
    precision
    recall
    f1
  }
  confusionMatrix
  classStatistics {
    classIndex
    labelId
    labelName
    support
    predictedCount
    truePositives
    precision
    recall
    f1
    oneVsRestAccuracy
    threshold
  }
}
    `, {"fragmentName":"MetricsFields"}) as unknown as TypedDocumentString<MetricsFieldsFragment, unknown>;
export const TrainingEventFieldsFragmentDoc = new TypedDocumentString(`
    fragment TrainingEventFields on TrainingEvent {
  __typename
  sequence
  occurredAt
  trainingId
  ... on TrainingStateChanged {
    state
    stopReason
    failure {
      ...TrainingFailureFields
    }
  }
  ... on TrainingProgressed {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  ... on TrainingEpochCompleted {
    stage
    epoch
    epochs
    loss
    metrics {
      ...MetricsFields
    }
  }
  ... on TrainingEvaluated {
    metrics {
      ...MetricsFields
    }
  }
  ... on TrainingCheckpointSaved {
    stage
    epoch
    byteSize
  }
  ... on TrainingInterrupted {
    reason
    attempt
    message
  }
  ... on TrainingResumed {
    attempt
  }
  ... on TrainingStopRequested {
    request
  }
  ... on TrainingLogLine {
    level
    message
  }
  ... on StreamResync {
    from
  }
}
    fragment MetricsFields on Metrics {
  imageCount
  accuracy
  macro {
    precision
    recall
    f1
  }
  micro {
    precision
    recall
    f1
  }
  weighted {
    precision
    recall
    f1
  }
  confusionMatrix
  classStatistics {
    classIndex
    labelId
    labelName
    support
    predictedCount
    truePositives
    precision
    recall
    f1
    oneVsRestAccuracy
    threshold
  }
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}`, {"fragmentName":"TrainingEventFields"}) as unknown as TypedDocumentString<TrainingEventFieldsFragment, unknown>;
export const TrainingFieldsFragmentDoc = new TypedDocumentString(`
    fragment TrainingFields on Training {
  __typename
  id
  versionName
  versionLabel
  state
  stopReason
  isFinished
  attempt
  lastSequence
  queuePosition
  expectedStartAt
  createdAt
  startedAt
  finishedAt
  failure {
    ...TrainingFailureFields
  }
  progress {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  config {
    ...TrainingConfigFields
  }
  datasetVersion {
    id
    name
  }
  modelVersion {
    id
    name
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}`, {"fragmentName":"TrainingFields"}) as unknown as TypedDocumentString<TrainingFieldsFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    user {
      ...UserFields
    }
    accessTokens {
      ...AccessTokenFields
    }
  }
}
    fragment UserFields on User {
  __typename
  id
  name
  isAdministrator
  createdAt
}
fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}`, {"hash":"sha256:6648cb3e55120ed640fa641349759dedbe1674a0a1f833854848c3fedc4174c3"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    ...UserFields
    ...UserErrorFields
  }
}
    fragment UserFields on User {
  __typename
  id
  name
  isAdministrator
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:ab543e025fbe270c1e6002239ac1be483216f6843b7bbf499ba091378c85d80e"}) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const CreateAccessTokenDocument = new TypedDocumentString(`
    mutation CreateAccessToken($input: CreateAccessTokenInput!) {
  createAccessToken(input: $input) {
    ... on CreatedAccessToken {
      __typename
      token
      accessToken {
        ...AccessTokenFields
      }
    }
    ...UserErrorFields
  }
}
    fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:8ebcd0a6a9c2a610fe81cb6757028d8f26132de9aa04932798051b1c87a10813"}) as unknown as TypedDocumentString<CreateAccessTokenMutation, CreateAccessTokenMutationVariables>;
export const RevokeAccessTokenDocument = new TypedDocumentString(`
    mutation RevokeAccessToken($id: ID!) {
  revokeAccessToken(id: $id) {
    ...AccessTokenFields
    ...UserErrorFields
  }
}
    fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:f7df1c2c6b482ac8c77d0cb51f5e49751ea0c8ef0d8481adcbf6837b8ab17cba"}) as unknown as TypedDocumentString<RevokeAccessTokenMutation, RevokeAccessTokenMutationVariables>;
export const AnnotateImagesDocument = new TypedDocumentString(`
    mutation AnnotateImages($input: AnnotateImagesInput!) {
  annotateImages(input: $input) {
    ... on AnnotateImagesPayload {
      __typename
      project {
        ...ProjectFields
      }
      results {
        ... on AnnotatedImage {
          __typename
          image {
            ...ImageFields
          }
        }
        ... on AnnotationRefused {
          __typename
          imageId
          error {
            ...UserErrorFields
          }
        }
      }
    }
    ...UserErrorFields
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}
fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e64201fc42267afcc9adba6058ebf8d7a32e11aa4f47a3b4733cf9fab54404b4"}) as unknown as TypedDocumentString<AnnotateImagesMutation, AnnotateImagesMutationVariables>;
export const BaseModelsDocument = new TypedDocumentString(`
    query BaseModels {
  baseModels {
    name
    version
    source
    licence
    bytes
    sha256
    dimension
    inputSize
    parameters
    multiplyAdds
    millisecondsPerPicture
    trainable
    frozenOperators
    remarks
    offeredAt
  }
}
    `, {"hash":"sha256:ee07204fa60a081807afc8f76b061b65f1f888dbc6f5d6df9c7dbe2be32098d0"}) as unknown as TypedDocumentString<BaseModelsQuery, BaseModelsQueryVariables>;
export const BaseModelUploadsDocument = new TypedDocumentString(`
    query BaseModelUploads {
  baseModelUploads {
    ...BaseModelUploadFields
  }
}
    fragment BaseModelUploadFields on BaseModelUpload {
  __typename
  id
  name
  state
  message
  createdAt
}`, {"hash":"sha256:1cde6bf9e3ac8db7f5e7258c595034aea09c90e9811e6a3bff2822d866282c34"}) as unknown as TypedDocumentString<BaseModelUploadsQuery, BaseModelUploadsQueryVariables>;
export const CreateBaseModelUploadDocument = new TypedDocumentString(`
    mutation CreateBaseModelUpload($input: CreateBaseModelUploadInput!) {
  createBaseModelUpload(input: $input) {
    ... on CreatedBaseModelUpload {
      __typename
      uploadUrl
      upload {
        ...BaseModelUploadFields
      }
    }
    ...UserErrorFields
  }
}
    fragment BaseModelUploadFields on BaseModelUpload {
  __typename
  id
  name
  state
  message
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:73164476dd735d4912adfda81d42b08be811f5095dff0dfffdd48534e68abac0"}) as unknown as TypedDocumentString<CreateBaseModelUploadMutation, CreateBaseModelUploadMutationVariables>;
export const DeleteBaseModelDocument = new TypedDocumentString(`
    mutation DeleteBaseModel($name: String!) {
  deleteBaseModel(name: $name) {
    ... on DeletedBaseModel {
      __typename
      name
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:ee3cd19e18f1f466a8ac6e3b866b9644b784d4de3dff9a5165f00f0e538cbdd1"}) as unknown as TypedDocumentString<DeleteBaseModelMutation, DeleteBaseModelMutationVariables>;
export const DatasetVersionsDocument = new TypedDocumentString(`
    query DatasetVersions($projectId: ID!, $first: Int, $after: String) {
  datasetVersions(projectId: $projectId, first: $first, after: $after) {
    nodes {
      ...DatasetVersionFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DatasetVersionFields on DatasetVersion {
  __typename
  id
  name
  contentSha256
  imageCount
  trainCount
  validationCount
  testCount
  trainRatio
  testRatio
  seed
  createdAt
}`, {"hash":"sha256:76f9bfb649d5134ee2651d4acb988cadc35bd738eb196f6896d2678f85a0fa4e"}) as unknown as TypedDocumentString<DatasetVersionsQuery, DatasetVersionsQueryVariables>;
export const DatasetVersionDocument = new TypedDocumentString(`
    query DatasetVersion($id: ID!) {
  datasetVersion(id: $id) {
    ...DatasetVersionFields
    classes {
      ...DatasetClassFields
    }
  }
}
    fragment DatasetClassFields on DatasetClass {
  classIndex
  labelId
  name
  color
  trainCount
  validationCount
  testCount
}
fragment DatasetVersionFields on DatasetVersion {
  __typename
  id
  name
  contentSha256
  imageCount
  trainCount
  validationCount
  testCount
  trainRatio
  testRatio
  seed
  createdAt
}`, {"hash":"sha256:fb71534fa0f58c85b997af4393660e3d41e1e05fc47df594dff4e7563565aec2"}) as unknown as TypedDocumentString<DatasetVersionQuery, DatasetVersionQueryVariables>;
export const PublishDatasetVersionDocument = new TypedDocumentString(`
    mutation PublishDatasetVersion($input: PublishDatasetVersionInput!) {
  publishDatasetVersion(input: $input) {
    ... on PublishedDatasetVersion {
      __typename
      outcome
      datasetVersion {
        ...DatasetVersionFields
      }
    }
    ...UserErrorFields
  }
}
    fragment DatasetVersionFields on DatasetVersion {
  __typename
  id
  name
  contentSha256
  imageCount
  trainCount
  validationCount
  testCount
  trainRatio
  testRatio
  seed
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:28110d6be2cb6e06522fa12ef763fc85ec260938a3d152d07f93a288faefe57d"}) as unknown as TypedDocumentString<PublishDatasetVersionMutation, PublishDatasetVersionMutationVariables>;
export const DatasetVersionDiffDocument = new TypedDocumentString(`
    query DatasetVersionDiff($fromId: ID!, $toId: ID!) {
  datasetVersionDiff(fromId: $fromId, toId: $toId) {
    addedCount
    removedCount
    relabelledCount
    movedCount
    classes {
      labelId
      before {
        ...DatasetClassFields
      }
      after {
        ...DatasetClassFields
      }
    }
  }
}
    fragment DatasetClassFields on DatasetClass {
  classIndex
  labelId
  name
  color
  trainCount
  validationCount
  testCount
}`, {"hash":"sha256:1569a92b8e5fec7da43f60931af3de07a790b30d70cc0ee877cf69702c145835"}) as unknown as TypedDocumentString<DatasetVersionDiffQuery, DatasetVersionDiffQueryVariables>;
export const DatasetVersionChangesDocument = new TypedDocumentString(`
    query DatasetVersionChanges($fromId: ID!, $toId: ID!, $kind: DatasetChangeKind!, $first: Int, $after: String) {
  datasetVersionDiff(fromId: $fromId, toId: $toId) {
    changes(kind: $kind, first: $first, after: $after) {
      nodes {
        imageId
        sha256
        annotatedById
        annotatedByName
        before {
          split
          labels {
            labelId
            name
          }
        }
        after {
          split
          labels {
            labelId
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `, {"hash":"sha256:a2d39cd84b98c94e3619d0b83189bd8dbd37540116e78e36b4b923654e5cb5f0"}) as unknown as TypedDocumentString<DatasetVersionChangesQuery, DatasetVersionChangesQueryVariables>;
export const ImagesDocument = new TypedDocumentString(`
    query Images($projectId: ID!, $filter: ImageFilter, $direction: OrderDirection, $first: Int, $after: String, $form: ImageForm) {
  images(
    projectId: $projectId
    filter: $filter
    direction: $direction
    first: $first
    after: $after
  ) {
    nodes {
      ...ImageFields
      url(form: $form)
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}`, {"hash":"sha256:b74cb224f1694ccdf6909636b3c79b267bb57bfeb1dc28592f9f2171f07d3c92"}) as unknown as TypedDocumentString<ImagesQuery, ImagesQueryVariables>;
export const ImageDocument = new TypedDocumentString(`
    query Image($id: ID!, $form: ImageForm) {
  image(id: $id) {
    ...ImageFields
    url(form: $form)
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}`, {"hash":"sha256:8691bff91501147c481ac9ccef0d8be16fe75635f56745eb1788a27893af8904"}) as unknown as TypedDocumentString<ImageQuery, ImageQueryVariables>;
export const DeleteImagesDocument = new TypedDocumentString(`
    mutation DeleteImages($input: DeleteImagesInput!) {
  deleteImages(input: $input) {
    ... on DeleteImagesPayload {
      __typename
      deletedCount
      project {
        ...ProjectFields
      }
    }
    ...UserErrorFields
  }
}
    fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e720e11dbd4086624e161a76fdbc2c6aacf45bf6080e235b45017b1273c27854"}) as unknown as TypedDocumentString<DeleteImagesMutation, DeleteImagesMutationVariables>;
export const SetImageGroupDocument = new TypedDocumentString(`
    mutation SetImageGroup($input: SetImageGroupInput!) {
  setImageGroup(input: $input) {
    ...ChangedImages
    ...UserErrorFields
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}
fragment ChangedImages on ChangeImagesPayload {
  __typename
  results {
    ... on ChangedImage {
      __typename
      image {
        ...ImageFields
      }
    }
    ... on ImageChangeRefused {
      __typename
      imageId
      error {
        ...UserErrorFields
      }
    }
  }
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:9e80cbf72afdbfe6bd52226541cb847ccabde5b46aeecdcd3da7cba7f45d7138"}) as unknown as TypedDocumentString<SetImageGroupMutation, SetImageGroupMutationVariables>;
export const SetImageSplitDocument = new TypedDocumentString(`
    mutation SetImageSplit($input: SetImageSplitInput!) {
  setImageSplit(input: $input) {
    ...ChangedImages
    ...UserErrorFields
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}
fragment ChangedImages on ChangeImagesPayload {
  __typename
  results {
    ... on ChangedImage {
      __typename
      image {
        ...ImageFields
      }
    }
    ... on ImageChangeRefused {
      __typename
      imageId
      error {
        ...UserErrorFields
      }
    }
  }
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:45601796bbc14f7a8c8b8c39f85721685777dedd2e31026dec436591ef5a7ecc"}) as unknown as TypedDocumentString<SetImageSplitMutation, SetImageSplitMutationVariables>;
export const LabelsDocument = new TypedDocumentString(`
    query Labels($projectId: ID!) {
  labels(projectId: $projectId) {
    ...LabelFields
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}`, {"hash":"sha256:14af13476323a4ef60b8494435409a2f67a0e9a64f4238662f324cf929ab6dd0"}) as unknown as TypedDocumentString<LabelsQuery, LabelsQueryVariables>;
export const LabelDocument = new TypedDocumentString(`
    query Label($id: ID!) {
  label(id: $id) {
    ...LabelFields
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}`, {"hash":"sha256:0b799ec5c9ff82ea0e6a5877782bdef3481d2c918497dff15aaf215a82d262ed"}) as unknown as TypedDocumentString<LabelQuery, LabelQueryVariables>;
export const CreateLabelDocument = new TypedDocumentString(`
    mutation CreateLabel($input: CreateLabelInput!) {
  createLabel(input: $input) {
    ...LabelFields
    ...UserErrorFields
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:7557c13a891f527dbc9a7da0a921d0f414f54c608e5352fed9971c8c0b72e053"}) as unknown as TypedDocumentString<CreateLabelMutation, CreateLabelMutationVariables>;
export const UpdateLabelDocument = new TypedDocumentString(`
    mutation UpdateLabel($id: ID!, $input: UpdateLabelInput!) {
  updateLabel(id: $id, input: $input) {
    ...LabelFields
    ...UserErrorFields
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:4cef447b214a121cf52a3b149c97de74266254ce38820874bb4d501c0e129771"}) as unknown as TypedDocumentString<UpdateLabelMutation, UpdateLabelMutationVariables>;
export const DeleteLabelDocument = new TypedDocumentString(`
    mutation DeleteLabel($id: ID!, $policy: LabelDeletePolicy) {
  deleteLabel(id: $id, policy: $policy) {
    ...ProjectFields
    ...UserErrorFields
  }
}
    fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:f3a07096553cb0a7b73fb6433d9ed733124ef9ef8a17ee59f0065063741f88fa"}) as unknown as TypedDocumentString<DeleteLabelMutation, DeleteLabelMutationVariables>;
export const ModelVersionsDocument = new TypedDocumentString(`
    query ModelVersions($projectId: ID!, $first: Int, $after: String) {
  modelVersions(projectId: $projectId, first: $first, after: $after) {
    nodes {
      ...ModelVersionFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ModelVersionFields on ModelVersion {
  __typename
  id
  name
  versionNumber
  baseModel
  baseModelSha256
  modelBytes
  modelSha256
  createdAt
  evaluation {
    accuracy
    imageCount
    macro {
      precision
      recall
      f1
    }
  }
  training {
    id
    versionLabel
  }
}`, {"hash":"sha256:780204e618c8dd03f792d7cd32d6cc7b88f8d6dfa78c202ca0aa4b17a91ca281"}) as unknown as TypedDocumentString<ModelVersionsQuery, ModelVersionsQueryVariables>;
export const ModelVersionDocument = new TypedDocumentString(`
    query ModelVersion($id: ID!) {
  modelVersion(id: $id) {
    ...ModelVersionFields
    modelUrl
    classes {
      labelId
      name
      threshold
    }
    recipe {
      stage
      epoch
      epochs
      inputSize
      version
    }
    phases {
      phase
      seconds
    }
    forgetting {
      labelId
      labelName
      recallBefore
      recallAfter
      support
    }
  }
}
    fragment ModelVersionFields on ModelVersion {
  __typename
  id
  name
  versionNumber
  baseModel
  baseModelSha256
  modelBytes
  modelSha256
  createdAt
  evaluation {
    accuracy
    imageCount
    macro {
      precision
      recall
      f1
    }
  }
  training {
    id
    versionLabel
  }
}`, {"hash":"sha256:93ea01a1475359c7e82c5eb8a8cedb182215dcfabc3f9863cbc80502c2bbfce9"}) as unknown as TypedDocumentString<ModelVersionQuery, ModelVersionQueryVariables>;
export const EvaluationDocument = new TypedDocumentString(`
    query Evaluation($modelVersionId: ID!) {
  modelVersion(id: $modelVersionId) {
    evaluation {
      split
      imageCount
      accuracy
      macro {
        precision
        recall
        f1
      }
      micro {
        precision
        recall
        f1
      }
      weighted {
        precision
        recall
        f1
      }
      confusionMatrix
      classStatistics {
        classIndex
        labelId
        labelName
        support
        predictedCount
        truePositives
        precision
        recall
        f1
        oneVsRestAccuracy
        threshold
      }
      confidence {
        temperature
        calibrationErrorBefore
        calibrationErrorAfter
        accuracy {
          lower
          upper
        }
        macroF1 {
          lower
          upper
        }
        classes {
          precision {
            lower
            upper
          }
          recall {
            lower
            upper
          }
        }
        crossValidated {
          accuracy
          macroF1
          folds
          imageCount
        }
      }
      datasetVersion {
        ...DatasetVersionFields
      }
    }
  }
}
    fragment DatasetVersionFields on DatasetVersion {
  __typename
  id
  name
  contentSha256
  imageCount
  trainCount
  validationCount
  testCount
  trainRatio
  testRatio
  seed
  createdAt
}`, {"hash":"sha256:587fab288f73a8043c40ad2c1abb4b9a0a39660b6b55a6e8736cda867cf7c8ae"}) as unknown as TypedDocumentString<EvaluationQuery, EvaluationQueryVariables>;
export const EvaluatedImagesDocument = new TypedDocumentString(`
    query EvaluatedImages($modelVersionId: ID!, $first: Int, $after: String) {
  modelVersion(id: $modelVersionId) {
    evaluation {
      images(first: $first, after: $after) {
        nodes {
          imageId
          probabilities
          actual {
            labelId
            name
          }
          predicted {
            labelId
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"hash":"sha256:03d43144541c61bf904a9fe16183147336078973cc0820db2553be0f6c04ccf9"}) as unknown as TypedDocumentString<EvaluatedImagesQuery, EvaluatedImagesQueryVariables>;
export const PredictDocument = new TypedDocumentString(`
    mutation Predict($input: PredictInput!, $first: Int) {
  predict(input: $input) {
    ... on Prediction {
      __typename
      predictedLabel
      predictedLabels
      scores(first: $first) {
        labelId
        labelName
        probability
        isPredicted
      }
      modelVersion {
        id
        name
      }
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e3fce99889ff693ef1914243db42044b5b5445879b7d6e965e62e154e7e0e956"}) as unknown as TypedDocumentString<PredictMutation, PredictMutationVariables>;
export const WatchProjectDocument = new TypedDocumentString(`
    subscription WatchProject($projectId: ID!, $after: Int) {
  projectEvents(projectId: $projectId, after: $after) {
    ...ProjectEventFields
  }
}
    fragment ProjectEventFields on ProjectEvent {
  __typename
  sequence
  occurredAt
  projectId
  ... on ProjectCountsChanged {
    imageCount
    labelledImageCount
    labels {
      labelId
      imageCount
    }
  }
  ... on ProjectLabelChanged {
    change
    labelId
    name
  }
  ... on ProjectTrainingChanged {
    trainingId
    versionName
    state
    stopReason
  }
  ... on ProjectVersionCreated {
    modelVersionId
    trainingId
    versionName
    accuracy
  }
  ... on ProjectStreamResync {
    from
  }
}`, {"hash":"sha256:3fa1aa8f0de3cb52629e71ee5aaf1d2720ccd35bcfac40e250175e0acc3382d3"}) as unknown as TypedDocumentString<WatchProjectSubscription, WatchProjectSubscriptionVariables>;
export const ProjectEventsDocument = new TypedDocumentString(`
    query ProjectEvents($projectId: ID!, $first: Int, $after: String) {
  project(id: $projectId) {
    events(first: $first, after: $after) {
      nodes {
        ...ProjectEventFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment ProjectEventFields on ProjectEvent {
  __typename
  sequence
  occurredAt
  projectId
  ... on ProjectCountsChanged {
    imageCount
    labelledImageCount
    labels {
      labelId
      imageCount
    }
  }
  ... on ProjectLabelChanged {
    change
    labelId
    name
  }
  ... on ProjectTrainingChanged {
    trainingId
    versionName
    state
    stopReason
  }
  ... on ProjectVersionCreated {
    modelVersionId
    trainingId
    versionName
    accuracy
  }
  ... on ProjectStreamResync {
    from
  }
}`, {"hash":"sha256:5f7abe3ef77903eda4d023f96d4c314eec4c4178de45b7e49a909ada5bacfa51"}) as unknown as TypedDocumentString<ProjectEventsQuery, ProjectEventsQueryVariables>;
export const ProjectsDocument = new TypedDocumentString(`
    query Projects($first: Int, $after: String) {
  projects(first: $first, after: $after) {
    nodes {
      ...ProjectFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}`, {"hash":"sha256:ad88f4eb807bab9bdd6a30d64a5044d7ae29b8f650eaf41e1013c8364f7eafb2"}) as unknown as TypedDocumentString<ProjectsQuery, ProjectsQueryVariables>;
export const ProjectDocument = new TypedDocumentString(`
    query Project($id: ID!) {
  project(id: $id) {
    ...ProjectDetails
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}
fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment ProjectDetails on Project {
  ...ProjectFields
  labels {
    ...LabelFields
  }
  members {
    userId
    userName
    role
  }
  trainingConfig {
    ...TrainingConfigFields
  }
}
fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}`, {"hash":"sha256:7bfefdb571fbb4dfa702d754e735ae92b1c963ccfc44a97454182a3f3fe5ebe6"}) as unknown as TypedDocumentString<ProjectQuery, ProjectQueryVariables>;
export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    ...ProjectFields
    ...UserErrorFields
  }
}
    fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:3327051f495817d01f9659fcdc21873ce2825c18edd48235d7514bca360cf3ba"}) as unknown as TypedDocumentString<CreateProjectMutation, CreateProjectMutationVariables>;
export const UpdateProjectDocument = new TypedDocumentString(`
    mutation UpdateProject($id: ID!, $input: UpdateProjectInput!) {
  updateProject(id: $id, input: $input) {
    ...ProjectFields
    ...UserErrorFields
  }
}
    fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:4f7e9c5fc68899d6083275cf02c010d5008a513494a46b8b7281f896f68445fe"}) as unknown as TypedDocumentString<UpdateProjectMutation, UpdateProjectMutationVariables>;
export const DeleteProjectDocument = new TypedDocumentString(`
    mutation DeleteProject($id: ID!) {
  deleteProject(id: $id) {
    ... on DeletedProject {
      __typename
      id
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:016dc337b6c54fba5382e294c202b4dda36b5d87967d53d3e77b9b1a616e5cf7"}) as unknown as TypedDocumentString<DeleteProjectMutation, DeleteProjectMutationVariables>;
export const SetProjectMemberDocument = new TypedDocumentString(`
    mutation SetProjectMember($input: SetProjectMemberInput!) {
  setProjectMember(input: $input) {
    ...ProjectDetails
    ...UserErrorFields
  }
}
    fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}
fragment ProjectFields on Project {
  __typename
  id
  name
  description
  type
  imageCount
  labelledImageCount
  lastSequence
  createdAt
  updatedAt
}
fragment ProjectDetails on Project {
  ...ProjectFields
  labels {
    ...LabelFields
  }
  members {
    userId
    userName
    role
  }
  trainingConfig {
    ...TrainingConfigFields
  }
}
fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:79eec6cc9b008b4ba90fcad0a776d5f4e82066525785cb501ebca136b3df1762"}) as unknown as TypedDocumentString<SetProjectMemberMutation, SetProjectMemberMutationVariables>;
export const TrainingReadinessDocument = new TypedDocumentString(`
    query TrainingReadiness($projectId: ID!, $config: TrainingConfigInput, $datasetVersionName: String) {
  trainingReadiness(
    projectId: $projectId
    config: $config
    datasetVersionName: $datasetVersionName
  ) {
    isReady
    datasetVersionName
    config {
      ...TrainingConfigFields
    }
    blockers {
      code
      message
      labelId
    }
    warnings {
      code
      message
      labelId
      imageIds
    }
    split {
      labelId
      name
      trainCount
      validationCount
      testCount
    }
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}`, {"hash":"sha256:12f5497a88093bf0d433e8c39c411152720d27ea3658ab4073c017332c977e0f"}) as unknown as TypedDocumentString<TrainingReadinessQuery, TrainingReadinessQueryVariables>;
export const WatchTrainingDocument = new TypedDocumentString(`
    subscription WatchTraining($trainingId: ID!, $after: Int) {
  trainingEvents(trainingId: $trainingId, after: $after) {
    ...TrainingEventFields
  }
}
    fragment MetricsFields on Metrics {
  imageCount
  accuracy
  macro {
    precision
    recall
    f1
  }
  micro {
    precision
    recall
    f1
  }
  weighted {
    precision
    recall
    f1
  }
  confusionMatrix
  classStatistics {
    classIndex
    labelId
    labelName
    support
    predictedCount
    truePositives
    precision
    recall
    f1
    oneVsRestAccuracy
    threshold
  }
}
fragment TrainingEventFields on TrainingEvent {
  __typename
  sequence
  occurredAt
  trainingId
  ... on TrainingStateChanged {
    state
    stopReason
    failure {
      ...TrainingFailureFields
    }
  }
  ... on TrainingProgressed {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  ... on TrainingEpochCompleted {
    stage
    epoch
    epochs
    loss
    metrics {
      ...MetricsFields
    }
  }
  ... on TrainingEvaluated {
    metrics {
      ...MetricsFields
    }
  }
  ... on TrainingCheckpointSaved {
    stage
    epoch
    byteSize
  }
  ... on TrainingInterrupted {
    reason
    attempt
    message
  }
  ... on TrainingResumed {
    attempt
  }
  ... on TrainingStopRequested {
    request
  }
  ... on TrainingLogLine {
    level
    message
  }
  ... on StreamResync {
    from
  }
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}`, {"hash":"sha256:cf6a00f5376a1a489d4ec4c183371867ff0172bd4857c05466579bcb565bd2e2"}) as unknown as TypedDocumentString<WatchTrainingSubscription, WatchTrainingSubscriptionVariables>;
export const TrainingEventsDocument = new TypedDocumentString(`
    query TrainingEvents($trainingId: ID!, $first: Int, $after: String) {
  training(id: $trainingId) {
    events(first: $first, after: $after) {
      nodes {
        ...TrainingEventFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MetricsFields on Metrics {
  imageCount
  accuracy
  macro {
    precision
    recall
    f1
  }
  micro {
    precision
    recall
    f1
  }
  weighted {
    precision
    recall
    f1
  }
  confusionMatrix
  classStatistics {
    classIndex
    labelId
    labelName
    support
    predictedCount
    truePositives
    precision
    recall
    f1
    oneVsRestAccuracy
    threshold
  }
}
fragment TrainingEventFields on TrainingEvent {
  __typename
  sequence
  occurredAt
  trainingId
  ... on TrainingStateChanged {
    state
    stopReason
    failure {
      ...TrainingFailureFields
    }
  }
  ... on TrainingProgressed {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  ... on TrainingEpochCompleted {
    stage
    epoch
    epochs
    loss
    metrics {
      ...MetricsFields
    }
  }
  ... on TrainingEvaluated {
    metrics {
      ...MetricsFields
    }
  }
  ... on TrainingCheckpointSaved {
    stage
    epoch
    byteSize
  }
  ... on TrainingInterrupted {
    reason
    attempt
    message
  }
  ... on TrainingResumed {
    attempt
  }
  ... on TrainingStopRequested {
    request
  }
  ... on TrainingLogLine {
    level
    message
  }
  ... on StreamResync {
    from
  }
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}`, {"hash":"sha256:af92f579aaffe3c82c9282fa39960eaab3645e76b1886289ea4c8e07c9af6c00"}) as unknown as TypedDocumentString<TrainingEventsQuery, TrainingEventsQueryVariables>;
export const TrainingFlavorsDocument = new TypedDocumentString(`
    query TrainingFlavors {
  trainingFlavors {
    id
    name
    device
  }
}
    `, {"hash":"sha256:11b5001678355c66ffef7cef9b62d4159841de94986d8632fab5abb386132266"}) as unknown as TypedDocumentString<TrainingFlavorsQuery, TrainingFlavorsQueryVariables>;
export const TrainingsDocument = new TypedDocumentString(`
    query Trainings($projectId: ID!, $first: Int, $after: String) {
  trainings(projectId: $projectId, first: $first, after: $after) {
    nodes {
      ...TrainingFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}
fragment TrainingFields on Training {
  __typename
  id
  versionName
  versionLabel
  state
  stopReason
  isFinished
  attempt
  lastSequence
  queuePosition
  expectedStartAt
  createdAt
  startedAt
  finishedAt
  failure {
    ...TrainingFailureFields
  }
  progress {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  config {
    ...TrainingConfigFields
  }
  datasetVersion {
    id
    name
  }
  modelVersion {
    id
    name
  }
}`, {"hash":"sha256:76cca17d04f1673a5f08f6fb5b1b87fecd88d7b5593c48bf8a5aaf3bc6fdbb5c"}) as unknown as TypedDocumentString<TrainingsQuery, TrainingsQueryVariables>;
export const TrainingDocument = new TypedDocumentString(`
    query Training($id: ID!) {
  training(id: $id) {
    ...TrainingFields
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}
fragment TrainingFields on Training {
  __typename
  id
  versionName
  versionLabel
  state
  stopReason
  isFinished
  attempt
  lastSequence
  queuePosition
  expectedStartAt
  createdAt
  startedAt
  finishedAt
  failure {
    ...TrainingFailureFields
  }
  progress {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  config {
    ...TrainingConfigFields
  }
  datasetVersion {
    id
    name
  }
  modelVersion {
    id
    name
  }
}`, {"hash":"sha256:e817d8e5c9496694ead87a21b119fd41a9dd02bb79e4b4a2f4619f404bd91795"}) as unknown as TypedDocumentString<TrainingQuery, TrainingQueryVariables>;
export const StartTrainingDocument = new TypedDocumentString(`
    mutation StartTraining($input: StartTrainingInput!) {
  startTraining(input: $input) {
    ...TrainingFields
    ...UserErrorFields
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}
fragment TrainingFields on Training {
  __typename
  id
  versionName
  versionLabel
  state
  stopReason
  isFinished
  attempt
  lastSequence
  queuePosition
  expectedStartAt
  createdAt
  startedAt
  finishedAt
  failure {
    ...TrainingFailureFields
  }
  progress {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  config {
    ...TrainingConfigFields
  }
  datasetVersion {
    id
    name
  }
  modelVersion {
    id
    name
  }
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e200ffdb56714c54fab5489668e27af86cdb791ddc1762ca4c66a3fd5e11a9ba"}) as unknown as TypedDocumentString<StartTrainingMutation, StartTrainingMutationVariables>;
export const StopTrainingDocument = new TypedDocumentString(`
    mutation StopTraining($id: ID!) {
  stopTraining(id: $id) {
    ...TrainingFields
    ...UserErrorFields
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}
fragment TrainingFields on Training {
  __typename
  id
  versionName
  versionLabel
  state
  stopReason
  isFinished
  attempt
  lastSequence
  queuePosition
  expectedStartAt
  createdAt
  startedAt
  finishedAt
  failure {
    ...TrainingFailureFields
  }
  progress {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  config {
    ...TrainingConfigFields
  }
  datasetVersion {
    id
    name
  }
  modelVersion {
    id
    name
  }
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:203ede09d38088d5cfbd1699cc42403ffbcfa6c9450e8f99f1c84ac2500446e2"}) as unknown as TypedDocumentString<StopTrainingMutation, StopTrainingMutationVariables>;
export const CancelTrainingDocument = new TypedDocumentString(`
    mutation CancelTraining($id: ID!) {
  cancelTraining(id: $id) {
    ...TrainingFields
    ...UserErrorFields
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment TrainingFailureFields on TrainingFailure {
  __typename
  code
  message
  hint
  isRetryable
  imageIds
}
fragment TrainingFields on Training {
  __typename
  id
  versionName
  versionLabel
  state
  stopReason
  isFinished
  attempt
  lastSequence
  queuePosition
  expectedStartAt
  createdAt
  startedAt
  finishedAt
  failure {
    ...TrainingFailureFields
  }
  progress {
    phase
    currentEpoch
    done
    total
    imagesPerSecond
    etaSeconds
  }
  config {
    ...TrainingConfigFields
  }
  datasetVersion {
    id
    name
  }
  modelVersion {
    id
    name
  }
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:5437f87cafeddabb67b545b6a382c9586872142e40ef5d290b1eeac28095d330"}) as unknown as TypedDocumentString<CancelTrainingMutation, CancelTrainingMutationVariables>;
export const UpdateTrainingConfigDocument = new TypedDocumentString(`
    mutation UpdateTrainingConfig($projectId: ID!, $input: TrainingConfigInput!) {
  updateTrainingConfig(projectId: $projectId, input: $input) {
    ...TrainingConfigFields
    ...UserErrorFields
  }
}
    fragment TrainingConfigFields on TrainingConfig {
  __typename
  baseModel
  baseVersionId
  flavor
  maxDurationMinutes
  preference
  seed
  testRatio
  trainRatio
  validationRatio
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:c5126d130cdabd3ca077a12a0a1246668d6c7998fb44921e5f4cb3ac349ad061"}) as unknown as TypedDocumentString<UpdateTrainingConfigMutation, UpdateTrainingConfigMutationVariables>;
export const CreateImageUploadsDocument = new TypedDocumentString(`
    mutation CreateImageUploads($input: CreateImageUploadsInput!) {
  createImageUploads(input: $input) {
    ... on CreateImageUploadsPayload {
      __typename
      results {
        ... on ImageUpload {
          __typename
          id
          uploadUrl
          headers {
            name
            value
          }
        }
        ... on UploadRefused {
          __typename
          error {
            ...UserErrorFields
          }
        }
      }
    }
    ...UserErrorFields
  }
}
    fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:3636d8232e0ee5c7c3092613a3bc3406d7bfe30f6ed7a343dd03b8a00cb1cf95"}) as unknown as TypedDocumentString<CreateImageUploadsMutation, CreateImageUploadsMutationVariables>;
export const CompleteImageUploadsDocument = new TypedDocumentString(`
    mutation CompleteImageUploads($uploadIds: [ID!]!) {
  completeImageUploads(uploadIds: $uploadIds) {
    ... on CompleteImageUploadsPayload {
      __typename
      results {
        ... on CompletedImageUpload {
          __typename
          uploadId
          outcome
          image {
            ...ImageFields
          }
        }
        ... on ImageUploadRefused {
          __typename
          uploadId
          error {
            ...UserErrorFields
          }
        }
      }
    }
    ...UserErrorFields
  }
}
    fragment ImageFields on Image {
  __typename
  id
  fileName
  byteSize
  format
  width
  height
  sha256
  group
  splitOverride
  isLabelled
  annotationRevision
  annotations {
    source
    confidence
    createdAt
    label {
      id
      name
      color
    }
  }
  createdAt
}
fragment UserErrorFields on UserError {
  __typename
  code
  message
  ... on ValidationError {
    issues {
      path
      message
    }
  }
  ... on LimitExceededError {
    limit
    used
  }
  ... on InvalidStateError {
    currentState
  }
  ... on NotReadyError {
    blockers {
      code
      message
      labelId
    }
  }
  ... on PictureRefusedError {
    fileName
    refusal
  }
  ... on StaleAnnotationError {
    imageId
    currentRevision
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:2082e7e07de6a62542b890649648fe61a78f3dbb6d8d17bb23910abf3c62d8a8"}) as unknown as TypedDocumentString<CompleteImageUploadsMutation, CompleteImageUploadsMutationVariables>;