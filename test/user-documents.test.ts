import { readFile } from 'node:fs/promises';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { evaluateClassification } from '#engine/metrics/evaluate-classification.ts';
import { wilsonInterval } from '#engine/metrics/wilson-interval.ts';
import { schema } from '#schema/index.ts';
import { commandNodes } from '../clients/admin/completion-script.ts';
import { createProgram } from '../clients/admin/program.ts';
import { tableRows } from './table-rows.ts';

const read = (name: string) => readFile(new URL(`../docs/${name}`, import.meta.url), 'utf8');
const [concepts, guide, performance] = await Promise.all(
  ['concepts.md', 'labelling-and-training.md', 'performance.md'].map(read),
);
/** The part of a text below a heading, to the next one of its kind. */
const section = (text: string, heading: string) => text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))!;
/** What a table says of each code in its first column. */
const codesOf = (text: string) => tableRows(text).flatMap(([cell]) => /^`(\w+)`$/.exec(cell!)?.slice(1) ?? []);
const valuesOf = (name: string) => {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`${name} is no enum`);
  return type.getValues().map((value) => value.name);
};

/** Every name of the contract: types, fields, arguments, inputs, values. */
const names = new Set(
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isObjectType(type) || isInterfaceType(type))
      return [
        type.name,
        ...Object.values(type.getFields()).flatMap(({ name, args }) => [name, ...args.map((one) => one.name)]),
      ];
    if (isInputObjectType(type)) return [type.name, ...Object.keys(type.getFields())];
    if (isEnumType(type)) return [type.name, ...valuesOf(type.name)];
    return [type.name];
  }),
);

const { stdout, stderr } = process;
const { command } = createProgram({ stdout, stderr, environment: {}, signal: new AbortController().signal });
const commands = new Map(commandNodes(command).map((node) => [node.path, node.command]));

const choices = new Set(
  [...commands.values()].flatMap((one) => one.options.flatMap(({ argChoices }) => argChoices ?? [])),
);

describe.each([
  ['concepts.md', concepts!],
  ['labelling-and-training.md', guide!],
])('%s', (_name, text) => {
  const spans = [...text.replace(/^```.*?^```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, span]) => span!);
  const isCommand = (span: string) => /^(exemplar|npm) |^--/.test(span);

  test('uses the words of the contract', () => {
    // Labels and versions that the documents make up.
    const own = /^(rose|other|metal|V\d+)$/;
    const words = spans.filter((span) => !isCommand(span)).flatMap((span) => span.match(/[A-Za-z][\w-]*/g) ?? []);
    expect(words.length).toBeGreaterThan(20);
    expect(words.filter((word) => !names.has(word) && !choices.has(word) && !own.test(word))).toEqual([]);
  });

  test('gives commands and options that there are', () => {
    const shown = spans.filter((span) => span.startsWith('exemplar ') && !span.includes('...'));
    for (const span of shown) {
      const words = span.split(' ').slice(1);
      const path = [2, 1].map((length) => words.slice(0, length).join(' ')).find((one) => commands.has(one));
      expect(path, span).toBeDefined();
      const options = commands.get(path!)!.options.flatMap(({ long, short }) => [long, short]);
      for (const option of words.filter((word) => word.startsWith('-'))) expect(options, span).toContain(option);
    }
    const options = [...commands.values()].flatMap((one) => one.options.map(({ long }) => long));
    for (const span of spans.filter((one) => one.startsWith('--'))) expect(options).toContain(span.split(' ')[0]);
  });
});

