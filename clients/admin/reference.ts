import type { Command, Option } from 'commander';
import { commandNodes } from './completion-script.ts';
import { exitCodeMeanings, exitCodes } from './exit-codes.ts';
import { examplesOf } from './kit.ts';
import { environmentHelp } from './program.ts';

/** The reference of the command as Markdown, made of the command itself. */
export function renderReference(program: Command): string {
  const sections = commandNodes(program)
    .filter(({ path }) => path !== '')
    .map(({ path, command }) => renderCommand(path, command));
  return [
    '<!-- Made by `npm run admin:reference`; do not edit. -->',
    '# The command `exemplar`',
    '',
    `${program.description()} In a checkout it is \`npm run -s exemplar -- COMMAND\`; after \`npm link\` it is \`exemplar COMMAND\` anywhere. On a machine without a checkout it is a package ([clients/admin](../clients/admin/README.md)).`,
    '[quick-start.md](quick-start.md) shows the way from pictures to a model.',
    '',
    'Projects, labels, deployments and tokens are named by name or id, versions as `V001`, `v1`, `1` or id. Where a command takes a version or a',
    'training and none is named, it is the newest; where `--project` is left out it is that of `EXEMPLAR_PROJECT`, or the only one that there is.',
    '',
    'With `--json` stdout holds one JSON document, or a JSON line for each event or file (`watch`, `train --watch`, `predict`, `annotate`,',
    '`images upload`, `doctor`), in the words of [schema.graphql](../schema/schema.graphql); errors are `{"error": {"code", "message"}}` on stderr.',
    'Without a terminal nothing is coloured, cut or redrawn, and what would be asked for (`--yes`) is an error instead.',
    '',
    'Ctrl-C during `train --watch`, `watch`, `images import`, `images export`, `export` and `deploy create` ends the showing: what was started goes on.',
    '',
    '| variable | meaning |',
    '| --- | --- |',
    ...Object.entries(environmentHelp).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`),
    '',
    '| exit code | when |',
    '| --- | --- |',
    ...Object.entries(exitCodes).map(
      ([name, code]) => `| ${code} | ${exitCodeMeanings[name as keyof typeof exitCodes]} |`,
    ),
    '',
    ...sections,
    '## exemplar models',
    '',
    'Base models of an installation, without a server; only in a checkout. See [base-models.md](base-models.md).',
    '',
  ].join('\n');
}

function renderCommand(path: string, command: Command): string {
  const synopsis = `exemplar ${path} ${command.usage()}`;
  const rows = [
    ...command.registeredArguments.map((one) => {
      const name = one.variadic ? `${one.name()}...` : one.name();
      return [one.required ? `<${name}>` : `[${name}]`, `${one.description}${choices(one.argChoices)}`] as const;
    }),
    ...command.options.map(
      (one) => [one.flags, `${one.description}${choices(one.argChoices)}${defaultOf(one)}`] as const,
    ),
  ];
  const table = [
    '| argument or option | meaning |',
    '| --- | --- |',
    ...rows.map(([name, meaning]) => `| \`${name}\` | ${meaning.replaceAll('|', '\\|')} |`),
    '',
  ];
  const isGroup = command.commands.length > 0;
  return [
    `${path.includes(' ') ? '###' : '##'} exemplar ${path}`,
    '',
    sentence(command.description()),
    '',
    ...(isGroup ? [] : ['```text', synopsis.replace(' [command]', ''), '```', '']),
    ...(rows.length > 0 ? table : []),
    ...examples(command),
  ].join('\n');
}

function examples(command: Command): string[] {
  const lines = examplesOf.get(command) ?? [];
  return lines.length === 0 ? [] : ['```sh', ...lines, '```', ''];
}

const choices = (words: readonly string[] | undefined): string =>
  words ? `: ${words.map((word) => `\`${word}\``).join(', ')}` : '';
const defaultOf = ({ defaultValue, negate }: Option): string =>
  defaultValue === undefined || negate ? '' : ` (default ${String(defaultValue)})`;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
