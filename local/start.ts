import '#core/platform/require-node.ts';

await import('./start-command.ts');
