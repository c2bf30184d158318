import type { PictureRefusal } from '#core/platform/errors.ts';
import type { ItemCode, ItemOutcome } from '#core/transfer/imports/import-facts.ts';
import type { TransferItemRow } from '#core/transfer/imports/start-import.ts';
import { builder } from './builder.ts';
import { writeGlobalId } from './global-id.ts';
import { pictureRefusals } from './user-errors.ts';

export const ImportOutcomeEnum = builder.enumType('ImportOutcome', {
  description: 'What became of one thing that an import found.',
  values: {
    CREATED: { description: 'A new image.' },
    DUPLICATE: { description: 'The project has this picture already; it got the labels.' },
    LABELLED: { description: 'No file came with it; an image of the project, known by its name, got the labels.' },
    SKIPPED: { description: 'Nothing to import, or a detail that was left out.' },
    REFUSED: { description: 'It should have become an image or a label, and did not.' },
  } satisfies Record<ItemOutcome, { description: string }>,
});

export const ImportProblemCodeEnum = builder.enumType('ImportProblemCode', {
  description: 'What was wrong with an item of an import. Can grow: treat an unknown code by its message.',
  values: {
    ...(pictureRefusals satisfies Record<PictureRefusal, { description: string }>),
    INVALID_LABEL_NAME: { description: 'No label can have this name; the image is there without it.' },
    SEVERAL_LABELS: {
      description: 'Several labels in a project where an image carries one; the image is there without.',
    },
    TOO_MANY_LABELS: { description: 'More labels than an image may carry; the image is there without.' },
    CONFLICTING_LABEL: { description: 'The image has another label already and keeps it.' },
    PICTURE_MISSING: { description: 'Neither the upload nor the project has a picture of this name.' },
    AMBIGUOUS_SOURCE: { description: 'Several pictures have this name.' },
    ENTRY_DAMAGED: { description: 'The file does not unpack to what it should.' },
    QUOTA_EXCEEDED: { description: 'The project has as many images, or bytes of them, as it may have.' },
    LINE_TOO_LONG: { description: 'A line of a document is too long to be read.' },
    INVALID_ENCODING: { description: 'A line of a document is not UTF-8.' },
    INVALID_JSON: { description: 'A line of a document is not JSON.' },
    INVALID_QUOTES: { description: 'Quotation marks in a CSV are broken.' },
    INVALID_ENTRY: { description: 'An entry of a document has not the form of its format.' },
    MISSING_SOURCE: { description: 'An entry of a document names no picture.' },
    INVALID_SOURCE: { description: 'An entry of a document names a picture in a way that cannot be.' },
    INVALID_LABEL: { description: 'A label in a document is no text, blank, or not in its list.' },
    UNEXPECTED_FILE: { description: 'A file that is neither a picture nor a document of labels.' },
    UNKNOWN_SPLIT: { description: 'The part is called by a word that we do not know; it is left open.' },
    CONFLICTING_SPLIT: { description: 'One picture is said to be in two parts; the first counts.' },
    INVALID_DETAIL: { description: 'A confidence, a time or a flag cannot be read; it is left out.' },
    UNSUPPORTED_ANNOTATION: { description: 'An annotation of another task, such as boxes; it is left out.' },
    CONFLICTING_ANNOTATIONS: {
      description: 'People have labelled it differently; the message tells whose label counts.',
    },
    AMBIGUOUS_LAYOUT: { description: 'Folders can be read in two ways; the message tells how they were read.' },
    UNSUPPORTED_ENCODING: { description: 'The document is not UTF-8.' },
    DOCUMENT_TOO_LARGE: { description: 'The document is too large to be read as a whole.' },
    INVALID_DOCUMENT: { description: 'The document is not of its format.' },
    DETECTION_NOT_ASKED: { description: 'Boxes where labels are expected.' },
    PATH_TRAVERSAL: { description: 'The path leads out of the archive.' },
    ABSOLUTE_PATH: { description: 'The path is absolute.' },
    BACKSLASH: { description: 'The path contains a backslash.' },
    CONTROL_CHARACTER: { description: 'The path contains a control character or is no valid text.' },
    NO_NAME: { description: 'The path is empty.' },
    PATH_TOO_LONG: { description: 'The path is longer than 1,024 characters.' },
    LINK: { description: 'A link, not a file.' },
    SPECIAL_FILE: { description: 'A device or another special file.' },
    UNSUPPORTED_COMPRESSION: { description: 'Packed with a method other than deflate.' },
    NESTED_ARCHIVE: { description: 'An archive inside the archive.' },
    DUPLICATE_PATH: { description: 'An earlier file has the same path.' },
  } satisfies Record<ItemCode, { description: string }>,
});

export const ImportItemObject = builder.objectRef<TransferItemRow>('ImportItem').implement({
  description: 'What became of one thing that an import found.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Its place, from 0.' }),
    path: t.exposeString('path', {
      description: 'Path of the file, or the source or place in a document; for showing.',
    }),
    outcome: t.field({ type: ImportOutcomeEnum, description: 'What became of it.', resolve: (item) => item.outcome }),
    imageId: t.id({
      nullable: true,
      description: 'The image, if there is one; it may have been deleted since.',
      resolve: (item) => (item.imageId === null ? null : writeGlobalId('Image', item.imageId)),
    }),
    code: t.field({
      type: ImportProblemCodeEnum,
      nullable: true,
      description: 'What was wrong; null where nothing was.',
      resolve: (item) => item.code,
    }),
    message: t.exposeString('message', { nullable: true, description: 'The same for a person.' }),
  }),
});
