import { csvLayoutOf } from './csv-layout.ts';
import { delimiterOf, parseRecord } from './csv-records.ts';
import { isObject } from './fields.ts';
import { isFolderLabelsHeader } from './folder-labels.ts';
import { isUtf16 } from './lines.ts';

export const documentFormats = [
  'MODELARTS_MANIFEST',
  'CSV',
  'VERTEX_JSONL',
  'SAGEMAKER_MANIFEST',
  'LABEL_STUDIO',
  'COCO_LABELS',
] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export type DetectedDocument =
  | { readonly kind: DocumentFormat }
  /** The `labels.csv` of our class folders. */
  | { readonly kind: 'FOLDER_LABELS' }
  | { readonly kind: 'UNKNOWN'; readonly reason: string };

/** What one document is, from its name and the first bytes of it, which may end anywhere. */
export function detectDocument(path: string, head: Uint8Array): DetectedDocument {
  if (isUtf16(head)) return { kind: 'UNKNOWN', reason: 'is UTF-16; save it as UTF-8' };
  const text = Buffer.from(head)
    .toString()
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text === '') return { kind: 'UNKNOWN', reason: 'is empty' };
  if (/\.csv$/i.test(path)) return detectCsv(text);
  if (text.startsWith('[')) return detectList(text);
  if (text.startsWith('{') || /\n\s*\{/.test(text)) return detectObject(text);
  return { kind: 'UNKNOWN', reason: 'is not JSON' };
}

function detectCsv(text: string): DetectedDocument {
  const line = (/^(?:sep=[,;\t]\r?\n)?([^\n]*)/.exec(text)?.[1] ?? '').replace(/\r$/, '');
  const cells = parseRecord(line, /^sep=([;\t])/.exec(text) ? (text[4] as ';' | '\t') : delimiterOf(line));
  if (!Array.isArray(cells)) return { kind: 'UNKNOWN', reason: 'has a first row with broken quotation marks' };
  if (isFolderLabelsHeader(cells)) return { kind: 'FOLDER_LABELS' };
  const layout = csvLayoutOf(cells);
  return layout.kind === 'UNKNOWN' ? layout : { kind: 'CSV' };
}

/** Label Studio is the only list. The first task may be cut off, so its fields are looked for in the text. */
function detectList(text: string): DetectedDocument {
  const isFull = /"data"\s*:\s*\{/.test(text);
  const isMin = /"(?:annotation_id|annotator|lead_time)"\s*:/.test(text);
  if (isFull || isMin) return { kind: 'LABEL_STUDIO' };
  return { kind: 'UNKNOWN', reason: 'is a JSON list, but not of tasks of Label Studio' };
}

function detectObject(text: string): DetectedDocument {
  // The first lines may be broken, or one be longer than the head.
  for (const line of text.split('\n', 20)) {
    const object = parseObject(line);
    if (!object) continue;
    if ('source-ref' in object) return { kind: 'SAGEMAKER_MANIFEST' };
    if ('imageGcsUri' in object) return { kind: 'VERTEX_JSONL' };
    if ('source' in object) return { kind: 'MODELARTS_MANIFEST' };
  }
  if (/"(?:images|categories)"\s*:\s*\[/.test(text)) return { kind: 'COCO_LABELS' };
  return { kind: 'UNKNOWN', reason: 'is JSON of no format that is read' };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
