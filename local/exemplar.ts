import '#core/platform/require-node.ts';

await import('./exemplar-command.ts');