describe('the concepts', () => {
  test.each([
    ['Split', 'Split'],
    ['Training', 'TrainingState'],
    ['Deployment', 'DeploymentState'],
  ])('name every value of %s', (heading, type) => {
    expect(codesOf(section(concepts!, heading)).sort()).toEqual(valuesOf(type).sort());
  });

  test.each([
    'ProjectType',
    'ProjectRole',
    'AnnotationSource',
    'StopReason',
    'TrainingStage',
    'DeploymentStopCause',
    'Decision',
    'AccessTokenScope',
    'TransferState',
    'TrainingPreference',
  ])('name every value of %s in the text', (type) => {
    for (const value of valuesOf(type)) expect(concepts).toContain(`\`${value}\``);
  });

  test('list every setting of a training, with its default', () => {
    const input = schema.getType('TrainingConfigInput');
    if (!isInputObjectType(input)) throw new Error('TrainingConfigInput is no input');
    const rows = tableRows(section(concepts!, 'Training configuration')).slice(1);
    expect(rows.map(([field]) => field!.replaceAll('`', '')).sort()).toEqual(Object.keys(input.getFields()).sort());
    for (const [field, fallback] of rows) {
      const description = input.getFields()[field!.replaceAll('`', '')]!.description!;
      const [, saved] = /as saved \(([\w.]+)/.exec(description) ?? [];
      if (/^`?[\dA-Z]/.test(fallback!)) expect(saved, field).toBe(fallback!.replaceAll('`', ''));
    }
  });
});

describe('the guide', () => {
  test('says what to do about every blocker and warning', () => {
    const codes = codesOf(section(guide!, 'Ready?'));
    expect(codes.sort()).toEqual([...valuesOf('ReadinessBlockerCode'), ...valuesOf('ReadinessWarningCode')].sort());
  });

  test('shows the accuracies that were measured', () => {
    const measured = tableRows(section(performance!, performance!.match(/^## (Learning: .*)$/m)![1]!)).map(
      ([set, images, , ...accuracies]) => [set, images, ...accuracies.slice(0, 3)].join(' | '),
    );
    const shown = tableRows(section(guide!, 'How many pictures')).map((row) => row.join(' | '));
    expect(shown).toHaveLength(13);
    for (const row of shown) expect(measured).toContain(row);
  });

  test('shows times and gains that were measured', () => {
    const learning = section(performance!, performance!.match(/^## (Learning: .*)$/m)![1]!).replace(/\s+/g, ' ');
    const rows = tableRows(section(guide!, 'Which preference')).slice(1);
    const lower = learning.toLowerCase();
    for (const [, , time] of rows) expect(lower).toContain(time);
    const gains = [...section(guide!, 'Which preference').matchAll(/\d+\.\d+ \+- \d+\.\d+/g)].map(([gain]) => gain);
    expect(gains).toHaveLength(2);
    for (const gain of gains) expect(learning).toContain(gain);
  });

  test('gives the intervals that the evaluation gives', () => {
    const rows = tableRows(section(guide!, 'Read the figures')).slice(1);
    expect(rows.length).toBeGreaterThan(4);
    for (const [judged, right, interval] of rows) {
      const { lower, upper } = wilsonInterval(Number(right), Number(judged));
      expect(interval).toBe(`${Math.round(100 * lower)} % to ${Math.round(100 * upper)} %`);
    }
  });

  test('explains an evaluation whose figures follow from its matrix', () => {
    const [, shown] = /^```text\n(.*?)^```$/ms.exec(section(guide!, 'Read the figures'))!;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    const matrix = [...shown!.matchAll(/^\d \w+ +((?:[\d.]+ *)+)$/gm)].map(([, cells]) =>
      cells!
        .trim()
        .split(/ +/)
        .map((cell) => (cell === '.' ? 0 : Number(cell))),
    );
    const images = matrix.flatMap((row, actual) =>
      row.flatMap((count, said) => Array.from({ length: count }, () => [actual, said] as const)),
    );
    const sure = images.flatMap(([, said]) => matrix.map((_, label) => (label === said ? 1 : 0)));
    const { accuracy, macro, classStatistics } = evaluateClassification(
      Int32Array.from(images, ([actual]) => actual),
      Float32Array.from(sure),
      matrix.length,
    );
    const { lower, upper } = wilsonInterval(Math.round(accuracy * images.length), images.length);
    expect(shown).toContain(
      `accuracy ${percent(accuracy)}   macro precision ${percent(macro.precision)}, recall ${percent(macro.recall)}, F1 ${percent(macro.f1)}`,
    );
    expect(shown).toContain(`between ${percent(lower)} and ${percent(upper)}`);
    const lines = [...shown!.matchAll(/^\w+ +(\d+) +([\d.]+ %) +([\d.]+ %) +([\d.]+ %)$/gm)].map(
      ([, ...cells]) => cells,
    );
    expect(lines).toEqual(
      classStatistics.map(({ support, precision, recall, f1 }) => [
        String(support),
        ...[precision, recall, f1].map(percent),
      ]),
    );
  });
});
