import { Argument, type Command } from 'commander';
import { completionScript, shells, type Shell } from '../completion-script.ts';
import { leaf, type Kit } from '../kit.ts';

export function addCompletion(program: Command, kit: Kit): void {
  leaf(program, 'completion', 'print what makes a shell complete commands and options', [
    'source <(exemplar completion bash)                        # in ~/.bashrc',
    'source <(exemplar completion zsh)                         # in ~/.zshrc, after compinit',
    'exemplar completion fish > ~/.config/fish/completions/exemplar.fish',
  ])
    .addArgument(new Argument('<shell>').choices(shells))
    .action(
      kit.act(async ({ output }, shell: Shell) => {
        const script = completionScript(program, shell);
        output.result({ shell, script }, () => script.trimEnd().split('\n'));
      }),
    );
}
