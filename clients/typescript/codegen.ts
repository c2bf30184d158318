import type { CodegenConfig } from '@graphql-codegen/cli';

/** `npm run codegen`: types and documents of every `graphql()` call below, from the contract alone. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: [
    'clients/typescript/**/*.ts',
    '!clients/typescript/**/*.test.ts',
    '!clients/typescript/{generated,dist}/**',
  ],
  importExtension: '.ts',
  generates: {
    'clients/typescript/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        // Only what a document selects is in its type.
        skipTypename: true,
        immutableTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', UUID: 'string', ID: 'string' },
      },
    },
  },
};
export default config;
