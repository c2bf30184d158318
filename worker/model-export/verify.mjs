// Asks model.onnx about the golden pictures and compares with what the server answered: node verify.mjs
// Needs: npm install onnxruntime-node
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
// onnxruntime reports usage to its maker unless this is set before it is loaded.
process.env.ORT_DISABLE_TELEMETRY ??= '1';
const { default: ort } = await import('onnxruntime-node');

const fileOf = (name) => new URL(name, import.meta.url);
const { tolerance, examples } = JSON.parse(readFileSync(fileOf('golden/outputs.json'), 'utf8'));

async function largestDifference(model) {
  const session = await ort.InferenceSession.create(readFileSync(fileOf(model)));
  let largest = 0;
  for (const { raw, width, height, probabilities } of examples) {
    const pixels = new ort.Tensor('uint8', new Uint8Array(readFileSync(fileOf(raw))), [1, height, width, 3]);
    const answer = (await session.run({ pixels })).probabilities.data;
    probabilities.forEach((expected, index) => {
      const difference = Math.abs(answer[index] - expected);
      // Written so that a number that is none counts.
      if (!(difference <= largest)) largest = difference;
    });
  }
  return largest;
}

const difference = await largestDifference('model.onnx');
console.log(`model.onnx: largest difference ${difference} over ${examples.length} examples, ${tolerance} is allowed`);
if (existsSync(fileOf('model.int8.onnx')))
  console.log(`model.int8.onnx: largest difference ${await largestDifference('model.int8.onnx')}, for information`);
process.exitCode = difference <= tolerance ? 0 : 1;
