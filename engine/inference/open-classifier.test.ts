import { describe, expect, it } from 'vitest';
import { exportClassifier } from '../export/export-classifier.ts';
import { setMetadata } from '../onnx/metadata.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { readModel } from '../onnx/read-model.ts';
import { writeModel } from '../onnx/write-model.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { trainedNetwork } from '../testing/trained-network.ts';
import { openClassifier } from './open-classifier.ts';

const tiny = tinyBaseModel();
const file = exportClassifier(
  tiny,
  [
    { id: 'a', name: 'cat' },
    { id: 'b', name: 'dog' },
  ],
  await trainedNetwork(tiny, { weights: new Float32Array(256), bias: new Float32Array(2) }),
);

/** The exported file after a change. */
function changed(change: (model: ModelProto) => void): Uint8Array {
  const model = readModel(file);
  change(model);
  return writeModel(model);
}

describe('openClassifier', () => {
  it('opens what was exported', async () => {
    const classifier = await openClassifier(file);
    const { probabilities, unfamiliarity } = await classifier.classify(new Uint8Array(2 * 32 * 32 * 3), 2);
    expect([...probabilities]).toEqual([0.5, 0.5, 0.5, 0.5]);
    // As files of before it was told.
    expect(unfamiliarity).toBeUndefined();
    expect(classifier.unfamiliarityThreshold).toBeUndefined();
    await classifier.close();
  });

  it.each([
    ['another ONNX file', tiny.bytes, 'not an Exemplar classifier'],
    ['no ONNX file', Buffer.from('hello'), 'not an ONNX model'],
    ['nothing', new Uint8Array(), 'empty'],
    ['no names', changed((model) => (model.metadataProps = [])), 'not an Exemplar classifier'],
    ['names that are no JSON', changed((model) => setMetadata(model, 'names', '{cat')), 'not an Exemplar classifier'],
    ['names that are no list', changed((model) => setMetadata(model, 'names', '"cat"')), 'not an Exemplar classifier'],
    ['an id too few', changed((model) => setMetadata(model, 'class_ids', '["a"]')), 'not an Exemplar classifier'],
    ['no size', changed((model) => setMetadata(model, 'input_size', 'big')), 'not an Exemplar classifier'],
    ['no resize mode', changed((model) => setMetadata(model, 'resize', 'contain')), 'not an Exemplar classifier'],
    [
      'a threshold that is no number',
      changed((model) => setMetadata(model, 'unfamiliarity_threshold', 'far')),
      'not an Exemplar classifier',
    ],
    [
      'a graph that does not run',
      changed(({ graph }) => (graph.node[0]!.opType = 'Unheard')),
      'ONNX Runtime cannot load',
    ],
  ])('refuses %s', async (_, bytes, message) => {
    const error = await openClassifier(bytes).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OnnxFormatError);
    expect((error as Error).name).toBe('OnnxFormatError');
    expect((error as Error).message).toContain(message);
  });

  it('reads its keys in any case, as the standard asks', async () => {
    const shouting = changed((model) => {
      model.metadataProps = model.metadataProps.map(({ key, value }) => ({ key: key.toUpperCase(), value }));
    });
    const classifier = await openClassifier(shouting);
    expect(classifier.classes.map(({ name }) => name)).toEqual(['cat', 'dog']);
    await classifier.close();
  });
});
