import '#core/platform/require-node.ts';

await import('./fuzz-command.ts');
