import '#core/platform/require-node.ts';

const { runRestoreCommand } = await import('./backup/restore-command.ts');
process.exitCode = await runRestoreCommand(process.argv.slice(2));
