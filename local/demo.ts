import '#core/platform/require-node.ts';

await import('./demo-command.ts');
