import '#core/platform/require-node.ts';

const { runBackupCommand } = await import('./backup/backup-command.ts');
process.exitCode = await runBackupCommand(process.argv.slice(2));
