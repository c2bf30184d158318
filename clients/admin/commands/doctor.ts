import type { Command } from 'commander';
import type { Finding } from '../finding.ts';
import { exitCodes } from '../exit-codes.ts';
import { leaf, type Kit } from '../kit.ts';
import type { Output } from '../output.ts';

export function addDoctor(program: Command, kit: Kit): void {
  leaf(program, 'doctor', 'look whether everything works, and say what to do where it does not', [
    'exemplar doctor',
    'exemplar doctor --json | jq -c \'select(.state == "bad")\'',
  ]).action(
    kit.act(async (session) => {
      const { output } = session;
      // It brings a parser of GraphQL, which no other command needs.
      const { examine } = await import('../examine.ts');
      let isBad = false;
      for await (const finding of examine(session)) {
        isBad ||= finding.state === 'bad';
        output.event(finding, describe(finding, output));
      }
      return isBad ? exitCodes.unhealthy : exitCodes.done;
    }),
  );
}

const width = 12;

function describe({ check, state, message, advice }: Finding, output: Output): string {
  const signs = {
    good: output.good('ok  '),
    warning: output.warning('warn'),
    bad: output.bad('BAD '),
    unknown: output.dim('?   '),
  };
  const line = `${signs[state]}  ${check.padEnd(width)}  ${message}`;
  return advice === undefined ? line : `${line}\n${' '.repeat(width + 8)}${advice}`;
}
