import '#core/platform/require-node.ts';

await import('./worker-role.ts');
