import { detectDocument, documentFormats, type DocumentFormat } from './detect-document.ts';
import { isIgnoredPath, isPicturePath, pathSegments, pathStem } from './picture-path.ts';

export const transferFormats = [...documentFormats, 'CLASS_FOLDERS', 'IMAGE_TEXT'] as const;
export type TransferFormat = (typeof transferFormats)[number];

export type FormatAnswer =
  | {
      readonly kind: 'FORMAT';
      readonly format: TransferFormat;
      /** Documents of the format, in the order of `paths`; none for folders and texts beside pictures. */
      readonly documents: readonly string[];
      /** A `labels.csv` that belongs to the class folders (`readFolderLabels`). */
      readonly folderLabels?: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'AMBIGUOUS';
      readonly candidates: readonly { readonly format: DocumentFormat; readonly documents: readonly string[] }[];
      readonly reason: string;
    }
  | { readonly kind: 'UNKNOWN'; readonly reason: string };

/** Named like a document of labels. */
export const isDocumentPath = (path: string): boolean => /\.(?:json|jsonl|ndjson|manifest|csv)$/i.test(path);

/** Bytes at the start of a document that are enough to tell its format. */
export const headBytes = 64 * 1024;

/**
 * The format of an upload or archive. A document of labels goes before folders, since archives often have both; documents of one
 * format are read one after the other; of different formats nobody but the user can say which counts.
 * @param paths files of the archive, or the name of the one file.
 * @param headOf the first `headBytes` of a file, asked for `.json`, `.jsonl`, `.manifest`, `.csv` and up to three `.txt` files only.
 */
export async function detectFormat(
  paths: readonly string[],
  headOf: (path: string) => Promise<Uint8Array>,
): Promise<FormatAnswer> {
  const visible = paths.filter((path) => !isIgnoredPath(path));
  const found = new Map<DocumentFormat, string[]>();
  const unknown: string[] = [];
  let folderLabels: string | undefined;
  for (const path of visible.filter(isDocumentPath)) {
    const detected = detectDocument(path, await headOf(path));
    if (detected.kind === 'FOLDER_LABELS') folderLabels ??= path;
    else if (detected.kind === 'UNKNOWN') unknown.push(`${JSON.stringify(path)} ${detected.reason}`);
    else found.set(detected.kind, [...(found.get(detected.kind) ?? []), path]);
  }
  const [first, ...others] = [...found].map(([format, documents]) => ({ format, documents }));
  if (first && others.length > 0) {
    const reason = `There are documents of several formats: ${[...found.keys()].join(', ')}.`;
    return { kind: 'AMBIGUOUS', candidates: [first, ...others], reason };
  }
  if (first) {
    const reason = `${JSON.stringify(first.documents[0])} is of this format; folder names are not labels then.`;
    return { kind: 'FORMAT', ...first, reason };
  }
  return detectWithoutDocument(visible, headOf, folderLabels, unknown);
}

async function detectWithoutDocument(
  visible: readonly string[],
  headOf: (path: string) => Promise<Uint8Array>,
  folderLabels: string | undefined,
  unknown: readonly string[],
): Promise<FormatAnswer> {
  const pictures = visible.filter(isPicturePath);
  const remark = unknown.length > 0 ? ` (${unknown.slice(0, 3).join('; ')})` : '';
  if (pictures.length === 0)
    return { kind: 'UNKNOWN', reason: `There are neither pictures nor documents of labels${remark}.` };
  const stems = new Set(pictures.map(pathStem));
  const texts = visible.filter((path) => /\.txt$/i.test(path) && stems.has(pathStem(path)));
  if (texts.length > 0) {
    for (const path of texts.slice(0, 3))
      if (isYolo(Buffer.from(await headOf(path)).toString()))
        return {
          kind: 'UNKNOWN',
          reason: `${JSON.stringify(path)} holds boxes of object detection (YOLO), not labels.`,
        };
    const reason = `${texts.length} of ${pictures.length} pictures have a text of the same name beside them${remark}.`;
    return { kind: 'FORMAT', format: 'IMAGE_TEXT', documents: [], reason };
  }
  const inFolders = pictures.filter((path) => pathSegments(path).length > 1).length;
  const reason = `${inFolders} of ${pictures.length} pictures lie in folders, the others are unlabelled${remark}.`;
  return { kind: 'FORMAT', format: 'CLASS_FOLDERS', documents: [], ...(folderLabels && { folderLabels }), reason };
}

/** Lines of a class number and four or more coordinates. */
function isYolo(text: string): boolean {
  const lines = text.trim().split(/\s*\n/);
  return lines[0] !== '' && /^\d+(?:\s+[\d.eE+-]+){4,}$/.test(lines[0]!.trim());
}
