/** A step of a recipe, in the order of the document. */
export type RecipeStep =
  | { readonly kind: 'operation'; readonly document: string; variables: string; answer?: string }
  | { readonly kind: 'shell'; readonly script: string; answer?: string; printed?: string }
  /** A place in the last answer, such as `createProject.id`, that later steps know by a name. */
  | { readonly kind: 'keep'; readonly path: string; readonly name: string }
  /** What a command prints, by a name. */
  | { readonly kind: 'note'; readonly script: string; readonly name: string };

export interface Recipe {
  readonly title: string;
  readonly steps: readonly RecipeStep[];
}

const pieces = new RegExp(
  [
    /^### (?<title>[^\n]+)$/,
    /^(?<role>Variables|Answer):(?:\n\n```json\n(?<json>.*?)^```| `(?<line>[^`\n]+)`)$/,
    /^```(?<language>graphql|sh|text)\n(?<block>.*?)^```$/,
    /(?<isPrinted>what )?`(?<source>[^`\n]+)`(?: prints)?\s+as\s+`\$(?<name>[A-Z][A-Z0-9_]*)`/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gms',
);

/** The recipes of docs/api-cookbook.md: a heading each, and below it blocks and sentences such as "Keep `createProject.id` as `$PROJECT`." */
export function readRecipes(text: string): Recipe[] {
  const recipes: { title: string; steps: RecipeStep[] }[] = [];
  for (const { groups } of text.matchAll(pieces)) {
    const { title, role, json, line, language, block, isPrinted, source, name } = groups!;
    if (title !== undefined) {
      recipes.push({ title, steps: [] });
      continue;
    }
    const steps = recipes.at(-1)?.steps;
    if (!steps) continue;
    if (role !== undefined) {
      const call = steps.findLast((step) => step.kind === 'operation' || step.kind === 'shell');
      if (role === 'Answer' && call) call.answer = (json ?? line)!;
      else if (role === 'Variables' && call?.kind === 'operation') call.variables = (json ?? line)!;
      else throw new Error(`${role} without a call: ${json ?? line}`);
    } else if (language === 'graphql') steps.push({ kind: 'operation', document: block!, variables: '{}' });
    else if (language === 'text') {
      const call = steps.at(-1);
      if (call?.kind !== 'shell') throw new Error(`nothing has printed ${block}`);
      call.printed = block!;
    } else if (language === 'sh') steps.push({ kind: 'shell', script: block! });
    else if (isPrinted) steps.push({ kind: 'note', script: source!, name: name! });
    else steps.push({ kind: 'keep', path: source!, name: name! });
  }
  return recipes;
}

/** The value at a place such as `results[0].image.id`. @throws {Error} when nothing is there */
export function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const [, key] of path.matchAll(/([^.[\]]+)/g)) found = (found as Record<string, unknown> | undefined)?.[key!];
  if (found === undefined || found === null) throw new Error(`nothing at ${path} of ${JSON.stringify(value)}`);
  return found;
}

/** Puts what is known in the place of texts that are a name, such as `"$PROJECT"`. @throws {Error} for an unknown name */
export function fillIn(value: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => fillIn(one, values));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillIn(one, values)]));
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  if (!values.has(value.slice(1))) throw new Error(`${value} was not kept`);
  return values.get(value.slice(1));
}

/** Keys whose numbers do not depend on what a model has learnt. */
const exactNumber =
  /(Count|Revision|Ratio|Minutes|Hours|sequence|seed|percent|support|index|total|created|duplicate|refused)$/i;

/**
 * Where an answer is not what the document shows of it, in words; nothing when it is. The document leaves fields and, by a last "...",
 * entries out; texts end or are broken off at "..."; figures of a model need only be figures.
 */
export function differencesFromShown(real: unknown, shown: unknown, place = 'answer'): string[] {
  const differs = [`${place} is ${JSON.stringify(real)}, shown is ${JSON.stringify(shown)}`];
  if (Array.isArray(shown)) {
    const isCut = shown.at(-1) === '...';
    const entries = isCut ? shown.slice(0, -1) : shown;
    if (!Array.isArray(real) || (isCut ? real.length <= entries.length : real.length !== entries.length))
      return differs;
    return entries.flatMap((one, index) => differencesFromShown(real[index], one, `${place}[${index}]`));
  }
  if (shown !== null && typeof shown === 'object') {
    if (real === null || typeof real !== 'object') return differs;
    return Object.entries(shown).flatMap(([key, one]) =>
      differencesFromShown((real as Record<string, unknown>)[key], one, `${place}.${key}`),
    );
  }
  if (typeof shown === 'string') {
    const pattern = shown.split('...').map((part) => part.replace(/[^\w\s]/g, '\\$&'));
    return typeof real === 'string' && new RegExp(`^${pattern.join('.*')}$`, 's').test(real) ? [] : differs;
  }
  if (typeof shown === 'number' && !exactNumber.test(place)) return typeof real === 'number' ? [] : differs;
  return real === shown ? [] : differs;
}

/** The lines of a printed text that the document shows and that were not printed; "..." stands for anything, a number for any number. */
export function linesNotPrinted(printed: string, shown: string): string[] {
  const escaped = (text: string) => text.replace(/[^\w\s]/g, '\\$&');
  return shown
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => {
      const parts = line.split('...').map((part) =>
        part
          .split(/\d+(?:\.\d+)?/)
          .map(escaped)
          .join('[\\d.e-]+'),
      );
      return !new RegExp(`^${parts.join('.*')}$`, 'm').test(printed);
    });
}
