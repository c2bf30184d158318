/*
 * Training steps of an ONNX network of dense convolutions in TensorFlow.js, wasm backend, one thread: a peer of bench/engine.ts.
 *
 *     node tfjs-training-step.mjs FOLDER library|rewritten MODEL.onnx SIZE BATCH CLASSES
 *
 * FOLDER has node_modules with @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm; the product never runs this. Answers each line
 * on stdin with the processor seconds of one step: forward, soft-target cross entropy, backward, clipping, AdamW.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readNetwork } from '#engine/autodiff/index.ts';
import { readModel } from '#engine/onnx/read-model.ts';
import { differentiableConvolution } from './tfjs-convolution.mjs';

const [folder, inputGradient, path, ...sizes] = process.argv.slice(2);
const [size, batch, classes] = sizes.map(Number);
const require = createRequire(join(folder, 'package.json'));
const tf = require('@tensorflow/tfjs');
const { setThreadsCount, version_wasm: version } = require('@tensorflow/tfjs-backend-wasm');
setThreadsCount(1);
if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js has no wasm backend here');

const learningRate = 1e-4;
const weightDecay = 0.05;
const largestGradientNorm = 1;
const convolution = differentiableConvolution(tf, inputGradient);
const network = await readNetwork(readModel(await readFile(path)), 'input', 'output');
const parameters = new Map();
for (const { kind, name, geometry, weights, bias } of network.layers) {
  if (kind !== 'conv') continue;
  const { outChannels, kernel, inChannels } = geometry;
  const filter = tf.tidy(() => tf.transpose(tf.tensor(weights, [outChannels, ...kernel, inChannels]), [1, 2, 3, 0]));
  parameters.set(name, { filter: tf.variable(filter), bias: tf.variable(tf.tensor1d(bias)) });
}
const [dimension] = network.shapes.get(network.output);
const deviation = 1 / Math.sqrt(dimension);
const head = {
  weights: tf.variable(tf.randomUniform([dimension, classes], -deviation, deviation, 'float32', 1)),
  bias: tf.variable(tf.zeros([classes])),
};
const variables = [...[...parameters.values()].flatMap(({ filter, bias }) => [filter, bias]), head.weights, head.bias];
const pictures = tf.randomUniform([batch, size, size, 3], 0, 1, 'float32', 2);
const targets = tf
  .oneHot(
    Array.from({ length: batch }, (_, row) => row % classes),
    classes,
  )
  .toFloat();
const optimizer = tf.train.adam(learningRate);

function forward() {
  const known = new Map([[network.input, pictures]]);
  for (const layer of network.layers) {
    const [x, other] = layer.inputs.map((name) => known.get(name));
    known.set(layer.output, compute(layer, x, other));
  }
  return tf.add(tf.matMul(known.get(network.output), head.weights), head.bias);
}

function compute(layer, x, other) {
  if (layer.kind === 'conv') {
    const { filter, bias } = parameters.get(layer.name);
    const { strides, pads } = layer.geometry;
    const isFirst = layer.inputs[0] === network.input;
    return convolution(x, filter, bias, { stride: strides[0], pad: pads[0], isFirst });
  }
  if (layer.kind === 'activation' && layer.activation.name === 'relu') return tf.relu(x);
  if (layer.kind === 'add') return tf.add(x, other);
  if (layer.kind === 'globalAveragePool') return tf.mean(x, [1, 2]);
  if (layer.kind === 'reshape') return tf.reshape(x, [batch, -1]);
  throw new Error(`unknown layer ${layer.kind}`);
}

const loss = () => tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(forward())), 1)));

function squaredNorm(gradients) {
  return tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))));
}

function step() {
  tf.tidy(() => {
    const { grads } = tf.variableGrads(loss, variables);
    const scale = tf.minimum(1, tf.div(largestGradientNorm, tf.sqrt(squaredNorm(Object.values(grads)))));
    for (const variable of variables) variable.assign(tf.mul(variable, 1 - learningRate * weightDecay));
    optimizer.applyGradients(
      Object.fromEntries(Object.entries(grads).map(([name, each]) => [name, tf.mul(each, scale)])),
    );
  });
}

/** The gradient is our own: a peer that computed another one would be none. @throws {Error} when a finite difference disagrees. */
function checkGradient() {
  tf.tidy(() => {
    const { grads } = tf.variableGrads(loss, variables);
    const squared = squaredNorm(Object.values(grads)).dataSync()[0];
    const before = variables.map((variable) => tf.clone(variable));
    const distance = 1e-3 / Math.sqrt(squared);
    const lossAt = (far) => {
      for (const [at, variable] of variables.entries())
        variable.assign(tf.add(before[at], tf.mul(grads[variable.name], far)));
      return loss().dataSync()[0];
    };
    const slope = (lossAt(distance) - lossAt(-distance)) / (2 * distance);
    lossAt(0);
    if (!(Math.abs(slope / squared - 1) < 0.02))
      throw new Error(`The loss changes by ${slope} along its gradient, not by ${squared}.`);
  });
}

checkGradient();
step();
process.stdout.write(`ready tfjs-backend-wasm ${version}\n`);
for await (const _ of createInterface({ input: process.stdin })) {
  const start = process.cpuUsage();
  step();
  const { user, system } = process.cpuUsage(start);
  process.stdout.write(`${(user + system) / 1e6}\n`);
}
