import '#core/platform/require-node.ts';

await import('./chaos-command.ts');
