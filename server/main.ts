import '#core/platform/require-node.ts';

await import('./server-role.ts');
