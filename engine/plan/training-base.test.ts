import { expect, test } from 'vitest';
import { shapeOf } from '../autodiff/index.ts';
import { NetworkWriter } from '../autodiff/testing/network-writer.ts';
import type { BaseModel } from '../base-model.ts';
import { exportClassifier } from '../export/export-classifier.ts';
import { writeModel } from '../onnx/write-model.ts';
import { baseModelCard, tinyBaseModel } from '../testing/tiny-base-model.ts';
import { drawnHead, trainedNetwork } from '../testing/trained-network.ts';
import { openTrainingBases } from './training-base.ts';

/** The features have a weight for each place of the last map. */
function placeBound(): BaseModel {
  const net = new NetworkWriter([3, 32, 32], 3);
  const flat = net.node('Flatten', [net.node('Relu', [net.conv('input', [3, 4], { stride: 2 })])], { axis: 1 });
  const features = net.node('Gemm', [flat, net.weights([10, 4 * 16 * 16])], { transB: 1 });
  const model = net.model(features, 10);
  const sizes = { size: 32, dimension: 10, parameters: 1, multiplyAdds: 1 };
  return { model, card: baseModelCard('place-bound', writeModel(model), { output: 'output', ...sizes }) };
}

/** As {@link placeBound}, without weights of their own: another size gives other features, and more of them. */
function placeKeeping(): BaseModel {
  const net = new NetworkWriter([3, 32, 32], 3);
  const model = net.model(net.node('Flatten', [net.conv('input', [3, 4], { stride: 4 })], { axis: 1 }), 256);
  const sizes = { size: 32, dimension: 256, parameters: 1, multiplyAdds: 1 };
  return { model, card: baseModelCard('place-keeping', writeModel(model), { output: 'output', ...sizes }) };
}

test('accuracy may be sought on larger pictures, where the network takes them', async () => {
  for (const [model, preference, sizes] of [
    [tinyBaseModel(), 'BALANCE', [32]],
    [tinyBaseModel(), 'ACCURACY_FIRST', [32, 48]],
    [placeBound(), 'ACCURACY_FIRST', [32]],
    [placeKeeping(), 'ACCURACY_FIRST', [32]],
  ] as const) {
    const bases = await openTrainingBases({ baseModel: model, preference });
    expect(bases.map(({ baseModel }) => baseModel.card.input.size)).toEqual(sizes);
    for (const { baseModel, network, previous } of bases) {
      const { size } = baseModel.card.input;
      expect(shapeOf(network, 'input')).toEqual([3, size, size]);
      expect(shapeOf(network, network.output)).toEqual([model.card.output.dimension]);
      expect(previous).toBeUndefined();
    }
  }
});

test('an earlier version takes the place of the base model, at its own size', async () => {
  const tiny = tinyBaseModel();
  const trained = await trainedNetwork(tiny, drawnHead(128, 2, 1), { cut: 'input' });
  const initialVersion = exportClassifier(
    tiny,
    [
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
    ],
    trained,
  );
  const [base, ...others] = await openTrainingBases({
    baseModel: tinyBaseModel(2),
    preference: 'ACCURACY_FIRST',
    initialVersion,
  });
  expect(others).toEqual([]);
  expect(base!.baseModel.card).toMatchObject({ name: 'tiny', input: { size: 32 } });
  expect(base!.baseModel.card.sha256).not.toBe(tiny.card.sha256);
  expect(base!.previous!.classIds).toEqual(['a', 'b']);
});
