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

/** Kept predictions of a deployment that are to become images. */
export type AddPredictionsToProjectInput = {
  /** The deployment. */
  readonly deploymentId: string;
  /** 1 to 100 of its predictions. */
  readonly predictionIds: ReadonlyArray<string>;
};

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

/** How a second version takes part. */
export type CandidateMode =
  /** It is asked besides; its answers are only compared. */
  | 'SHADOW'
  /** It answers a share of the calls. */
  | 'SPLIT';

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

/** A token of an application to make. */
export type CreateDeploymentTokenInput = {
  /** The deployment that it is good for. */
  readonly deploymentId: string;
  /** In the future; left out = never. */
  readonly expiresAt?: string | null | undefined;
  /** What it is for, 1 to 100 characters. */
  readonly name: string;
};

/** Files to announce for one project. */
export type CreateImageUploadsInput = {
  /** 1 to 100. */
  readonly files: ReadonlyArray<ImageFileInput>;
  /** The project. */
  readonly projectId: string;
};

/** A file to import. */
export type CreateImportUploadInput = {
  /** Bytes, a whole number. */
  readonly byteSize: number;
  /** Its ending tells documents of labels (.csv, .json, .jsonl, .ndjson, .manifest) from archives. */
  readonly fileName: string;
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

/** What an application may do with an answer. */
export type Decision =
  /** Take it: the model is sure enough. */
  | 'ACCEPT'
  /** Show it to a person. */
  | 'REVIEW'
  /** Take the picture for nothing that the model knows. */
  | 'UNKNOWN';

/** Images to move into the trash of one project. */
export type DeleteImagesInput = {
  /** Not into the trash: the images are gone for good at once, and files that no dataset version holds within moments. Default false. */
  readonly deleteSourceFiles?: boolean | null | undefined;
  /** 1 to 1,000; ids that are not there are skipped. */
  readonly imageIds: ReadonlyArray<string>;
  /** The project. */
  readonly projectId: string;
};

/** A deployment to make. */
export type DeployModelInput = {
  /** How sure an answer must be for the decision ACCEPT, 0 to 1; default 0.9. */
  readonly acceptFrom?: number | null | undefined;
  /** Hours after a start at which it stops by itself, 1 to 24; null = never. */
  readonly autoStopHours?: number | null | undefined;
  /** Minutes without a call after which it sleeps until the next one, 1 to 10080; null = never. */
  readonly idleStopMinutes?: number | null | undefined;
  /** The version that answers. */
  readonly modelVersionId: string;
  /** Starts with a letter, 1 to 64 letters, digits, _ and -; unique in the installation. */
  readonly name: string;
  /** Hours for which calls are kept with their pictures, 1 to 8760; null = they are not. */
  readonly storeHours?: number | null | undefined;
};

/** A second version: either with a percent, or as a shadow. */
export type DeploymentCandidateInput = {
  /** true: it is asked besides, and its answers are only compared. */
  readonly isShadow?: boolean | null | undefined;
  /** The second version. */
  readonly modelVersionId: string;
  /** Calls of a hundred that it answers, 1 to 99; or: */
  readonly percent?: number | null | undefined;
};

/** What happened to a deployment. */
export type DeploymentChangeKind =
  /** Settings were changed; the versions are the same. */
  | 'CONFIGURED'
  /** It was deleted. */
  | 'DELETED'
  /** It was made. */
  | 'DEPLOYED'
  /** Its model file could not be used. */
  | 'FAILED'
  /** Its model file was loaded: it answers. */
  | 'READY'
  /** The versions of before answer again. */
  | 'ROLLED_BACK'
  /** Other versions answer. */
  | 'ROUTED'
  /** It was started again. */
  | 'STARTED'
  /** It was stopped, by somebody, by time or for want of calls. */
  | 'STOPPED'
  /** A call woke it. */
  | 'WOKEN';

/** Whether a deployment answers. */
export type DeploymentState =
  /** Its model file is being tried. */
  | 'DEPLOYING'
  /** Its model file cannot be used; `errorMessage` says why. */
  | 'FAILED'
  /** It answers. */
  | 'RUNNING'
  /** It does not answer; one that sleeps (`stopCause` IDLE) wakes on the next call. */
  | 'STOPPED';

/** Why a deployment is stopped. */
export type DeploymentStopCause =
  /** Its hours were over. */
  | 'AUTO_STOP'
  /** Nobody called for a while: the next call wakes it. */
  | 'IDLE'
  /** Somebody stopped it. */
  | 'USER';

/** What a worker computes on. */
export type Device =
  /** Processor. */
  | 'CPU'
  /** NVIDIA GPU through CUDA. */
  | 'CUDA'
  /** Any GPU through WebGPU. */
  | 'WEBGPU';

/** Why no training may run on a device. */
export type DeviceFault =
  /** The process that tried it died, or took too long. */
  | 'CRASHED'
  /** It computes right, and slower than the CPU. */
  | 'SLOW'
  /** ONNX Runtime cannot compute there: there is no such device, driver or build. */
  | 'UNAVAILABLE'
  /** It computes, and what comes out of a training step is not what the CPU says. */
  | 'WRONG';

/** What an image that has labels already does with those of the import. */
export type ExistingLabels =
  /** Has both; where it may carry one only, it keeps its own and the item says CONFLICTING_LABEL. */
  | 'ADD'
  /** Keeps its own. */
  | 'KEEP'
  /** Has those of the import from now on, and its part. */
  | 'REPLACE';

/** In which form pictures and labels leave; `docs/exporting.md` shows each. */
export type ExportFormat =
  /** `coco_labels` of Datumaro, a document for each part. */
  | 'COCO'
  /** Rows of `file,label,usage`. */
  | 'CSV'
  /** A folder for each label, above them one for each part. */
  | 'FOLDERS'
  /** Tasks of Label Studio with their annotations, JSON. */
  | 'LABEL_STUDIO'
  /** Manifest of ModelArts, JSON Lines. */
  | 'MODELARTS_MANIFEST'
  /** Manifest of SageMaker Ground Truth and Rekognition, one for each part. */
  | 'SAGEMAKER';

/** What of a picture. Can grow: treat an unknown kind by its message. */
export type ExportLossKind =
  /** Who labelled it. */
  | 'ANNOTATED_BY'
  /** How sure that was. */
  | 'CONFIDENCE'
  /** When it was labelled. */
  | 'CREATED_AT'
  /** Its file has another name. */
  | 'FILE_NAME'
  /** All labels but the first. */
  | 'FURTHER_LABELS'
  /** That it is a hard example. */
  | 'HARD'
  /** Its bytes are others than those that were uploaded, or missing. */
  | 'PICTURE'
  /** Where it lies is written otherwise. */
  | 'SOURCE'
  /** The part: train, validation or test. */
  | 'SPLIT'
  /** Nothing, but the tool that the format belongs to may refuse it. */
  | 'TARGET_RULES';

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
  /** JPEG, longest side at most 256 px. */
  | 'THUMBNAIL';

/** What images are ordered by. */
export type ImageOrder =
  /** The first 200 characters of their file name whatever their case, by code points. */
  | 'FILE_NAME'
  /** The time of their upload. */
  | 'UPLOADED_AT';

/** What became of one thing that an import found. */
export type ImportOutcome =
  /** A new image. */
  | 'CREATED'
  /** The project has this picture already; it got the labels. */
  | 'DUPLICATE'
  /** No file came with it; an image of the project, known by its name, got the labels. */
  | 'LABELLED'
  /** It should have become an image or a label, and did not. */
  | 'REFUSED'
  /** Nothing to import, or a detail that was left out. */
  | 'SKIPPED';

/** What was wrong with an item of an import. Can grow: treat an unknown code by its message. */
export type ImportProblemCode =
  /** The path is absolute. */
  | 'ABSOLUTE_PATH'
  /** Folders can be read in two ways; the message tells how they were read. */
  | 'AMBIGUOUS_LAYOUT'
  /** Several pictures have this name. */
  | 'AMBIGUOUS_SOURCE'
  /** The path contains a backslash. */
  | 'BACKSLASH'
  /** People have labelled it differently; the message tells whose label counts. */
  | 'CONFLICTING_ANNOTATIONS'
  /** The image has another label already and keeps it. */
  | 'CONFLICTING_LABEL'
  /** One picture is said to be in two parts; the first counts. */
  | 'CONFLICTING_SPLIT'
  /** The path contains a control character or is no valid text. */
  | 'CONTROL_CHARACTER'
  /** It is truncated or does not decode. */
  | 'DAMAGED'
  /** Boxes where labels are expected. */
  | 'DETECTION_NOT_ASKED'
  /** The SHA-256 of what arrived is not the one announced. */
  | 'DIGEST_MISMATCH'
  /** The document is too large to be read as a whole. */
  | 'DOCUMENT_TOO_LARGE'
  /** An earlier file has the same path. */
  | 'DUPLICATE_PATH'
  /** It has no bytes. */
  | 'EMPTY'
  /** The file does not unpack to what it should. */
  | 'ENTRY_DAMAGED'
  /** A confidence, a time or a flag cannot be read; it is left out. */
  | 'INVALID_DETAIL'
  /** The document is not of its format. */
  | 'INVALID_DOCUMENT'
  /** A line of a document is not UTF-8. */
  | 'INVALID_ENCODING'
  /** An entry of a document has not the form of its format. */
  | 'INVALID_ENTRY'
  /** A line of a document is not JSON. */
  | 'INVALID_JSON'
  /** A label in a document is no text, blank, or not in its list. */
  | 'INVALID_LABEL'
  /** No label can have this name; the image is there without it. */
  | 'INVALID_LABEL_NAME'
  /** Quotation marks in a CSV are broken. */
  | 'INVALID_QUOTES'
  /** An entry of a document names a picture in a way that cannot be. */
  | 'INVALID_SOURCE'
  /** A line of a document is too long to be read. */
  | 'LINE_TOO_LONG'
  /** A link, not a file. */
  | 'LINK'
  /** An entry of a document names no picture. */
  | 'MISSING_SOURCE'
  /** An archive inside the archive. */
  | 'NESTED_ARCHIVE'
  /** Its content is no image, whatever its name says. */
  | 'NOT_AN_IMAGE'
  /** The bytes were not sent to the upload address. */
  | 'NOT_RECEIVED'
  /** The path is empty. */
  | 'NO_NAME'
  /** The path is longer than 1,024 characters. */
  | 'PATH_TOO_LONG'
  /** The path leads out of the archive. */
  | 'PATH_TRAVERSAL'
  /** Neither the upload nor the project has a picture of this name. */
  | 'PICTURE_MISSING'
  /** The project has as many images, or bytes of them, as it may have. */
  | 'QUOTA_EXCEEDED'
  /** Several labels in a project where an image carries one; the image is there without. */
  | 'SEVERAL_LABELS'
  /** Wider or higher than the installation takes. */
  | 'SIDE_TOO_LONG'
  /** Not as many bytes arrived as were announced. */
  | 'SIZE_MISMATCH'
  /** A device or another special file. */
  | 'SPECIAL_FILE'
  /** Larger than the installation takes. */
  | 'TOO_MANY_BYTES'
  /** More labels than an image may carry; the image is there without. */
  | 'TOO_MANY_LABELS'
  /** More pixels than the installation takes. */
  | 'TOO_MANY_PIXELS'
  /** A file that is neither a picture nor a document of labels. */
  | 'UNEXPECTED_FILE'
  /** The part is called by a word that we do not know; it is left open. */
  | 'UNKNOWN_SPLIT'
  /** An annotation of another task, such as boxes; it is left out. */
  | 'UNSUPPORTED_ANNOTATION'
  /** Packed with a method other than deflate. */
  | 'UNSUPPORTED_COMPRESSION'
  /** The document is not UTF-8. */
  | 'UNSUPPORTED_ENCODING'
  /** An image, but of a format that is not taken (SVG, HEIC, PSD, ...). */
  | 'UNSUPPORTED_FORMAT';

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

/** What a model can be exported as. */
export type ModelExportFormat =
  /** ONNX, operator set 13 or later, from pixels to probabilities in one file. */
  | 'ONNX';

/** Where pictures and models lie. */
export type ObjectStoreKind =
  /** In a bucket of a store that speaks S3. */
  | 'BUCKET'
  /** In a folder. */
  | 'FILE_SYSTEM';

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

/** What to import, and how to read it. */
export type PreviewImportInput = {
  /** Whether boxes of COCO are read as labels of their images. */
  readonly detection?: boolean | null | undefined;
  /** Left out = found out. */
  readonly format?: TransferFormat | null | undefined;
  /** Between several labels in one cell of a CSV, such as |. */
  readonly labelSeparator?: string | null | undefined;
  /** The project. */
  readonly projectId: string;
  /** A folder of the workers, below EXEMPLAR_IMPORT_ROOT, instead of uploads or with them. Administrators. */
  readonly serverFolder?: string | null | undefined;
  /** Whether folders called train, val and the like are parts; left out = their neighbours decide. */
  readonly splitFolders?: boolean | null | undefined;
  /** A folder of a bucket of the object store, such as s3://bucket/folder/, below one of EXEMPLAR_IMPORT_PREFIXES, instead of uploads or with them. Administrators. */
  readonly storePrefix?: string | null | undefined;
  /** Uploads that were sent, 1 to 10: archives, and documents beside them; read as if they were one archive. */
  readonly uploadIds?: ReadonlyArray<string> | null | undefined;
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

/** What a project may have only so much of. */
export type Quota =
  /** Trainings that wait or run. */
  | 'ACTIVE_TRAININGS'
  /** Bytes of the uploaded pictures, those in the trash too until they are deleted for good. */
  | 'BYTES'
  /** Deployments, in any state. */
  | 'DEPLOYMENTS'
  /** Images, without those in the trash. */
  | 'IMAGES'
  /** Minutes of training in a calendar month, UTC. */
  | 'TRAINING_MINUTES';

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

/** Images to take out of the trash of one project. */
export type RestoreImagesInput = {
  /** 1 to 1,000, each once. */
  readonly imageIds: ReadonlyArray<string>;
  /** The project. */
  readonly projectId: string;
};

/** Labels to take out of the trash of one project. */
export type RestoreLabelsInput = {
  /** 1 to 100, each once. */
  readonly labelIds: ReadonlyArray<string>;
  /** The project. */
  readonly projectId: string;
};

/** Which of the kept predictions; all given conditions must hold. */
export type ServedPredictionFilter = {
  /** With this decision. */
  readonly decision?: Decision | null | undefined;
  /** Whether an image was made of it. */
  readonly isAdded?: boolean | null | undefined;
  /** At most so uncertain, 0 to 1. */
  readonly maximumUncertainty?: number | null | undefined;
  /** At least so uncertain, 0 to 1. */
  readonly minimumUncertainty?: number | null | undefined;
  /** Answered by this version. */
  readonly modelVersionId?: string | null | undefined;
};

/** Limits of all projects that have none of their own. */
export type SetDefaultQuotasInput = {
  /** Trainings that wait or run. A whole number from 0 on; left out = kept, null = any. */
  readonly activeTrainings?: number | null | undefined;
  /** Bytes of the uploaded pictures, those in the trash too until they are deleted for good. A whole number from 0 on; left out = kept, null = any. */
  readonly bytes?: number | null | undefined;
  /** Deployments, in any state. A whole number from 0 on; left out = kept, null = any. */
  readonly deployments?: number | null | undefined;
  /** Images, without those in the trash. A whole number from 0 on; left out = kept, null = any. */
  readonly images?: number | null | undefined;
  /** Minutes of training in a calendar month, UTC. A whole number from 0 on; left out = kept, null = any. */
  readonly trainingMinutes?: number | null | undefined;
};

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

/** Limits of one project. */
export type SetProjectQuotasInput = {
  /** Trainings that wait or run. A whole number from 0 on; left out = kept, null = the default of the installation. */
  readonly activeTrainings?: number | null | undefined;
  /** Bytes of the uploaded pictures, those in the trash too until they are deleted for good. A whole number from 0 on; left out = kept, null = the default of the installation. */
  readonly bytes?: number | null | undefined;
  /** Deployments, in any state. A whole number from 0 on; left out = kept, null = the default of the installation. */
  readonly deployments?: number | null | undefined;
  /** Images, without those in the trash. A whole number from 0 on; left out = kept, null = the default of the installation. */
  readonly images?: number | null | undefined;
  /** The project. */
  readonly projectId: string;
  /** Minutes of training in a calendar month, UTC. A whole number from 0 on; left out = kept, null = the default of the installation. */
  readonly trainingMinutes?: number | null | undefined;
};

/** Side of the split of a dataset version. */
export type Split =
  /** Held out of both: the finished model is judged on it, and nothing depends on it. */
  | 'TEST'
  /** Trained on. */
  | 'TRAIN'
  /** Evaluated on: epochs are compared by it. */
  | 'VALIDATION';

/** What to export, and how. */
export type StartExportInput = {
  /** One of its dataset versions; null or left out = the labels as they are when a worker reads them. */
  readonly datasetVersionId?: string | null | undefined;
  /** In which form. */
  readonly format: ExportFormat;
  /** The same key with the same input gives the same export, so that a lost answer can be asked for again. */
  readonly idempotencyKey?: string | null | undefined;
  /** Whether the pictures are in the archive, with the bytes that were uploaded. Default true; FOLDERS have nothing else. */
  readonly includeImages?: boolean | null | undefined;
  /** Also images without a label. Default false; a dataset version has none. */
  readonly includeUnlabelled?: boolean | null | undefined;
  /** The project. */
  readonly projectId: string;
  /** Stands in the documents before the path of every picture, such as `s3://bucket/flowers/` where the archive will be unpacked. At most 1,024 characters; not for FOLDERS. */
  readonly sourcePrefix?: string | null | undefined;
};

/** What to import, and how to read it. */
export type StartImportInput = {
  /** Left out = ADD. */
  readonly existingLabels?: ExistingLabels | null | undefined;
  /** The same key with the same input gives the same import, so that a lost answer can be asked for again. */
  readonly idempotencyKey?: string | null | undefined;
  /** As for the preview. */
  readonly source: PreviewImportInput;
};

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
  /** The worker could not compute on the device of the flavor any more. */
  | 'DEVICE_UNAVAILABLE'
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

/** What a training waits for. */
export type TrainingWait =
  /** As many trainings of its flavor run as may at a time (`maxParallel`). */
  | 'FLAVOR_FULL'
  /** A worker is free and takes one within seconds. */
  | 'NEXT_LOOK'
  /** No worker of its flavor is alive: it goes on as soon as one comes. */
  | 'NO_WORKER'
  /** All workers of its flavor have a training. */
  | 'WORKERS_BUSY';

/** Why an import or export could not be done. Can grow: treat an unknown code by its message. */
export type TransferFailureCode =
  /** The archive cannot be read, or must not be. */
  | 'ARCHIVE_REFUSED'
  /** The disk of the worker or of the object store is full. */
  | 'DISK_FULL'
  /** A document of labels cannot be read as a whole. */
  | 'DOCUMENT_REFUSED'
  /** Nobody can tell how the labels are written; say the format. */
  | 'FORMAT_UNKNOWN'
  /** A defect of ours. */
  | 'INTERNAL'
  /** More than the installation allows. */
  | 'LIMIT_EXCEEDED'
  /** What it was to read is gone. */
  | 'SOURCE_MISSING'
  /** Workers died again and again. */
  | 'WORKER_LOST';

/** How labels are written; docs/formats.md has the details. */
export type TransferFormat =
  /** A folder for each label, perhaps below one for each part. */
  | 'CLASS_FOLDERS'
  /** COCO with labels of whole images, as Datumaro writes it. */
  | 'COCO_LABELS'
  /** CSV of files and labels; Vertex and Roboflow too. */
  | 'CSV'
  /** A text of labels beside each picture (ModelArts image classification 1.0). */
  | 'IMAGE_TEXT'
  /** JSON or JSON_MIN of Label Studio. */
  | 'LABEL_STUDIO'
  /** ModelArts manifest. */
  | 'MODELARTS_MANIFEST'
  /** Manifest of SageMaker Ground Truth and Rekognition. */
  | 'SAGEMAKER_MANIFEST'
  /** JSON lines of Vertex AI. */
  | 'VERTEX_JSONL';

/** What the worker does. */
export type TransferPhase =
  /** Looks whether what it made is right. */
  | 'CHECKING'
  /** Copies what was uploaded to its disk; counted in MiB. */
  | 'FETCHING'
  /** Reads what stands in the archive and its documents. */
  | 'READING'
  /** Copies what it made to the object store; counted in MiB. */
  | 'STORING'
  /** Makes one item after the other. */
  | 'WRITING';

/** Where an import or export is. The last three are final. */
export type TransferState =
  /** Somebody cancelled it. */
  | 'CANCELLED'
  /** It is done. */
  | 'COMPLETED'
  /** It could not be done; `failure` says why. */
  | 'FAILED'
  /** Waits for a worker. */
  | 'QUEUED'
  /** A worker has it. */
  | 'RUNNING';

/** What kind of thing is in the trash. */
export type TrashKind =
  /** An image. */
  | 'IMAGE'
  /** A label. */
  | 'LABEL';

/** Why a call cannot be answered for now. */
export type Unavailability =
  /** The caller has as much under way as it may have. */
  | 'CALLER_BUSY'
  /** The deployment is being started. */
  | 'DEPLOYING'
  /** The identity provider, whose token it is, does not answer. */
  | 'IDENTITY_PROVIDER_AWAY'
  /** The process that was to answer has ended. */
  | 'INTERRUPTED'
  /** The server has as much under way as it takes. */
  | 'SERVER_BUSY';

/** Changes of a deployment; what is left out is kept. */
export type UpdateDeploymentInput = {
  /** How sure an answer must be for the decision ACCEPT, 0 to 1; default 0.9. */
  readonly acceptFrom?: number | null | undefined;
  /** Hours after a start at which it stops by itself, 1 to 24; null = never. Counted from now. */
  readonly autoStopHours?: number | null | undefined;
  /** The second version; null takes it away. */
  readonly candidate?: DeploymentCandidateInput | null | undefined;
  /** The deployment. */
  readonly id: string;
  /** Minutes without a call after which it sleeps until the next one, 1 to 10080; null = never. */
  readonly idleStopMinutes?: number | null | undefined;
  /** The version that answers from now on. */
  readonly modelVersionId?: string | null | undefined;
  /** Hours for which calls are kept with their pictures, 1 to 8760; null = they are not. What is kept already stays as long as it was to. */
  readonly storeHours?: number | null | undefined;
};

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

/** What to change of a user; what is left out stays. */
export type UpdateUserInput = {
  /** May do everything in every project and make users. */
  readonly isAdministrator?: boolean | null | undefined;
  /** 1 to 100 characters, unique. */
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
  /** The project has as much as an administrator allows it; `quota` says of what. */
  | 'QUOTA_EXCEEDED'
  /** The annotation changed since it was read. */
  | 'STALE_ANNOTATION'
  /** Nothing is wrong with the call, which may succeed after a moment. */
  | 'UNAVAILABLE'
  /** Inputs are malformed or out of range; `issues` lists all of them. */
  | 'VALIDATION_FAILED';

/** Which users; all that is given must hold. */
export type UserFilter = {
  /** Administrators, or all others. */
  readonly isAdministrator?: boolean | null | undefined;
  /** Those who are disabled, or those who are not. */
  readonly isDisabled?: boolean | null | undefined;
  /** Anywhere in the name, in any case. */
  readonly nameContains?: string | null | undefined;
};

export type UserFieldsFragment = { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null };

export type UserDetailsFragment = { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null, readonly accessTokens: ReadonlyArray<{ readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null }>, readonly memberships: ReadonlyArray<{ readonly projectId: string, readonly projectName: string, readonly role: ProjectRole }> };

export type AccessTokenFieldsFragment = { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly user: { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null }, readonly accessTokens: ReadonlyArray<{ readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null }> } | null };

export type UsersQueryVariables = Exact<{
  filter?: UserFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type UsersQuery = { readonly users: { readonly nodes: ReadonlyArray<{ readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { readonly user: { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null, readonly accessTokens: ReadonlyArray<{ readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null }>, readonly memberships: ReadonlyArray<{ readonly projectId: string, readonly projectName: string, readonly role: ProjectRole }> } | null };

export type UpdateUserMutationVariables = Exact<{
  id: string;
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { readonly updateUser:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DisableUserMutationVariables = Exact<{
  id: string;
}>;


export type DisableUserMutation = { readonly disableUser:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type EnableUserMutationVariables = Exact<{
  id: string;
}>;


export type EnableUserMutation = { readonly enableUser:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { readonly createUser:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'User', readonly id: string, readonly name: string, readonly isAdministrator: boolean, readonly createdAt: string, readonly disabledAt: string | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CreateAccessTokenMutationVariables = Exact<{
  input: CreateAccessTokenInput;
}>;


export type CreateAccessTokenMutation = { readonly createAccessToken:
    | { readonly __typename: 'CreatedAccessToken', readonly token: string, readonly accessToken: { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type RevokeAccessTokenMutationVariables = Exact<{
  id: string;
}>;


export type RevokeAccessTokenMutation = { readonly revokeAccessToken:
    | { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null }
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
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
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

export type DeploymentFieldsFragment = { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null };

export type DeploymentsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DeploymentsQuery = { readonly deployments: { readonly nodes: ReadonlyArray<{ readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type DeploymentQueryVariables = Exact<{
  id: string;
}>;


export type DeploymentQuery = { readonly deployment: { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null } | null };

export type DeploymentStatisticsQueryVariables = Exact<{
  id: string;
  minutes?: number | null | undefined;
}>;


export type DeploymentStatisticsQuery = { readonly deployment: { readonly totals: ReadonlyArray<{ readonly modelVersionId: string, readonly invocations: number, readonly failures: number, readonly pictures: number, readonly compared: number, readonly agreementRate: number | null, readonly lastInvokedAt: string | null }>, readonly window: { readonly invocations: number, readonly failures: number, readonly latencies: { readonly p50: number, readonly p95: number, readonly p99: number } | null } } | null };

export type DeploymentHistoryQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DeploymentHistoryQuery = { readonly deployment: { readonly history: { readonly nodes: ReadonlyArray<{ readonly sequence: number, readonly kind: DeploymentChangeKind, readonly changedAt: string, readonly changedBy: string | null, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DeployModelMutationVariables = Exact<{
  input: DeployModelInput;
}>;


export type DeployModelMutation = { readonly deployModel:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type UpdateDeploymentMutationVariables = Exact<{
  input: UpdateDeploymentInput;
}>;


export type UpdateDeploymentMutation = { readonly updateDeployment:
    | { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type RollbackDeploymentMutationVariables = Exact<{
  id: string;
}>;


export type RollbackDeploymentMutation = { readonly rollbackDeployment:
    | { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type StartDeploymentMutationVariables = Exact<{
  id: string;
}>;


export type StartDeploymentMutation = { readonly startDeployment:
    | { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type StopDeploymentMutationVariables = Exact<{
  id: string;
}>;


export type StopDeploymentMutation = { readonly stopDeployment:
    | { readonly __typename: 'Deployment', readonly id: string, readonly name: string, readonly url: string, readonly state: DeploymentState, readonly stopCause: DeploymentStopCause | null, readonly errorMessage: string | null, readonly acceptFrom: number, readonly autoStopHours: number | null, readonly idleStopMinutes: number | null, readonly storeHours: number | null, readonly createdAt: string, readonly startedAt: string, readonly stopsAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string }, readonly candidate: { readonly mode: CandidateMode, readonly percent: number | null, readonly modelVersion: { readonly id: string, readonly name: string } } | null }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type DeleteDeploymentMutationVariables = Exact<{
  id: string;
}>;


export type DeleteDeploymentMutation = { readonly deleteDeployment:
    | { readonly __typename: 'DeletedDeployment', readonly id: string, readonly name: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CreateDeploymentTokenMutationVariables = Exact<{
  input: CreateDeploymentTokenInput;
}>;


export type CreateDeploymentTokenMutation = { readonly createDeploymentToken:
    | { readonly __typename: 'CreatedAccessToken', readonly token: string, readonly accessToken: { readonly __typename: 'AccessToken', readonly id: string, readonly name: string, readonly scope: AccessTokenScope, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null, readonly deploymentId: string | null } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type EvaluationFieldsFragment = { readonly split: string, readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly unfamiliarCount: number | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }>, readonly confidence: { readonly temperature: number, readonly calibrationErrorBefore: number, readonly calibrationErrorAfter: number, readonly accuracy: { readonly lower: number, readonly upper: number }, readonly macroF1: { readonly lower: number, readonly upper: number }, readonly classes: ReadonlyArray<{ readonly precision: { readonly lower: number, readonly upper: number }, readonly recall: { readonly lower: number, readonly upper: number } }>, readonly crossValidated: { readonly accuracy: number, readonly macroF1: number, readonly folds: number, readonly imageCount: number } | null } | null, readonly datasetVersion: { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string }, readonly calibration: { readonly temperatures: ReadonlyArray<number>, readonly before: { readonly expectedCalibrationError: number, readonly brier: number, readonly crossEntropy: number }, readonly after: { readonly expectedCalibrationError: number, readonly brier: number, readonly crossEntropy: number } } | null };

export type EvaluationQueryVariables = Exact<{
  modelVersionId: string;
}>;


export type EvaluationQuery = { readonly modelVersion: { readonly evaluation: { readonly split: string, readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly unfamiliarCount: number | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }>, readonly confidence: { readonly temperature: number, readonly calibrationErrorBefore: number, readonly calibrationErrorAfter: number, readonly accuracy: { readonly lower: number, readonly upper: number }, readonly macroF1: { readonly lower: number, readonly upper: number }, readonly classes: ReadonlyArray<{ readonly precision: { readonly lower: number, readonly upper: number }, readonly recall: { readonly lower: number, readonly upper: number } }>, readonly crossValidated: { readonly accuracy: number, readonly macroF1: number, readonly folds: number, readonly imageCount: number } | null } | null, readonly datasetVersion: { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string }, readonly calibration: { readonly temperatures: ReadonlyArray<number>, readonly before: { readonly expectedCalibrationError: number, readonly brier: number, readonly crossEntropy: number }, readonly after: { readonly expectedCalibrationError: number, readonly brier: number, readonly crossEntropy: number } } | null } } | null };

export type TestEvaluationQueryVariables = Exact<{
  modelVersionId: string;
}>;


export type TestEvaluationQuery = { readonly modelVersion: { readonly testEvaluation: { readonly split: string, readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly unfamiliarCount: number | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }>, readonly confidence: { readonly temperature: number, readonly calibrationErrorBefore: number, readonly calibrationErrorAfter: number, readonly accuracy: { readonly lower: number, readonly upper: number }, readonly macroF1: { readonly lower: number, readonly upper: number }, readonly classes: ReadonlyArray<{ readonly precision: { readonly lower: number, readonly upper: number }, readonly recall: { readonly lower: number, readonly upper: number } }>, readonly crossValidated: { readonly accuracy: number, readonly macroF1: number, readonly folds: number, readonly imageCount: number } | null } | null, readonly datasetVersion: { readonly __typename: 'DatasetVersion', readonly id: string, readonly name: string, readonly contentSha256: string, readonly imageCount: number, readonly trainCount: number, readonly validationCount: number, readonly testCount: number, readonly trainRatio: number, readonly testRatio: number, readonly seed: number, readonly createdAt: string }, readonly calibration: { readonly temperatures: ReadonlyArray<number>, readonly before: { readonly expectedCalibrationError: number, readonly brier: number, readonly crossEntropy: number }, readonly after: { readonly expectedCalibrationError: number, readonly brier: number, readonly crossEntropy: number } } | null } | null } | null };

export type ThresholdForQueryVariables = Exact<{
  modelVersionId: string;
  precision: number;
  labelId?: string | null | undefined;
}>;


export type ThresholdForQuery = { readonly modelVersion: { readonly evaluation: { readonly thresholdFor: { readonly threshold: number, readonly imageCount: number, readonly acceptedCount: number, readonly coverage: number, readonly precision: number | null, readonly recall: number | null, readonly precisionInterval: { readonly lower: number, readonly upper: number } } | null } } | null };

export type EvaluatedImagesQueryVariables = Exact<{
  modelVersionId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EvaluatedImagesQuery = { readonly modelVersion: { readonly evaluation: { readonly images: { readonly nodes: ReadonlyArray<{ readonly imageId: string, readonly probabilities: ReadonlyArray<number>, readonly unfamiliarity: number | null, readonly isUnfamiliar: boolean | null, readonly actual: ReadonlyArray<{ readonly labelId: string, readonly name: string }>, readonly predicted: ReadonlyArray<{ readonly labelId: string, readonly name: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } } | null };

export type StartExportMutationVariables = Exact<{
  input: StartExportInput;
}>;


export type StartExportMutation = { readonly startExport:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'DatasetExport', readonly exportFormat: ExportFormat, readonly includesImages: boolean, readonly includesUnlabelled: boolean, readonly sourcePrefix: string, readonly labelsOf: string | null, readonly imageCount: number | null, readonly byteSize: number | null, readonly expiresAt: string | null, readonly downloadUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly losses: ReadonlyArray<{ readonly kind: ExportLossKind, readonly count: number, readonly firstSource: string, readonly message: string }> | null, readonly datasetVersion: { readonly id: string, readonly name: string } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type StartModelExportMutationVariables = Exact<{
  modelVersionId: string;
  format: ModelExportFormat;
  idempotencyKey?: string | null | undefined;
}>;


export type StartModelExportMutation = { readonly startModelExport:
    | { readonly __typename: 'ModelExport', readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string } | null, readonly bundle: { readonly url: string, readonly bytes: number, readonly sha256: string, readonly modelBytes: number, readonly accuracy: number, readonly parity: number, readonly wholeParity: number, readonly imageCount: number, readonly unreadableCount: number, readonly int8: { readonly isIncluded: boolean, readonly bytes: number, readonly accuracy: number, readonly drop: number, readonly allowedDrop: number } } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type ExportAddressQueryVariables = Exact<{
  id: string;
}>;


export type ExportAddressQuery = { readonly transfer:
    | { readonly downloadUrl: string | null }
    | { readonly bundle: { readonly url: string } | null }
    | Record<PropertyKey, never>
   | null };

export type ImageFieldsFragment = { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> };

export type ImagesQueryVariables = Exact<{
  projectId: string;
  filter?: ImageFilter | null | undefined;
  orderBy?: ImageOrder | null | undefined;
  direction?: OrderDirection | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  form?: ImageForm | null | undefined;
}>;


export type ImagesQuery = { readonly images: { readonly nodes: ReadonlyArray<{ readonly __typename: 'Image', readonly url: string, readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type ImageCountQueryVariables = Exact<{
  projectId: string;
  filter?: ImageFilter | null | undefined;
}>;


export type ImageCountQuery = { readonly images: { readonly totalCount: number | null } | null };

export type NearDuplicatesQueryVariables = Exact<{
  id: string;
  form?: ImageForm | null | undefined;
}>;


export type NearDuplicatesQuery = { readonly image: { readonly nearDuplicates: ReadonlyArray<{ readonly __typename: 'Image', readonly url: string, readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> }> } | null };

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
        | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
        | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
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
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
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
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type ImportItemsQueryVariables = Exact<{
  id: string;
  outcome?: ImportOutcome | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ImportItemsQuery = { readonly transfer:
    | { readonly items: { readonly nodes: ReadonlyArray<{ readonly index: number, readonly path: string, readonly outcome: ImportOutcome, readonly imageId: string | null, readonly code: ImportProblemCode | null, readonly message: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

export type PreviewImportMutationVariables = Exact<{
  input: PreviewImportInput;
}>;


export type PreviewImportMutation = { readonly previewImport:
    | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ImportPreview', readonly format: TransferFormat, readonly reason: string, readonly isComplete: boolean, readonly imageCount: number, readonly labelledCount: number, readonly unlabelledCount: number, readonly elsewhereCount: number, readonly problemCount: number, readonly labels: ReadonlyArray<{ readonly name: string, readonly imageCount: number }>, readonly splits: ReadonlyArray<{ readonly split: Split | null, readonly imageCount: number }>, readonly problemsByCode: ReadonlyArray<{ readonly code: ImportProblemCode, readonly count: number }>, readonly problems: ReadonlyArray<{ readonly path: string, readonly code: ImportProblemCode, readonly message: string }> }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type StartImportMutationVariables = Exact<{
  input: StartImportInput;
}>;


export type StartImportMutation = { readonly startImport:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ImageImport', readonly format: TransferFormat | null, readonly createdLabelCount: number, readonly reportUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly counts: { readonly created: number, readonly duplicate: number, readonly labelled: number, readonly skipped: number, readonly refused: number }, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type ServerInfoQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerInfoQuery = { readonly serverInfo: { readonly version: string, readonly nodeVersion: string, readonly schemaRevision: string, readonly objectStore: ObjectStoreKind, readonly time: string, readonly limits: { readonly projects: number, readonly imageBytes: number, readonly imageSide: number, readonly imagePixels: number, readonly labelLength: number, readonly baseModelBytes: number, readonly importBytes: number, readonly predictionBytes: number }, readonly flavors: ReadonlyArray<{ readonly id: string, readonly name: string, readonly device: Device, readonly memoryGib: number | null, readonly maxParallel: number | null, readonly liveWorkers: number, readonly runningTrainings: number, readonly queueLength: number, readonly expectedWaitSeconds: number | null }> } };

export type InstallationHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type InstallationHealthQuery = { readonly serverInfo: { readonly database: { readonly version: string, readonly schemaRevision: string | null, readonly clockOffsetMilliseconds: number }, readonly objectStoreTrial: { readonly problem: string | null, readonly milliseconds: number } } };

export type WorkersQueryVariables = Exact<{ [key: string]: never; }>;


export type WorkersQuery = { readonly workers: ReadonlyArray<{ readonly id: string, readonly host: string, readonly processId: number, readonly exemplarVersion: string, readonly nodeVersion: string, readonly onnxRuntimeVersion: string, readonly flavors: ReadonlyArray<string>, readonly memoryBytes: number, readonly isLive: boolean, readonly startedAt: string, readonly heartbeatAt: string, readonly heartbeatSeconds: number, readonly clockOffsetMilliseconds: number, readonly devices: ReadonlyArray<{ readonly device: Device, readonly gigaflops: number }> | null, readonly unusableDevices: ReadonlyArray<{ readonly device: Device, readonly fault: DeviceFault, readonly message: string }> | null, readonly runningTrainings: ReadonlyArray<{ readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly projectId: string, readonly projectName: string }> }> };

export type DefaultQuotasFieldsFragment = { readonly __typename: 'DefaultQuotas', readonly images: number | null, readonly bytes: number | null, readonly activeTrainings: number | null, readonly trainingMinutes: number | null, readonly deployments: number | null };

export type DefaultQuotasQueryVariables = Exact<{ [key: string]: never; }>;


export type DefaultQuotasQuery = { readonly defaultQuotas: { readonly __typename: 'DefaultQuotas', readonly images: number | null, readonly bytes: number | null, readonly activeTrainings: number | null, readonly trainingMinutes: number | null, readonly deployments: number | null } };

export type SetDefaultQuotasMutationVariables = Exact<{
  input: SetDefaultQuotasInput;
}>;


export type SetDefaultQuotasMutation = { readonly setDefaultQuotas:
    | { readonly __typename: 'DefaultQuotas', readonly images: number | null, readonly bytes: number | null, readonly activeTrainings: number | null, readonly trainingMinutes: number | null, readonly deployments: number | null }
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


export type ModelVersionQuery = { readonly modelVersion: { readonly __typename: 'ModelVersion', readonly modelUrl: string, readonly unfamiliarityThreshold: number | null, readonly id: string, readonly name: string, readonly versionNumber: number, readonly baseModel: string, readonly baseModelSha256: string, readonly modelBytes: number, readonly modelSha256: string, readonly createdAt: string, readonly classes: ReadonlyArray<{ readonly labelId: string, readonly name: string, readonly threshold: number | null }>, readonly recipe: { readonly stage: TrainingStage, readonly epoch: number, readonly epochs: number, readonly inputSize: number, readonly version: number | null, readonly device: Device | null } | null, readonly phases: ReadonlyArray<{ readonly phase: TrainingPhase, readonly seconds: number }>, readonly forgetting: ReadonlyArray<{ readonly labelId: string, readonly labelName: string, readonly recallBefore: number, readonly recallAfter: number, readonly support: number }> | null, readonly evaluation: { readonly accuracy: number, readonly imageCount: number, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number } }, readonly training: { readonly id: string, readonly versionLabel: string } } | null };

export type VerifyModelVersionMutationVariables = Exact<{
  id: string;
  fromFile?: boolean | null | undefined;
}>;


export type VerifyModelVersionMutation = { readonly verifyModelVersion:
    | { readonly __typename: 'ModelVerification', readonly isEqual: boolean, readonly imageCount: number, readonly contradictingImageIds: ReadonlyArray<string>, readonly differences: ReadonlyArray<{ readonly figure: string, readonly stored: number | null, readonly found: number | null }>, readonly file: { readonly isUnchanged: boolean, readonly isWithinTolerance: boolean, readonly largestDifference: number, readonly imageCount: number, readonly unreadableCount: number } | null, readonly modelVersion: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type PredictMutationVariables = Exact<{
  input: PredictInput;
  first?: number | null | undefined;
}>;


export type PredictMutation = { readonly predict:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Prediction', readonly predictedLabel: string, readonly predictedLabels: ReadonlyArray<string>, readonly unfamiliarity: number | null, readonly isUnfamiliar: boolean | null, readonly scores: ReadonlyArray<{ readonly labelId: string, readonly labelName: string, readonly probability: number, readonly isPredicted: boolean }>, readonly modelVersion: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

type ProjectEventFields_ProjectCountsChanged_Fragment = { readonly __typename: 'ProjectCountsChanged', readonly imageCount: number, readonly labelledImageCount: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly imageCount: number }> };

type ProjectEventFields_ProjectDeploymentChanged_Fragment = { readonly __typename: 'ProjectDeploymentChanged', readonly deploymentId: string, readonly deploymentChange: DeploymentChangeKind, readonly deploymentState: DeploymentState, readonly modelVersionId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectLabelChanged_Fragment = { readonly __typename: 'ProjectLabelChanged', readonly change: LabelChange, readonly labelId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectStreamResync_Fragment = { readonly __typename: 'ProjectStreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectTrainingChanged_Fragment = { readonly __typename: 'ProjectTrainingChanged', readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

type ProjectEventFields_ProjectTransferChanged_Fragment = { readonly __typename: 'ProjectTransferChanged', readonly transferId: string, readonly transferState: TransferState, readonly sequence: number, readonly occurredAt: string, readonly projectId: string };

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
    | { readonly __typename: 'ProjectDeploymentChanged', readonly deploymentId: string, readonly deploymentChange: DeploymentChangeKind, readonly deploymentState: DeploymentState, readonly modelVersionId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectLabelChanged', readonly change: LabelChange, readonly labelId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectStreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectTrainingChanged', readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectTransferChanged', readonly transferId: string, readonly transferState: TransferState, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
    | { readonly __typename: 'ProjectVersionCreated', readonly modelVersionId: string, readonly trainingId: string, readonly versionName: string, readonly accuracy: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
   };

export type ProjectEventsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProjectEventsQuery = { readonly project: { readonly events: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'ProjectCountsChanged', readonly imageCount: number, readonly labelledImageCount: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string, readonly labels: ReadonlyArray<{ readonly labelId: string, readonly imageCount: number }> }
        | { readonly __typename: 'ProjectDeploymentChanged', readonly deploymentId: string, readonly deploymentChange: DeploymentChangeKind, readonly deploymentState: DeploymentState, readonly modelVersionId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectLabelChanged', readonly change: LabelChange, readonly labelId: string, readonly name: string, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectStreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectTrainingChanged', readonly trainingId: string, readonly versionName: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectTransferChanged', readonly transferId: string, readonly transferState: TransferState, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
        | { readonly __typename: 'ProjectVersionCreated', readonly modelVersionId: string, readonly trainingId: string, readonly versionName: string, readonly accuracy: number, readonly sequence: number, readonly occurredAt: string, readonly projectId: string }
      >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ProjectFieldsFragment = { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string };

export type ProjectDetailsFragment = { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string, readonly labels: ReadonlyArray<{ readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string }>, readonly members: ReadonlyArray<{ readonly userId: string, readonly userName: string, readonly role: ProjectRole }>, readonly trainingConfig: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number } };

export type ProjectUsageFieldsFragment = { readonly images: { readonly used: number, readonly limit: number | null }, readonly bytes: { readonly used: number, readonly limit: number | null }, readonly activeTrainings: { readonly used: number, readonly limit: number | null }, readonly trainingMinutes: { readonly used: number, readonly limit: number | null }, readonly deployments: { readonly used: number, readonly limit: number | null } };

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

export type ProjectUsageQueryVariables = Exact<{
  id: string;
}>;


export type ProjectUsageQuery = { readonly project: { readonly usage: { readonly images: { readonly used: number, readonly limit: number | null }, readonly bytes: { readonly used: number, readonly limit: number | null }, readonly activeTrainings: { readonly used: number, readonly limit: number | null }, readonly trainingMinutes: { readonly used: number, readonly limit: number | null }, readonly deployments: { readonly used: number, readonly limit: number | null } } } | null };

export type SetProjectQuotasMutationVariables = Exact<{
  input: SetProjectQuotasInput;
}>;


export type SetProjectQuotasMutation = { readonly setProjectQuotas:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Project', readonly id: string, readonly usage: { readonly images: { readonly used: number, readonly limit: number | null }, readonly bytes: { readonly used: number, readonly limit: number | null }, readonly activeTrainings: { readonly used: number, readonly limit: number | null }, readonly trainingMinutes: { readonly used: number, readonly limit: number | null }, readonly deployments: { readonly used: number, readonly limit: number | null } } }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type TrainingReadinessQueryVariables = Exact<{
  projectId: string;
  config?: TrainingConfigInput | null | undefined;
  datasetVersionName?: string | null | undefined;
}>;


export type TrainingReadinessQuery = { readonly trainingReadiness: { readonly isReady: boolean, readonly datasetVersionName: string, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }>, readonly warnings: ReadonlyArray<{ readonly code: ReadinessWarningCode, readonly message: string, readonly labelId: string | null, readonly imageIds: ReadonlyArray<string> }>, readonly split: ReadonlyArray<{ readonly labelId: string, readonly name: string, readonly trainCount: number, readonly validationCount: number, readonly testCount: number }> } | null };

export type ServedPredictionsQueryVariables = Exact<{
  deploymentId: string;
  filter?: ServedPredictionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ServedPredictionsQuery = { readonly deployment: { readonly predictions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly fileName: string, readonly decision: Decision, readonly uncertainty: number, readonly createdAt: string, readonly expiresAt: string, readonly imageId: string | null, readonly pictureUrl: string, readonly modelVersion: { readonly id: string, readonly name: string }, readonly scores: ReadonlyArray<{ readonly labelId: string, readonly labelName: string, readonly probability: number, readonly isPredicted: boolean }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type AddPredictionsToProjectMutationVariables = Exact<{
  input: AddPredictionsToProjectInput;
}>;


export type AddPredictionsToProjectMutation = { readonly addPredictionsToProject:
    | { readonly __typename: 'AddPredictionsPayload', readonly results: ReadonlyArray<
        | { readonly __typename: 'AddedPrediction', readonly isNew: boolean, readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
        | { readonly __typename: 'PredictionNotAdded', readonly predictionId: string, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type MetricsFieldsFragment = { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> };

type TrainingEventFields_StreamResync_Fragment = { readonly __typename: 'StreamResync', readonly from: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingCheckpointSaved_Fragment = { readonly __typename: 'TrainingCheckpointSaved', readonly stage: TrainingStage, readonly epoch: number, readonly byteSize: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string };

type TrainingEventFields_TrainingEpochCompleted_Fragment = { readonly __typename: 'TrainingEpochCompleted', readonly stage: TrainingStage, readonly epoch: number, readonly epochs: number, readonly loss: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } };

type TrainingEventFields_TrainingEvaluated_Fragment = { readonly __typename: 'TrainingEvaluated', readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> }, readonly testMetrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } | null };

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
    | { readonly __typename: 'TrainingEvaluated', readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> }, readonly testMetrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } | null }
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
        | { readonly __typename: 'TrainingEvaluated', readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly metrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> }, readonly testMetrics: { readonly imageCount: number, readonly accuracy: number, readonly confusionMatrix: ReadonlyArray<ReadonlyArray<number>> | null, readonly macro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly micro: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly weighted: { readonly precision: number, readonly recall: number, readonly f1: number }, readonly classStatistics: ReadonlyArray<{ readonly classIndex: number, readonly labelId: string, readonly labelName: string, readonly support: number, readonly predictedCount: number, readonly truePositives: number, readonly precision: number, readonly recall: number, readonly f1: number, readonly oneVsRestAccuracy: number, readonly threshold: number | null }> } | null }
        | { readonly __typename: 'TrainingInterrupted', readonly reason: InterruptionReason, readonly attempt: number, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingLogLine', readonly level: LogLevel, readonly message: string, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingProgressed', readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
        | { readonly __typename: 'TrainingStateChanged', readonly state: TrainingState, readonly stopReason: StopReason | null, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null }
        | { readonly __typename: 'TrainingStopRequested', readonly request: StopRequest, readonly sequence: number, readonly occurredAt: string, readonly trainingId: string }
      >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type TrainingConfigFieldsFragment = { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number };

export type TrainingFailureFieldsFragment = { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> };

export type TrainingFieldsFragment = { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly device: Device | null, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly waitingFor: TrainingWait | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null };

export type TrainingFlavorFieldsFragment = { readonly id: string, readonly name: string, readonly device: Device, readonly memoryGib: number | null, readonly maxParallel: number | null, readonly liveWorkers: number, readonly runningTrainings: number, readonly queueLength: number, readonly expectedWaitSeconds: number | null };

export type TrainingFlavorsQueryVariables = Exact<{ [key: string]: never; }>;


export type TrainingFlavorsQuery = { readonly trainingFlavors: ReadonlyArray<{ readonly id: string, readonly name: string, readonly device: Device, readonly memoryGib: number | null, readonly maxParallel: number | null, readonly liveWorkers: number, readonly runningTrainings: number, readonly queueLength: number, readonly expectedWaitSeconds: number | null }> };

export type TrainingsQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TrainingsQuery = { readonly trainings: { readonly nodes: ReadonlyArray<{ readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly device: Device | null, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly waitingFor: TrainingWait | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type TrainingQueryVariables = Exact<{
  id: string;
}>;


export type TrainingQuery = { readonly training: { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly device: Device | null, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly waitingFor: TrainingWait | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null } | null };

export type StartTrainingMutationVariables = Exact<{
  input: StartTrainingInput;
}>;


export type StartTrainingMutation = { readonly startTraining:
    | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly device: Device | null, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly waitingFor: TrainingWait | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type StopTrainingMutationVariables = Exact<{
  id: string;
}>;


export type StopTrainingMutation = { readonly stopTraining:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly device: Device | null, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly waitingFor: TrainingWait | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CancelTrainingMutationVariables = Exact<{
  id: string;
}>;


export type CancelTrainingMutation = { readonly cancelTraining:
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Training', readonly id: string, readonly versionName: string, readonly versionLabel: string, readonly state: TrainingState, readonly stopReason: StopReason | null, readonly isFinished: boolean, readonly attempt: number, readonly device: Device | null, readonly lastSequence: number, readonly queuePosition: number | null, readonly expectedStartAt: string | null, readonly waitingFor: TrainingWait | null, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly failure: { readonly __typename: 'TrainingFailure', readonly code: TrainingFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean, readonly imageIds: ReadonlyArray<string> } | null, readonly progress: { readonly phase: TrainingPhase, readonly currentEpoch: number | null, readonly done: number, readonly total: number, readonly imagesPerSecond: number | null, readonly etaSeconds: number | null } | null, readonly config: { readonly __typename: 'TrainingConfig', readonly baseModel: string | null, readonly baseVersionId: string | null, readonly flavor: string, readonly maxDurationMinutes: number, readonly preference: TrainingPreference, readonly seed: number, readonly testRatio: number, readonly trainRatio: number, readonly validationRatio: number }, readonly datasetVersion: { readonly id: string, readonly name: string }, readonly modelVersion: { readonly id: string, readonly name: string } | null }
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

type TransferEventFields_TransferCancelRequested_Fragment = { readonly __typename: 'TransferCancelRequested', readonly sequence: number, readonly occurredAt: string };

type TransferEventFields_TransferProgressed_Fragment = { readonly __typename: 'TransferProgressed', readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string };

type TransferEventFields_TransferResumed_Fragment = { readonly __typename: 'TransferResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string };

type TransferEventFields_TransferStateChanged_Fragment = { readonly __typename: 'TransferStateChanged', readonly state: TransferState, readonly sequence: number, readonly occurredAt: string, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null };

export type TransferEventFieldsFragment =
  | TransferEventFields_TransferCancelRequested_Fragment
  | TransferEventFields_TransferProgressed_Fragment
  | TransferEventFields_TransferResumed_Fragment
  | TransferEventFields_TransferStateChanged_Fragment
;

export type WatchTransferSubscriptionVariables = Exact<{
  transferId: string;
  after?: number | null | undefined;
}>;


export type WatchTransferSubscription = { readonly transferEvents:
    | { readonly __typename: 'TransferCancelRequested', readonly sequence: number, readonly occurredAt: string }
    | { readonly __typename: 'TransferProgressed', readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string }
    | { readonly __typename: 'TransferResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string }
    | { readonly __typename: 'TransferStateChanged', readonly state: TransferState, readonly sequence: number, readonly occurredAt: string, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null }
   };

export type TransferEventsQueryVariables = Exact<{
  transferId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TransferEventsQuery = { readonly transfer:
    | { readonly events: { readonly nodes: ReadonlyArray<
          | { readonly __typename: 'TransferCancelRequested', readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferProgressed', readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferStateChanged', readonly state: TransferState, readonly sequence: number, readonly occurredAt: string, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null }
        >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | { readonly events: { readonly nodes: ReadonlyArray<
          | { readonly __typename: 'TransferCancelRequested', readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferProgressed', readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferStateChanged', readonly state: TransferState, readonly sequence: number, readonly occurredAt: string, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null }
        >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | { readonly events: { readonly nodes: ReadonlyArray<
          | { readonly __typename: 'TransferCancelRequested', readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferProgressed', readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null, readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferResumed', readonly attempt: number, readonly sequence: number, readonly occurredAt: string }
          | { readonly __typename: 'TransferStateChanged', readonly state: TransferState, readonly sequence: number, readonly occurredAt: string, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null }
        >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
   | null };

export type TransferFailureFieldsFragment = { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean };

type TransferFields_DatasetExport_Fragment = { readonly __typename: 'DatasetExport', readonly exportFormat: ExportFormat, readonly includesImages: boolean, readonly includesUnlabelled: boolean, readonly sourcePrefix: string, readonly labelsOf: string | null, readonly imageCount: number | null, readonly byteSize: number | null, readonly expiresAt: string | null, readonly downloadUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly losses: ReadonlyArray<{ readonly kind: ExportLossKind, readonly count: number, readonly firstSource: string, readonly message: string }> | null, readonly datasetVersion: { readonly id: string, readonly name: string } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } };

type TransferFields_ImageImport_Fragment = { readonly __typename: 'ImageImport', readonly format: TransferFormat | null, readonly createdLabelCount: number, readonly reportUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly counts: { readonly created: number, readonly duplicate: number, readonly labelled: number, readonly skipped: number, readonly refused: number }, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } };

type TransferFields_ModelExport_Fragment = { readonly __typename: 'ModelExport', readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string } | null, readonly bundle: { readonly url: string, readonly bytes: number, readonly sha256: string, readonly modelBytes: number, readonly accuracy: number, readonly parity: number, readonly wholeParity: number, readonly imageCount: number, readonly unreadableCount: number, readonly int8: { readonly isIncluded: boolean, readonly bytes: number, readonly accuracy: number, readonly drop: number, readonly allowedDrop: number } } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } };

export type TransferFieldsFragment =
  | TransferFields_DatasetExport_Fragment
  | TransferFields_ImageImport_Fragment
  | TransferFields_ModelExport_Fragment
;

export type TransfersQueryVariables = Exact<{
  projectId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TransfersQuery = { readonly transfers: { readonly nodes: ReadonlyArray<
      | { readonly __typename: 'DatasetExport', readonly exportFormat: ExportFormat, readonly includesImages: boolean, readonly includesUnlabelled: boolean, readonly sourcePrefix: string, readonly labelsOf: string | null, readonly imageCount: number | null, readonly byteSize: number | null, readonly expiresAt: string | null, readonly downloadUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly losses: ReadonlyArray<{ readonly kind: ExportLossKind, readonly count: number, readonly firstSource: string, readonly message: string }> | null, readonly datasetVersion: { readonly id: string, readonly name: string } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
      | { readonly __typename: 'ImageImport', readonly format: TransferFormat | null, readonly createdLabelCount: number, readonly reportUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly counts: { readonly created: number, readonly duplicate: number, readonly labelled: number, readonly skipped: number, readonly refused: number }, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
      | { readonly __typename: 'ModelExport', readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string } | null, readonly bundle: { readonly url: string, readonly bytes: number, readonly sha256: string, readonly modelBytes: number, readonly accuracy: number, readonly parity: number, readonly wholeParity: number, readonly imageCount: number, readonly unreadableCount: number, readonly int8: { readonly isIncluded: boolean, readonly bytes: number, readonly accuracy: number, readonly drop: number, readonly allowedDrop: number } } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
    >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type TransferQueryVariables = Exact<{
  id: string;
}>;


export type TransferQuery = { readonly transfer:
    | { readonly __typename: 'DatasetExport', readonly exportFormat: ExportFormat, readonly includesImages: boolean, readonly includesUnlabelled: boolean, readonly sourcePrefix: string, readonly labelsOf: string | null, readonly imageCount: number | null, readonly byteSize: number | null, readonly expiresAt: string | null, readonly downloadUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly losses: ReadonlyArray<{ readonly kind: ExportLossKind, readonly count: number, readonly firstSource: string, readonly message: string }> | null, readonly datasetVersion: { readonly id: string, readonly name: string } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'ImageImport', readonly format: TransferFormat | null, readonly createdLabelCount: number, readonly reportUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly counts: { readonly created: number, readonly duplicate: number, readonly labelled: number, readonly skipped: number, readonly refused: number }, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'ModelExport', readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string } | null, readonly bundle: { readonly url: string, readonly bytes: number, readonly sha256: string, readonly modelBytes: number, readonly accuracy: number, readonly parity: number, readonly wholeParity: number, readonly imageCount: number, readonly unreadableCount: number, readonly int8: { readonly isIncluded: boolean, readonly bytes: number, readonly accuracy: number, readonly drop: number, readonly allowedDrop: number } } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
   | null };

export type CancelTransferMutationVariables = Exact<{
  id: string;
}>;


export type CancelTransferMutation = { readonly cancelTransfer:
    | { readonly __typename: 'CancelTransferPayload', readonly transfer:
        | { readonly __typename: 'DatasetExport', readonly exportFormat: ExportFormat, readonly includesImages: boolean, readonly includesUnlabelled: boolean, readonly sourcePrefix: string, readonly labelsOf: string | null, readonly imageCount: number | null, readonly byteSize: number | null, readonly expiresAt: string | null, readonly downloadUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly losses: ReadonlyArray<{ readonly kind: ExportLossKind, readonly count: number, readonly firstSource: string, readonly message: string }> | null, readonly datasetVersion: { readonly id: string, readonly name: string } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
        | { readonly __typename: 'ImageImport', readonly format: TransferFormat | null, readonly createdLabelCount: number, readonly reportUrl: string | null, readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly counts: { readonly created: number, readonly duplicate: number, readonly labelled: number, readonly skipped: number, readonly refused: number }, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
        | { readonly __typename: 'ModelExport', readonly id: string, readonly state: TransferState, readonly isFinished: boolean, readonly isCancelRequested: boolean, readonly attempt: number, readonly lastSequence: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly modelVersion: { readonly id: string, readonly name: string } | null, readonly bundle: { readonly url: string, readonly bytes: number, readonly sha256: string, readonly modelBytes: number, readonly accuracy: number, readonly parity: number, readonly wholeParity: number, readonly imageCount: number, readonly unreadableCount: number, readonly int8: { readonly isIncluded: boolean, readonly bytes: number, readonly accuracy: number, readonly drop: number, readonly allowedDrop: number } } | null, readonly failure: { readonly __typename: 'TransferFailure', readonly code: TransferFailureCode, readonly message: string, readonly hint: string, readonly isRetryable: boolean } | null, readonly progress: { readonly phase: TransferPhase, readonly done: number, readonly total: number | null, readonly perSecond: number | null, readonly etaSeconds: number | null } | null, readonly project: { readonly id: string, readonly name: string } }
       }
    | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type TrashQueryVariables = Exact<{
  projectId: string;
  kind?: TrashKind | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TrashQuery = { readonly project: { readonly trash: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'TrashedImage', readonly deletedAt: string, readonly deletedById: string | null, readonly deletedByName: string | null, readonly expiresAt: string, readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
        | { readonly __typename: 'TrashedLabel', readonly deletedAt: string, readonly deletedById: string | null, readonly deletedByName: string | null, readonly expiresAt: string, readonly label: { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string } }
      >, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type RestoreImagesMutationVariables = Exact<{
  input: RestoreImagesInput;
}>;


export type RestoreImagesMutation = { readonly restoreImages:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'RestoreImagesPayload', readonly project: { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }, readonly results: ReadonlyArray<
        | { readonly __typename: 'ImageRestoreRefused', readonly imageId: string, readonly existing: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } | null, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
        | { readonly __typename: 'RestoredImage', readonly image: { readonly __typename: 'Image', readonly id: string, readonly fileName: string, readonly byteSize: number, readonly format: string, readonly width: number, readonly height: number, readonly sha256: string, readonly group: string | null, readonly splitOverride: Split | null, readonly isLabelled: boolean, readonly annotationRevision: number, readonly createdAt: string, readonly annotations: ReadonlyArray<{ readonly source: AnnotationSource, readonly confidence: number | null, readonly createdAt: string, readonly label: { readonly id: string, readonly name: string, readonly color: string } }> } }
      > }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type RestoreLabelsMutationVariables = Exact<{
  input: RestoreLabelsInput;
}>;


export type RestoreLabelsMutation = { readonly restoreLabels:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'RestoreLabelsPayload', readonly project: { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }, readonly results: ReadonlyArray<
        | { readonly __typename: 'LabelRestoreRefused', readonly labelId: string, readonly existing: { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string } | null, readonly error:
            | { readonly __typename: 'ArchiveRefusedError', readonly archiveRefusal: ArchiveRefusal, readonly entry: string | null, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ConflictError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'InvalidStateError', readonly currentState: string, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'NotReadyError', readonly code: UserErrorCode, readonly message: string, readonly blockers: ReadonlyArray<{ readonly code: ReadinessBlockerCode, readonly message: string, readonly labelId: string | null }> }
            | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'PictureRefusedError', readonly fileName: string, readonly refusal: PictureRefusal, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
        | { readonly __typename: 'RestoredLabel', readonly label: { readonly __typename: 'Label', readonly id: string, readonly name: string, readonly color: string, readonly shortcut: string | null, readonly imageCount: number, readonly createdAt: string } }
      > }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type EmptyTrashMutationVariables = Exact<{
  projectId: string;
}>;


export type EmptyTrashMutation = { readonly emptyTrash:
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'Project', readonly id: string, readonly name: string, readonly description: string, readonly type: ProjectType, readonly imageCount: number, readonly labelledImageCount: number, readonly lastSequence: number, readonly createdAt: string, readonly updatedAt: string }
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

type UserErrorFields_QuotaExceededError_Fragment = { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_StaleAnnotationError_Fragment = { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string };

type UserErrorFields_UnavailableError_Fragment = { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string };

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
  | UserErrorFields_QuotaExceededError_Fragment
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
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
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
            | { readonly __typename: 'QuotaExceededError', readonly quota: Quota, readonly quotaLimit: number, readonly quotaUsed: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'StaleAnnotationError', readonly imageId: string, readonly currentRevision: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'UnavailableError', readonly unavailability: Unavailability, readonly retryAfterSeconds: number, readonly code: UserErrorCode, readonly message: string }
            | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
           }
      > }
    | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'PermissionDeniedError', readonly code: UserErrorCode, readonly message: string }
    | { readonly __typename: 'ValidationError', readonly code: UserErrorCode, readonly message: string, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
   };

export type CreateImportUploadMutationVariables = Exact<{
  input: CreateImportUploadInput;
}>;


export type CreateImportUploadMutation = { readonly createImportUpload:
    | { readonly __typename: 'CreatedImportUpload', readonly uploadUrl: string, readonly upload: { readonly __typename: 'ImportUpload', readonly id: string, readonly fileName: string, readonly expiresAt: string } }
    | { readonly __typename: 'LimitExceededError', readonly limit: number, readonly used: number, readonly code: UserErrorCode, readonly message: string }
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
  disabledAt
}
    `, {"fragmentName":"UserFields"}) as unknown as TypedDocumentString<UserFieldsFragment, unknown>;
export const AccessTokenFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
}
    `, {"fragmentName":"AccessTokenFields"}) as unknown as TypedDocumentString<AccessTokenFieldsFragment, unknown>;
export const UserDetailsFragmentDoc = new TypedDocumentString(`
    fragment UserDetails on User {
  ...UserFields
  accessTokens {
    ...AccessTokenFields
  }
  memberships {
    projectId
    projectName
    role
  }
}
    fragment UserFields on User {
  __typename
  id
  name
  isAdministrator
  createdAt
  disabledAt
}
fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
}`, {"fragmentName":"UserDetails"}) as unknown as TypedDocumentString<UserDetailsFragment, unknown>;
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
export const DeploymentFieldsFragmentDoc = new TypedDocumentString(`
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
    }
  }
}
    `, {"fragmentName":"DeploymentFields"}) as unknown as TypedDocumentString<DeploymentFieldsFragment, unknown>;
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
export const EvaluationFieldsFragmentDoc = new TypedDocumentString(`
    fragment EvaluationFields on Evaluation {
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
  calibration {
    temperatures
    before {
      expectedCalibrationError
      brier
      crossEntropy
    }
    after {
      expectedCalibrationError
      brier
      crossEntropy
    }
  }
  unfamiliarCount
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
}`, {"fragmentName":"EvaluationFields"}) as unknown as TypedDocumentString<EvaluationFieldsFragment, unknown>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"fragmentName":"ChangedImages"}) as unknown as TypedDocumentString<ChangedImagesFragment, unknown>;
export const DefaultQuotasFieldsFragmentDoc = new TypedDocumentString(`
    fragment DefaultQuotasFields on DefaultQuotas {
  __typename
  images
  bytes
  activeTrainings
  trainingMinutes
  deployments
}
    `, {"fragmentName":"DefaultQuotasFields"}) as unknown as TypedDocumentString<DefaultQuotasFieldsFragment, unknown>;
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
  ... on ProjectTransferChanged {
    transferId
    transferState
  }
  ... on ProjectDeploymentChanged {
    deploymentId
    deploymentChange
    deploymentState
    modelVersionId
    name
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
export const ProjectUsageFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProjectUsageFields on ProjectUsage {
  images {
    used
    limit
  }
  bytes {
    used
    limit
  }
  activeTrainings {
    used
    limit
  }
  trainingMinutes {
    used
    limit
  }
  deployments {
    used
    limit
  }
}
    `, {"fragmentName":"ProjectUsageFields"}) as unknown as TypedDocumentString<ProjectUsageFieldsFragment, unknown>;
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
    testMetrics {
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
  device
  lastSequence
  queuePosition
  expectedStartAt
  waitingFor
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
export const TrainingFlavorFieldsFragmentDoc = new TypedDocumentString(`
    fragment TrainingFlavorFields on TrainingFlavor {
  id
  name
  device
  memoryGib
  maxParallel
  liveWorkers
  runningTrainings
  queueLength
  expectedWaitSeconds
}
    `, {"fragmentName":"TrainingFlavorFields"}) as unknown as TypedDocumentString<TrainingFlavorFieldsFragment, unknown>;
export const TransferFailureFieldsFragmentDoc = new TypedDocumentString(`
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
    `, {"fragmentName":"TransferFailureFields"}) as unknown as TypedDocumentString<TransferFailureFieldsFragment, unknown>;
export const TransferEventFieldsFragmentDoc = new TypedDocumentString(`
    fragment TransferEventFields on TransferEvent {
  __typename
  sequence
  occurredAt
  ... on TransferStateChanged {
    state
    failure {
      ...TransferFailureFields
    }
  }
  ... on TransferProgressed {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  ... on TransferResumed {
    attempt
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}`, {"fragmentName":"TransferEventFields"}) as unknown as TypedDocumentString<TransferEventFieldsFragment, unknown>;
export const TransferFieldsFragmentDoc = new TypedDocumentString(`
    fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
      }
    }
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}`, {"fragmentName":"TransferFields"}) as unknown as TypedDocumentString<TransferFieldsFragment, unknown>;
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
  disabledAt
}
fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
}`, {"hash":"sha256:dccdefb7e3aed815dd14ed31e00aac189b067c22d769997753cad17363705fe0"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const UsersDocument = new TypedDocumentString(`
    query Users($filter: UserFilter, $first: Int, $after: String) {
  users(filter: $filter, first: $first, after: $after) {
    nodes {
      ...UserFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment UserFields on User {
  __typename
  id
  name
  isAdministrator
  createdAt
  disabledAt
}`, {"hash":"sha256:24ca57a51b64467ff0d8a88c470bf9569cb58dcb7f37f5ab470a22a4eebe508d"}) as unknown as TypedDocumentString<UsersQuery, UsersQueryVariables>;
export const UserDocument = new TypedDocumentString(`
    query User($id: ID!) {
  user(id: $id) {
    ...UserDetails
  }
}
    fragment UserFields on User {
  __typename
  id
  name
  isAdministrator
  createdAt
  disabledAt
}
fragment UserDetails on User {
  ...UserFields
  accessTokens {
    ...AccessTokenFields
  }
  memberships {
    projectId
    projectName
    role
  }
}
fragment AccessTokenFields on AccessToken {
  __typename
  id
  name
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
}`, {"hash":"sha256:e3f9a93ecb62bc85c975a1474dadccf081606e61ca9407ddbe082bb5a1a9a09f"}) as unknown as TypedDocumentString<UserQuery, UserQueryVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($id: ID!, $input: UpdateUserInput!) {
  updateUser(id: $id, input: $input) {
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
  disabledAt
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d805ff00854b8d84a347667be1310f5e5033f011779ae90837e8a1eb1aff59fe"}) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const DisableUserDocument = new TypedDocumentString(`
    mutation DisableUser($id: ID!) {
  disableUser(id: $id) {
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
  disabledAt
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:da997e6e6b644265e01429851c50aaec51592eebcd4cea02a52d945c8d6e14ec"}) as unknown as TypedDocumentString<DisableUserMutation, DisableUserMutationVariables>;
export const EnableUserDocument = new TypedDocumentString(`
    mutation EnableUser($id: ID!) {
  enableUser(id: $id) {
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
  disabledAt
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:0ff8eedf6692be41e2ef742a7294a26da220c924dc320cc4b4a6d38f56604095"}) as unknown as TypedDocumentString<EnableUserMutation, EnableUserMutationVariables>;
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
  disabledAt
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:ff8dc8c47edac153edb53598aadb1491611dd04db4d64fabf508addf4d35155a"}) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
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
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:35360e28bfd59e6abd89bb0123b9addd2fffd9905752e4e99ea39effe56eb761"}) as unknown as TypedDocumentString<CreateAccessTokenMutation, CreateAccessTokenMutationVariables>;
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
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:cf46272eaa4dece098afce53f3e6239332af83e2cd0185a78b4d8ec5c2cef4d0"}) as unknown as TypedDocumentString<RevokeAccessTokenMutation, RevokeAccessTokenMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d599ea3d15a992b1df1a67b113d274c3e6f958678c26214f216aed9df8d162e8"}) as unknown as TypedDocumentString<AnnotateImagesMutation, AnnotateImagesMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:70f23b20a74f7f3fe063bfc6ec899d80da2842355d79a3cb6c5e5f0591c0ba8b"}) as unknown as TypedDocumentString<CreateBaseModelUploadMutation, CreateBaseModelUploadMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d92d7960e09fd5b9f9b1ba54d03f251e8bbcb6d63bc34134162320f40f70a0e8"}) as unknown as TypedDocumentString<DeleteBaseModelMutation, DeleteBaseModelMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:8c498184316835f871a8655b5e2f579d4fbfa3cfa0192528d8d63a7c1278c530"}) as unknown as TypedDocumentString<PublishDatasetVersionMutation, PublishDatasetVersionMutationVariables>;
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
export const DeploymentsDocument = new TypedDocumentString(`
    query Deployments($projectId: ID!, $first: Int, $after: String) {
  deployments(projectId: $projectId, first: $first, after: $after) {
    nodes {
      ...DeploymentFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
    }
  }
}`, {"hash":"sha256:f374a10cfa6112cadbe0e9966016cacc968981a9ffb4fbea84645a46f965d054"}) as unknown as TypedDocumentString<DeploymentsQuery, DeploymentsQueryVariables>;
export const DeploymentDocument = new TypedDocumentString(`
    query Deployment($id: ID!) {
  deployment(id: $id) {
    ...DeploymentFields
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
    }
  }
}`, {"hash":"sha256:1bbce68e93f53fefaf7ca3cdf9e3674a95ea4331b20a37e5ca73f89f7978895e"}) as unknown as TypedDocumentString<DeploymentQuery, DeploymentQueryVariables>;
export const DeploymentStatisticsDocument = new TypedDocumentString(`
    query DeploymentStatistics($id: ID!, $minutes: Int) {
  deployment(id: $id) {
    totals {
      modelVersionId
      invocations
      failures
      pictures
      compared
      agreementRate
      lastInvokedAt
    }
    window(minutes: $minutes) {
      invocations
      failures
      latencies {
        p50
        p95
        p99
      }
    }
  }
}
    `, {"hash":"sha256:4fd4b2e0471a79f5f00f7fe253343c98c263ffb96aa73160acaf630a5f8ae4b3"}) as unknown as TypedDocumentString<DeploymentStatisticsQuery, DeploymentStatisticsQueryVariables>;
export const DeploymentHistoryDocument = new TypedDocumentString(`
    query DeploymentHistory($id: ID!, $first: Int, $after: String) {
  deployment(id: $id) {
    history(first: $first, after: $after) {
      nodes {
        sequence
        kind
        changedAt
        changedBy
        state
        stopCause
        modelVersion {
          id
          name
        }
        candidate {
          mode
          percent
          modelVersion {
            id
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
    `, {"hash":"sha256:53cd99d897a9d570e899b7691e80eb3ec96a20c9d7da7e6275558c043100e99b"}) as unknown as TypedDocumentString<DeploymentHistoryQuery, DeploymentHistoryQueryVariables>;
export const DeployModelDocument = new TypedDocumentString(`
    mutation DeployModel($input: DeployModelInput!) {
  deployModel(input: $input) {
    ...DeploymentFields
    ...UserErrorFields
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:befe41885fc30a9bc829ac8c2a97060fcb5dbc7726da1c48395927b0a0a4cfba"}) as unknown as TypedDocumentString<DeployModelMutation, DeployModelMutationVariables>;
export const UpdateDeploymentDocument = new TypedDocumentString(`
    mutation UpdateDeployment($input: UpdateDeploymentInput!) {
  updateDeployment(input: $input) {
    ...DeploymentFields
    ...UserErrorFields
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:1e177eaa31ece74a2b2a03e6abf4d921108aac5d63b899582e81638ba47def3d"}) as unknown as TypedDocumentString<UpdateDeploymentMutation, UpdateDeploymentMutationVariables>;
export const RollbackDeploymentDocument = new TypedDocumentString(`
    mutation RollbackDeployment($id: ID!) {
  rollbackDeployment(id: $id) {
    ...DeploymentFields
    ...UserErrorFields
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:1704aa63572c4d7fd04aa7e7ba8f94dc2142b73ea1a6c3ac336bc2c107bb4bf8"}) as unknown as TypedDocumentString<RollbackDeploymentMutation, RollbackDeploymentMutationVariables>;
export const StartDeploymentDocument = new TypedDocumentString(`
    mutation StartDeployment($id: ID!) {
  startDeployment(id: $id) {
    ...DeploymentFields
    ...UserErrorFields
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:364c41ac4b37b26319e9634769cf5541db9ff0f28f2e8d38479f1d04cfa4e9d2"}) as unknown as TypedDocumentString<StartDeploymentMutation, StartDeploymentMutationVariables>;
export const StopDeploymentDocument = new TypedDocumentString(`
    mutation StopDeployment($id: ID!) {
  stopDeployment(id: $id) {
    ...DeploymentFields
    ...UserErrorFields
  }
}
    fragment DeploymentFields on Deployment {
  __typename
  id
  name
  url
  state
  stopCause
  errorMessage
  acceptFrom
  autoStopHours
  idleStopMinutes
  storeHours
  createdAt
  startedAt
  stopsAt
  modelVersion {
    id
    name
  }
  candidate {
    mode
    percent
    modelVersion {
      id
      name
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:8d8a979fca5c987b0aff07262f2e0c54205ccd0e10d999fd0cb5db0bfc889915"}) as unknown as TypedDocumentString<StopDeploymentMutation, StopDeploymentMutationVariables>;
export const DeleteDeploymentDocument = new TypedDocumentString(`
    mutation DeleteDeployment($id: ID!) {
  deleteDeployment(id: $id) {
    ... on DeletedDeployment {
      __typename
      id
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:3355167ca03d42f09b32568c8e1535c29d1be0881be28533b8c910c3e23a873d"}) as unknown as TypedDocumentString<DeleteDeploymentMutation, DeleteDeploymentMutationVariables>;
export const CreateDeploymentTokenDocument = new TypedDocumentString(`
    mutation CreateDeploymentToken($input: CreateDeploymentTokenInput!) {
  createDeploymentToken(input: $input) {
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
  scope
  createdAt
  expiresAt
  lastUsedAt
  revokedAt
  deploymentId
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:77d0aae98efa07c8be2d0d10ea7e69da318a318608e6437a841939ca58054d7c"}) as unknown as TypedDocumentString<CreateDeploymentTokenMutation, CreateDeploymentTokenMutationVariables>;
export const EvaluationDocument = new TypedDocumentString(`
    query Evaluation($modelVersionId: ID!) {
  modelVersion(id: $modelVersionId) {
    evaluation {
      ...EvaluationFields
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
}
fragment EvaluationFields on Evaluation {
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
  calibration {
    temperatures
    before {
      expectedCalibrationError
      brier
      crossEntropy
    }
    after {
      expectedCalibrationError
      brier
      crossEntropy
    }
  }
  unfamiliarCount
}`, {"hash":"sha256:233e36ac4f3ff83dba952e666fd7e464c59e56ede01ee3a21871039c4449593a"}) as unknown as TypedDocumentString<EvaluationQuery, EvaluationQueryVariables>;
export const TestEvaluationDocument = new TypedDocumentString(`
    query TestEvaluation($modelVersionId: ID!) {
  modelVersion(id: $modelVersionId) {
    testEvaluation {
      ...EvaluationFields
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
}
fragment EvaluationFields on Evaluation {
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
  calibration {
    temperatures
    before {
      expectedCalibrationError
      brier
      crossEntropy
    }
    after {
      expectedCalibrationError
      brier
      crossEntropy
    }
  }
  unfamiliarCount
}`, {"hash":"sha256:a3135d6e37bbf6748441f390b2752c26e0acb884980eb523196afc6f39c447f0"}) as unknown as TypedDocumentString<TestEvaluationQuery, TestEvaluationQueryVariables>;
export const ThresholdForDocument = new TypedDocumentString(`
    query ThresholdFor($modelVersionId: ID!, $precision: Float!, $labelId: ID) {
  modelVersion(id: $modelVersionId) {
    evaluation {
      thresholdFor(precision: $precision, labelId: $labelId) {
        threshold
        imageCount
        acceptedCount
        coverage
        precision
        recall
        precisionInterval {
          lower
          upper
        }
      }
    }
  }
}
    `, {"hash":"sha256:486c1d8a76b7f498c2c51f4e145e1b3f419c955ea662a7f0639228ca6637dfbf"}) as unknown as TypedDocumentString<ThresholdForQuery, ThresholdForQueryVariables>;
export const EvaluatedImagesDocument = new TypedDocumentString(`
    query EvaluatedImages($modelVersionId: ID!, $first: Int, $after: String) {
  modelVersion(id: $modelVersionId) {
    evaluation {
      images(first: $first, after: $after) {
        nodes {
          imageId
          probabilities
          unfamiliarity
          isUnfamiliar
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
    `, {"hash":"sha256:9e1643473d7a3f10afc16520929fc293fb750e51b7b1ab25ca2766ce5acd962e"}) as unknown as TypedDocumentString<EvaluatedImagesQuery, EvaluatedImagesQueryVariables>;
export const StartExportDocument = new TypedDocumentString(`
    mutation StartExport($input: StartExportInput!) {
  startExport(input: $input) {
    ...TransferFields
    ...UserErrorFields
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:31ce9e09b07ff69ce6f46122d2c4f5f316acb17db483012387642aa2305f8d42"}) as unknown as TypedDocumentString<StartExportMutation, StartExportMutationVariables>;
export const StartModelExportDocument = new TypedDocumentString(`
    mutation StartModelExport($modelVersionId: ID!, $format: ModelExportFormat!, $idempotencyKey: String) {
  startModelExport(
    modelVersionId: $modelVersionId
    format: $format
    idempotencyKey: $idempotencyKey
  ) {
    ...TransferFields
    ...UserErrorFields
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:9475d1f5a0ab13c8dd456142a991abab298006f914df534707512e68363db7b1"}) as unknown as TypedDocumentString<StartModelExportMutation, StartModelExportMutationVariables>;
export const ExportAddressDocument = new TypedDocumentString(`
    query ExportAddress($id: ID!) {
  transfer(id: $id) {
    ... on DatasetExport {
      downloadUrl
    }
    ... on ModelExport {
      bundle {
        url
      }
    }
  }
}
    `, {"hash":"sha256:4152ec2bddc830d682d4a06c9a79134cf9e62e069d1fc2b5b97ea5b07db13775"}) as unknown as TypedDocumentString<ExportAddressQuery, ExportAddressQueryVariables>;
export const ImagesDocument = new TypedDocumentString(`
    query Images($projectId: ID!, $filter: ImageFilter, $orderBy: ImageOrder, $direction: OrderDirection, $first: Int, $after: String, $form: ImageForm) {
  images(
    projectId: $projectId
    filter: $filter
    orderBy: $orderBy
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
}`, {"hash":"sha256:7c7f2938b8bb5d709b314cea20ceaf64d1a0772273a653108dc50a85e0e92fa5"}) as unknown as TypedDocumentString<ImagesQuery, ImagesQueryVariables>;
export const ImageCountDocument = new TypedDocumentString(`
    query ImageCount($projectId: ID!, $filter: ImageFilter) {
  images(projectId: $projectId, filter: $filter, first: 1) {
    totalCount
  }
}
    `, {"hash":"sha256:de89714668b0874f9084e9aa6d340f6ec8b75e56e7a090cb950d143a675b439d"}) as unknown as TypedDocumentString<ImageCountQuery, ImageCountQueryVariables>;
export const NearDuplicatesDocument = new TypedDocumentString(`
    query NearDuplicates($id: ID!, $form: ImageForm) {
  image(id: $id) {
    nearDuplicates {
      ...ImageFields
      url(form: $form)
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
}`, {"hash":"sha256:e0555fe723947f892f589e2b5f0a754d0c5ad344eab2d9084d75134c39567e6e"}) as unknown as TypedDocumentString<NearDuplicatesQuery, NearDuplicatesQueryVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:38977677bc1d064c0022e5d114327343803665f87dc6eb3bb2dd574454c76c10"}) as unknown as TypedDocumentString<DeleteImagesMutation, DeleteImagesMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d70966c6ef576c14c1262474eef883c21c236552fd348c7a1b0478c6c5cb1bc0"}) as unknown as TypedDocumentString<SetImageGroupMutation, SetImageGroupMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e282356a415607cbfa9a7f6261f30aa6ef39a5db61bcd6cdd4e3548143b1cae8"}) as unknown as TypedDocumentString<SetImageSplitMutation, SetImageSplitMutationVariables>;
export const ImportItemsDocument = new TypedDocumentString(`
    query ImportItems($id: ID!, $outcome: ImportOutcome, $first: Int, $after: String) {
  transfer(id: $id) {
    ... on ImageImport {
      items(outcome: $outcome, first: $first, after: $after) {
        nodes {
          index
          path
          outcome
          imageId
          code
          message
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"hash":"sha256:9af00db8d0a84f53721f82d1e0ce67c5fedab783c89fc4ed6f0f8168fafa0780"}) as unknown as TypedDocumentString<ImportItemsQuery, ImportItemsQueryVariables>;
export const PreviewImportDocument = new TypedDocumentString(`
    mutation PreviewImport($input: PreviewImportInput!) {
  previewImport(input: $input) {
    ... on ImportPreview {
      __typename
      format
      reason
      isComplete
      imageCount
      labelledCount
      unlabelledCount
      elsewhereCount
      problemCount
      labels {
        name
        imageCount
      }
      splits {
        split
        imageCount
      }
      problemsByCode {
        code
        count
      }
      problems {
        path
        code
        message
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:50e62a231e9420c29698c895a8fe6f82534496240ee2fe0f00d60525f35042cc"}) as unknown as TypedDocumentString<PreviewImportMutation, PreviewImportMutationVariables>;
export const StartImportDocument = new TypedDocumentString(`
    mutation StartImport($input: StartImportInput!) {
  startImport(input: $input) {
    ...TransferFields
    ...UserErrorFields
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:75978d07d29c5fa6eba7abfa7841209be77bd5545ae02db19296ebf6941dae35"}) as unknown as TypedDocumentString<StartImportMutation, StartImportMutationVariables>;
export const ServerInfoDocument = new TypedDocumentString(`
    query ServerInfo {
  serverInfo {
    version
    nodeVersion
    schemaRevision
    objectStore
    time
    limits {
      projects
      imageBytes
      imageSide
      imagePixels
      labelLength
      baseModelBytes
      importBytes
      predictionBytes
    }
    flavors {
      ...TrainingFlavorFields
    }
  }
}
    fragment TrainingFlavorFields on TrainingFlavor {
  id
  name
  device
  memoryGib
  maxParallel
  liveWorkers
  runningTrainings
  queueLength
  expectedWaitSeconds
}`, {"hash":"sha256:0712fe5a7fec4d13305faf6e2f478455f46734d9ab21b688096d3f294d4b9587"}) as unknown as TypedDocumentString<ServerInfoQuery, ServerInfoQueryVariables>;
export const InstallationHealthDocument = new TypedDocumentString(`
    query InstallationHealth {
  serverInfo {
    database {
      version
      schemaRevision
      clockOffsetMilliseconds
    }
    objectStoreTrial {
      problem
      milliseconds
    }
  }
}
    `, {"hash":"sha256:7fc1417b008bc98dd4da7117d7745355507b055e1ebc7ff71c1ef82554804431"}) as unknown as TypedDocumentString<InstallationHealthQuery, InstallationHealthQueryVariables>;
export const WorkersDocument = new TypedDocumentString(`
    query Workers {
  workers {
    id
    host
    processId
    exemplarVersion
    nodeVersion
    onnxRuntimeVersion
    flavors
    devices {
      device
      gigaflops
    }
    unusableDevices {
      device
      fault
      message
    }
    memoryBytes
    isLive
    startedAt
    heartbeatAt
    heartbeatSeconds
    clockOffsetMilliseconds
    runningTrainings {
      trainingId
      versionName
      state
      projectId
      projectName
    }
  }
}
    `, {"hash":"sha256:dd11f97bc0fc4c09cbd819bc2183b37ef8eccc6b8c85797cc8aa50df588a3f64"}) as unknown as TypedDocumentString<WorkersQuery, WorkersQueryVariables>;
export const DefaultQuotasDocument = new TypedDocumentString(`
    query DefaultQuotas {
  defaultQuotas {
    ...DefaultQuotasFields
  }
}
    fragment DefaultQuotasFields on DefaultQuotas {
  __typename
  images
  bytes
  activeTrainings
  trainingMinutes
  deployments
}`, {"hash":"sha256:894887b846060fb28829dcee8f99ee92860f39de18f0ad3cc8144500b3c96b78"}) as unknown as TypedDocumentString<DefaultQuotasQuery, DefaultQuotasQueryVariables>;
export const SetDefaultQuotasDocument = new TypedDocumentString(`
    mutation SetDefaultQuotas($input: SetDefaultQuotasInput!) {
  setDefaultQuotas(input: $input) {
    ...DefaultQuotasFields
    ...UserErrorFields
  }
}
    fragment DefaultQuotasFields on DefaultQuotas {
  __typename
  images
  bytes
  activeTrainings
  trainingMinutes
  deployments
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:5d2e46307e684692fca0523a6b02e6ce6159136c176a49d0c02ea764f51a9cbe"}) as unknown as TypedDocumentString<SetDefaultQuotasMutation, SetDefaultQuotasMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:93973bb996b5378ba42db53f3edac70a0bab292512724a8c3aef309146cb7648"}) as unknown as TypedDocumentString<CreateLabelMutation, CreateLabelMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:c02d476869bea9a74e2b5b1dbaf8705a5c1182ee175117e994c57049d3923588"}) as unknown as TypedDocumentString<UpdateLabelMutation, UpdateLabelMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e16fd6703b1a068830375a584835398b5fa64974b89884e11633c82960b8716f"}) as unknown as TypedDocumentString<DeleteLabelMutation, DeleteLabelMutationVariables>;
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
    unfamiliarityThreshold
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
      device
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
}`, {"hash":"sha256:bfc45ee6a0a6fbdfc854fc0d1f9dc280c5b5783720ebf50ec08ad606db60021d"}) as unknown as TypedDocumentString<ModelVersionQuery, ModelVersionQueryVariables>;
export const VerifyModelVersionDocument = new TypedDocumentString(`
    mutation VerifyModelVersion($id: ID!, $fromFile: Boolean) {
  verifyModelVersion(id: $id, fromFile: $fromFile) {
    ... on ModelVerification {
      __typename
      isEqual
      imageCount
      contradictingImageIds
      differences {
        figure
        stored
        found
      }
      file {
        isUnchanged
        isWithinTolerance
        largestDifference
        imageCount
        unreadableCount
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:ebed256c642b210f8f2fdb59d73b26177b0960c478f3b54a70e703c5ed21b41f"}) as unknown as TypedDocumentString<VerifyModelVersionMutation, VerifyModelVersionMutationVariables>;
export const PredictDocument = new TypedDocumentString(`
    mutation Predict($input: PredictInput!, $first: Int) {
  predict(input: $input) {
    ... on Prediction {
      __typename
      predictedLabel
      predictedLabels
      unfamiliarity
      isUnfamiliar
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d7e5ab7ef1f6a2107ca0d97ff3bc0d3bdac917c9cdd9934e3f7b7903001a9f5f"}) as unknown as TypedDocumentString<PredictMutation, PredictMutationVariables>;
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
  ... on ProjectTransferChanged {
    transferId
    transferState
  }
  ... on ProjectDeploymentChanged {
    deploymentId
    deploymentChange
    deploymentState
    modelVersionId
    name
  }
  ... on ProjectStreamResync {
    from
  }
}`, {"hash":"sha256:dca2baf6143d1aab17e411d72d197a303d59730bdb96c1d7f7a4abef75bb5c21"}) as unknown as TypedDocumentString<WatchProjectSubscription, WatchProjectSubscriptionVariables>;
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
  ... on ProjectTransferChanged {
    transferId
    transferState
  }
  ... on ProjectDeploymentChanged {
    deploymentId
    deploymentChange
    deploymentState
    modelVersionId
    name
  }
  ... on ProjectStreamResync {
    from
  }
}`, {"hash":"sha256:f2210a097ebb16e3c852b2823a454a06f80bec41176684e1f0273c9291f8c21e"}) as unknown as TypedDocumentString<ProjectEventsQuery, ProjectEventsQueryVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:84377c944707f3e78c721a27bb8f7e9d2f358a38a4d62b528459aec31f8e7048"}) as unknown as TypedDocumentString<CreateProjectMutation, CreateProjectMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d92e54ca20cecb9e140067cb679b39e1b80ea2b20158a81e72d1edf8971cd6de"}) as unknown as TypedDocumentString<UpdateProjectMutation, UpdateProjectMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e91d168fd7876159410a41fed7098b467ee133115ba7b0b6178ad8d98cf97842"}) as unknown as TypedDocumentString<DeleteProjectMutation, DeleteProjectMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:985116edc4d381c2e6072df309883b7e66d8b58e918101192f3f23389b34e599"}) as unknown as TypedDocumentString<SetProjectMemberMutation, SetProjectMemberMutationVariables>;
export const ProjectUsageDocument = new TypedDocumentString(`
    query ProjectUsage($id: ID!) {
  project(id: $id) {
    usage {
      ...ProjectUsageFields
    }
  }
}
    fragment ProjectUsageFields on ProjectUsage {
  images {
    used
    limit
  }
  bytes {
    used
    limit
  }
  activeTrainings {
    used
    limit
  }
  trainingMinutes {
    used
    limit
  }
  deployments {
    used
    limit
  }
}`, {"hash":"sha256:4c0b4b6585465a2729f4852968dc713e96f147e6cc86e3ad6f5f02a306478341"}) as unknown as TypedDocumentString<ProjectUsageQuery, ProjectUsageQueryVariables>;
export const SetProjectQuotasDocument = new TypedDocumentString(`
    mutation SetProjectQuotas($input: SetProjectQuotasInput!) {
  setProjectQuotas(input: $input) {
    ... on Project {
      __typename
      id
      usage {
        ...ProjectUsageFields
      }
    }
    ...UserErrorFields
  }
}
    fragment ProjectUsageFields on ProjectUsage {
  images {
    used
    limit
  }
  bytes {
    used
    limit
  }
  activeTrainings {
    used
    limit
  }
  trainingMinutes {
    used
    limit
  }
  deployments {
    used
    limit
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:2d518fe6656ba56f64e92ef98201901d325b248655f244a8492efb3dff0620e1"}) as unknown as TypedDocumentString<SetProjectQuotasMutation, SetProjectQuotasMutationVariables>;
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
export const ServedPredictionsDocument = new TypedDocumentString(`
    query ServedPredictions($deploymentId: ID!, $filter: ServedPredictionFilter, $first: Int, $after: String) {
  deployment(id: $deploymentId) {
    predictions(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        fileName
        decision
        uncertainty
        createdAt
        expiresAt
        imageId
        pictureUrl
        modelVersion {
          id
          name
        }
        scores {
          labelId
          labelName
          probability
          isPredicted
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `, {"hash":"sha256:a5b7f28c917e0f1b804a3a180ac7c45d64c6280d462933b4026c7ac86bc06119"}) as unknown as TypedDocumentString<ServedPredictionsQuery, ServedPredictionsQueryVariables>;
export const AddPredictionsToProjectDocument = new TypedDocumentString(`
    mutation AddPredictionsToProject($input: AddPredictionsToProjectInput!) {
  addPredictionsToProject(input: $input) {
    ... on AddPredictionsPayload {
      __typename
      results {
        ... on AddedPrediction {
          __typename
          isNew
          image {
            ...ImageFields
          }
        }
        ... on PredictionNotAdded {
          __typename
          predictionId
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:f7c3e8e45fc4a4e9839d6d8233edf29bf17a8bab7485154240253584e60dc538"}) as unknown as TypedDocumentString<AddPredictionsToProjectMutation, AddPredictionsToProjectMutationVariables>;
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
    testMetrics {
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
}`, {"hash":"sha256:ea1643b3c58967330ed51fa4cf6712e9667592a5edc85895d7229e708bdcb9e4"}) as unknown as TypedDocumentString<WatchTrainingSubscription, WatchTrainingSubscriptionVariables>;
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
    testMetrics {
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
}`, {"hash":"sha256:8719b1d49d537d2aec1bf54b6e124d607d8e358d8dd4e7a23d5a372dbab0377f"}) as unknown as TypedDocumentString<TrainingEventsQuery, TrainingEventsQueryVariables>;
export const TrainingFlavorsDocument = new TypedDocumentString(`
    query TrainingFlavors {
  trainingFlavors {
    ...TrainingFlavorFields
  }
}
    fragment TrainingFlavorFields on TrainingFlavor {
  id
  name
  device
  memoryGib
  maxParallel
  liveWorkers
  runningTrainings
  queueLength
  expectedWaitSeconds
}`, {"hash":"sha256:a6e68ecefd210837f2292f33ba8f36b32b41a4ae1f700381220ff9d80869c7e8"}) as unknown as TypedDocumentString<TrainingFlavorsQuery, TrainingFlavorsQueryVariables>;
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
  device
  lastSequence
  queuePosition
  expectedStartAt
  waitingFor
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
}`, {"hash":"sha256:bde22bf9735c1b1fa662155de8a651d22b993edb6fb7b62d912402df80481104"}) as unknown as TypedDocumentString<TrainingsQuery, TrainingsQueryVariables>;
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
  device
  lastSequence
  queuePosition
  expectedStartAt
  waitingFor
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
}`, {"hash":"sha256:a11d17aaf311b4fb19f153cda34496a07c8d9905d6d8c4af2427117d5ab4cca1"}) as unknown as TypedDocumentString<TrainingQuery, TrainingQueryVariables>;
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
  device
  lastSequence
  queuePosition
  expectedStartAt
  waitingFor
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:34e36c773691b8769cae77f20fec19cab24ab9b852d1fb3ce83f1346185d9ae3"}) as unknown as TypedDocumentString<StartTrainingMutation, StartTrainingMutationVariables>;
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
  device
  lastSequence
  queuePosition
  expectedStartAt
  waitingFor
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:e2e3f17fd972c98658cdb3a1162ea13d6b312decfcf1b4f9696e13c7b7d46713"}) as unknown as TypedDocumentString<StopTrainingMutation, StopTrainingMutationVariables>;
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
  device
  lastSequence
  queuePosition
  expectedStartAt
  waitingFor
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:7ebe8a1aae7ba54d2d3a498969d79df3c4ef57b095951d92ab2295a8cb6f25de"}) as unknown as TypedDocumentString<CancelTrainingMutation, CancelTrainingMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:3a6a521beec6f5a5b5a6c8f55e5b43de683bf59d83da14de714b069ca1a69945"}) as unknown as TypedDocumentString<UpdateTrainingConfigMutation, UpdateTrainingConfigMutationVariables>;
export const WatchTransferDocument = new TypedDocumentString(`
    subscription WatchTransfer($transferId: ID!, $after: Int) {
  transferEvents(transferId: $transferId, after: $after) {
    ...TransferEventFields
  }
}
    fragment TransferEventFields on TransferEvent {
  __typename
  sequence
  occurredAt
  ... on TransferStateChanged {
    state
    failure {
      ...TransferFailureFields
    }
  }
  ... on TransferProgressed {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  ... on TransferResumed {
    attempt
  }
}
fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}`, {"hash":"sha256:35c083628c4e1125c4fd1ae527ff4408e34edb7e39487d7335c66e08782bf460"}) as unknown as TypedDocumentString<WatchTransferSubscription, WatchTransferSubscriptionVariables>;
export const TransferEventsDocument = new TypedDocumentString(`
    query TransferEvents($transferId: ID!, $first: Int, $after: String) {
  transfer(id: $transferId) {
    events(first: $first, after: $after) {
      nodes {
        ...TransferEventFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TransferEventFields on TransferEvent {
  __typename
  sequence
  occurredAt
  ... on TransferStateChanged {
    state
    failure {
      ...TransferFailureFields
    }
  }
  ... on TransferProgressed {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  ... on TransferResumed {
    attempt
  }
}
fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}`, {"hash":"sha256:0186d1660ac7eb3671d67ef6e2ffb41bf363fa6180e6bca9e935319a607b4a1b"}) as unknown as TypedDocumentString<TransferEventsQuery, TransferEventsQueryVariables>;
export const TransfersDocument = new TypedDocumentString(`
    query Transfers($projectId: ID!, $first: Int, $after: String) {
  transfers(projectId: $projectId, first: $first, after: $after) {
    nodes {
      ...TransferFields
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
      }
    }
  }
}`, {"hash":"sha256:d79688f79b694b8dd64524b970ed38550db2baff18661d8a681aa53c3bf5d362"}) as unknown as TypedDocumentString<TransfersQuery, TransfersQueryVariables>;
export const TransferDocument = new TypedDocumentString(`
    query Transfer($id: ID!) {
  transfer(id: $id) {
    ...TransferFields
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
      }
    }
  }
}`, {"hash":"sha256:5180c04416b7f3149162061d6cd4594217050c4e30456e81d2fd397a055cbedc"}) as unknown as TypedDocumentString<TransferQuery, TransferQueryVariables>;
export const CancelTransferDocument = new TypedDocumentString(`
    mutation CancelTransfer($id: ID!) {
  cancelTransfer(id: $id) {
    ... on CancelTransferPayload {
      __typename
      transfer {
        ...TransferFields
      }
    }
    ...UserErrorFields
  }
}
    fragment TransferFailureFields on TransferFailure {
  __typename
  code
  message
  hint
  isRetryable
}
fragment TransferFields on Transfer {
  __typename
  id
  state
  isFinished
  isCancelRequested
  attempt
  lastSequence
  createdAt
  startedAt
  finishedAt
  failure {
    ...TransferFailureFields
  }
  progress {
    phase
    done
    total
    perSecond
    etaSeconds
  }
  project {
    id
    name
  }
  ... on ImageImport {
    format
    createdLabelCount
    reportUrl
    counts {
      created
      duplicate
      labelled
      skipped
      refused
    }
  }
  ... on DatasetExport {
    exportFormat
    includesImages
    includesUnlabelled
    sourcePrefix
    labelsOf
    imageCount
    byteSize
    expiresAt
    downloadUrl
    losses {
      kind
      count
      firstSource
      message
    }
    datasetVersion {
      id
      name
    }
  }
  ... on ModelExport {
    modelVersion {
      id
      name
    }
    bundle {
      url
      bytes
      sha256
      modelBytes
      accuracy
      parity
      wholeParity
      imageCount
      unreadableCount
      int8 {
        isIncluded
        bytes
        accuracy
        drop
        allowedDrop
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:bb12354df35ea67d20b3bbd9cd2acee016ed262dec02a53b7ee29b97b048828a"}) as unknown as TypedDocumentString<CancelTransferMutation, CancelTransferMutationVariables>;
export const TrashDocument = new TypedDocumentString(`
    query Trash($projectId: ID!, $kind: TrashKind, $first: Int, $after: String) {
  project(id: $projectId) {
    trash(kind: $kind, first: $first, after: $after) {
      nodes {
        __typename
        deletedAt
        deletedById
        deletedByName
        expiresAt
        ... on TrashedImage {
          image {
            ...ImageFields
          }
        }
        ... on TrashedLabel {
          label {
            ...LabelFields
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
fragment LabelFields on Label {
  __typename
  id
  name
  color
  shortcut
  imageCount
  createdAt
}`, {"hash":"sha256:b0df38c0a863672d56e087a885d3d2a40ac2dd13b6b26e46005b615fb4cbd519"}) as unknown as TypedDocumentString<TrashQuery, TrashQueryVariables>;
export const RestoreImagesDocument = new TypedDocumentString(`
    mutation RestoreImages($input: RestoreImagesInput!) {
  restoreImages(input: $input) {
    ... on RestoreImagesPayload {
      __typename
      project {
        ...ProjectFields
      }
      results {
        ... on RestoredImage {
          __typename
          image {
            ...ImageFields
          }
        }
        ... on ImageRestoreRefused {
          __typename
          imageId
          existing {
            ...ImageFields
          }
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:1c1df227bbb2fe6a2938f9e2deb3ebe521ac691974f07ddd094834521ae75579"}) as unknown as TypedDocumentString<RestoreImagesMutation, RestoreImagesMutationVariables>;
export const RestoreLabelsDocument = new TypedDocumentString(`
    mutation RestoreLabels($input: RestoreLabelsInput!) {
  restoreLabels(input: $input) {
    ... on RestoreLabelsPayload {
      __typename
      project {
        ...ProjectFields
      }
      results {
        ... on RestoredLabel {
          __typename
          label {
            ...LabelFields
          }
        }
        ... on LabelRestoreRefused {
          __typename
          labelId
          existing {
            ...LabelFields
          }
          error {
            ...UserErrorFields
          }
        }
      }
    }
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:2e6ab947c4987441ac407e344a0f9e3fdc1d140fec46300ddfb25b55e98bff1b"}) as unknown as TypedDocumentString<RestoreLabelsMutation, RestoreLabelsMutationVariables>;
export const EmptyTrashDocument = new TypedDocumentString(`
    mutation EmptyTrash($projectId: ID!) {
  emptyTrash(projectId: $projectId) {
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:77e6b38b8c99045fe819d6c00dd7665af4e519df9d2c1094139bea9871e5e851"}) as unknown as TypedDocumentString<EmptyTrashMutation, EmptyTrashMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:ddb1ab770686140f414bd606471ba60084db281f0f2972495fef814d221ecb6c"}) as unknown as TypedDocumentString<CreateImageUploadsMutation, CreateImageUploadsMutationVariables>;
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:d8cfc44b7dfb3b741fdee8a3efd855960109f7b14997d38be530fb8a17648052"}) as unknown as TypedDocumentString<CompleteImageUploadsMutation, CompleteImageUploadsMutationVariables>;
export const CreateImportUploadDocument = new TypedDocumentString(`
    mutation CreateImportUpload($input: CreateImportUploadInput!) {
  createImportUpload(input: $input) {
    ... on CreatedImportUpload {
      __typename
      uploadUrl
      upload {
        __typename
        id
        fileName
        expiresAt
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
  ... on QuotaExceededError {
    quota
    quotaLimit
    quotaUsed
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
  ... on UnavailableError {
    unavailability
    retryAfterSeconds
  }
  ... on ArchiveRefusedError {
    archiveRefusal
    entry
  }
}`, {"hash":"sha256:139972dc1f90f8966fe608d223bc9ebd7d32d23e4b24b82a2a1adaa4b23b76c7"}) as unknown as TypedDocumentString<CreateImportUploadMutation, CreateImportUploadMutationVariables>;