import type { ExportFacts } from './export-facts.ts';

const runtimeVersion = '1.30.0';

/** `config.json` of a model package of ModelArts: what the model is, how well it does, how it is called and what it needs. */
export function modelArtsConfig({ evaluation: { accuracy, macro } }: ExportFacts): object {
  return {
    model_algorithm: 'image_classification',
    model_type: 'Custom',
    metrics: { f1: macro.f1, recall: macro.recall, precision: macro.precision, accuracy },
    apis: [
      {
        protocol: 'http',
        url: '/',
        method: 'post',
        request: {
          'Content-type': 'multipart/form-data',
          data: { type: 'object', properties: { images: { type: 'file' } } },
        },
        response: {
          'Content-type': 'application/json',
          data: {
            type: 'object',
            properties: {
              predicted_label: { type: 'string' },
              scores: {
                type: 'array',
                items: { type: 'array', minItems: 2, maxItems: 2, items: [{ type: 'string' }, { type: 'number' }] },
              },
            },
          },
        },
      },
    ],
    dependencies: [
      {
        installer: 'pip',
        packages: [
          { package_name: 'onnxruntime', package_version: runtimeVersion, restraint: 'ATLEAST' },
          { package_name: 'numpy' },
        ],
      },
    ],
  };
}
