import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Node {
  /** Words after `exemplar`, such as `images list`. */
  readonly path: string;
  readonly command: Command;
}

/** All commands, from the program down. */
export function commandNodes(command: Command, path: readonly string[] = []): Node[] {
  const below = command.commands.flatMap((one) => commandNodes(one, [...path, one.name()]));
  return [{ path: path.join(' '), command }, ...below];
}

/** A script for the shell that knows commands, options and the words that options take; other words are files. */
export function completionScript(program: Command, shell: Shell): string {
  const nodes = commandNodes(program);
  return shell === 'fish' ? fishScript(nodes) : shell === 'zsh' ? zshScript(nodes) : bashScript(nodes);
}

const optionsOf = ({ command }: Node) => command.options.filter(({ hidden }) => !hidden);
const wordsOf = (node: Node): string =>
  [
    ...node.command.commands.map((one) => one.name()),
    ...optionsOf(node).flatMap(({ long, short }) => [long, short]),
    '--json',
    '--help',
  ]
    .filter((word, index, all) => word !== undefined && all.indexOf(word) === index)
    .join(' ');

/** `case` branches: which words follow a command, and which an option. */
function branches(nodes: readonly Node[]): string {
  const choices = nodes.flatMap((node) =>
    optionsOf(node).flatMap(({ long, argChoices }) =>
      argChoices ? [`    '${node.path} ${long}') words='${argChoices.join(' ')}' ;;`] : [],
    ),
  );
  return [...choices, ...nodes.map((node) => `    '${node.path}') words='${wordsOf(node)}' ;;`)].join('\n');
}

const paths = (nodes: readonly Node[]): string =>
  nodes
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path}'`)
    .join('|');

const bashScript = (nodes: readonly Node[]): string => `# exemplar: completion for bash
_exemplar() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths(nodes)}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $previous" in
${branches(nodes.filter(({ path }) => path !== ''))
  .split('\n')
  .filter((line) => / --[^']*'\)/.test(line))
  .join('\n')}
    *) case "$path" in
${branches(nodes)
  .split('\n')
  .filter((line) => !/ --[^']*'\)/.test(line))
  .join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _exemplar exemplar
`;

const zshScript = (nodes: readonly Node[]): string => `#compdef exemplar
# exemplar: completion for zsh
autoload -Uz bashcompinit && bashcompinit
${bashScript(nodes).split('\n').slice(1).join('\n')}`;

function fishScript(nodes: readonly Node[]): string {
  const lines = ['# exemplar: completion for fish', 'function __exemplar_at', ...fishAt(nodes), 'end'];
  for (const node of nodes) {
    const at = `-n '__exemplar_at "${node.path}"'`;
    for (const one of node.command.commands)
      lines.push(`complete -c exemplar -f ${at} -a ${one.name()} -d ${quote(one.description())}`);
    for (const { long, short, argChoices, required, optional, description } of optionsOf(node)) {
      const names = `${long ? ` -l ${long.slice(2)}` : ''}${short ? ` -s ${short.slice(1)}` : ''}`;
      const takes = argChoices ? ` -x -a '${argChoices.join(' ')}'` : required || optional ? ' -r' : '';
      lines.push(`complete -c exemplar ${at}${names}${takes} -d ${quote(description)}`);
    }
  }
  lines.push("complete -c exemplar -l json -d 'JSON'", "complete -c exemplar -l help -s h -d 'help'");
  return `${lines.join('\n')}\n`;
}

const fishAt = (nodes: readonly Node[]): string[] => [
  '  set -l path',
  '  for word in (commandline -opc)[2..]',
  '    set -l longer (string trim "$path $word")',
  `    contains -- $longer ${nodes.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join(' ')}`,
  '    and set path $longer',
  '  end',
  '  test "$path" = "$argv[1]"',
];

const quote = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
