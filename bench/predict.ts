import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { loadBaseModel, shippedBaseModels, shippedDirectory, timeLimit, trainClassifier } from '#engine/index.ts';
import { openClassifier } from '#engine/inference/index.ts';
import { startRole } from '../local/role-process.ts';
import { bareLoop } from './predict/bare-loop.ts';
import { askAtAPace, latenciesOf, sendCalls, type Latencies } from './predict/clients.ts';
import { drawnPhotographs, photographSource } from './predict/photographs.ts';
import { printReport, type Figure } from './report.ts';
import { openInstallation } from './stream/installation.ts';

/*
 * Calls of a deployment over HTTP, one picture each, beside a bare loop of decode and `session.run` with decoding ahead of the run, in turn; and
 * how long queries of the API take while predictions saturate, beside an idle server. The server is a process of its own.
 *   npm run bench:predict -- --rounds 5 --seconds 6
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    /** Pixels of the sides of the pictures that are sent. */
    width: { type: 'string', default: '640' },
    height: { type: 'string', default: '480' },
  },
});
const inFlight = [1, 8, 64];
const seconds = Number(values.seconds);

const baseModel = await loadBaseModel(shippedDirectory(shippedBaseModels.BALANCE));
const pictures = await drawnPhotographs(32, Number(values.width), Number(values.height));
const model = await train();
const classifier = await openClassifier(model);
const installation = await openInstallation();
const server = await startRole('server', installation.environment);
const url = String(server.ready['url']);
const bare: number[] = [];
const rates = new Map<number, number[]>(inFlight.map((count) => [count, []]));
const latencies = new Map<number, Latencies[]>(inFlight.map((count) => [count, []]));
const queries: { idle: number[]; busy: number[] } = { idle: [], busy: [] };
try {
  const name = await deploy();
  const calls = { url: `${url}/deployments/${name}/predict`, token: installation.token, pictures };
  await sendCalls(calls, 8, 2);
  for (let round = 0; round < Number(values.rounds); round++) {
    bare.push(await bareLoop(classifier, pictures, seconds));
    for (const count of inFlight) {
      const sent = await sendCalls(calls, count, seconds);
      rates.get(count)!.push(sent.perSecond);
      latencies.get(count)!.push(sent.latencies);
    }
    queries.idle.push(...(await askAtAPace(url, installation.token, seconds)));
    // Not the first second, in which all come at once.
    const calling = sendCalls(calls, 64, seconds + 1);
    await setTimeout(1000);
    queries.busy.push(...(await askAtAPace(url, installation.token, seconds)));
    await calling;
  }
} finally {
  await server.stop();
  await installation.close();
  await classifier.close();
}

const figures: Figure[] = inFlight.flatMap((count): Figure[] => {
  const perSecond = median(bare);
  const of = (pick: (latency: Latencies) => number) => median(latencies.get(count)!.map(pick));
  const reference = `a bare loop, ${count} times over`;
  const referenceValue = (1000 * count) / perSecond;
  return [
    {
      name: `predictions at ${count} in flight`,
      value: median(rates.get(count)!),
      unit: 'pictures/s',
      reference: 'a bare loop of decode and session.run',
      referenceValue: perSecond,
      target: count === 8 ? 0.8 : null,
    },
    {
      name: `p50 at ${count} in flight`,
      value: of(({ p50 }) => p50),
      unit: 'ms',
      reference,
      referenceValue,
      target: null,
    },
    {
      name: `p99 at ${count} in flight`,
      value: of(({ p99 }) => p99),
      unit: 'ms',
      reference,
      referenceValue,
      target: null,
    },
  ];
});
figures.push({
  name: 'p99 of API queries while predictions saturate',
  value: latenciesOf(queries.busy).p99,
  unit: 'ms',
  reference: 'p99 of API queries of an idle server',
  referenceValue: latenciesOf(queries.idle).p99,
  target: 2,
  lowerIsBetter: true,
});
printReport('predict', figures);

/** A model of the size that users train by default; what it has learned does not matter. */
async function train(): Promise<Uint8Array> {
  const training = trainClassifier({
    baseModel,
    classes: ['stripes', 'spots'].map((each) => ({ id: randomUUID(), name: each })),
    train: await photographSource(20, 0),
    validation: await photographSource(10, 100),
    preference: 'PERFORMANCE_FIRST',
    seed: 0,
    ...timeLimit(60),
  });
  let step = await training.next();
  while (!step.done) step = await training.next();
  return step.value.model;
}

/** Makes the rows that a training would leave, and a deployment. Returns its name. */
async function deploy(): Promise<string> {
  const { platform, token } = installation;
  const [trainingId] = await installation.trainings(1);
  const modelKey = 'bench/model.onnx';
  await platform.objects.put(modelKey, model);
  const classes = classifier.classes.map(({ id, name }) => ({ labelId: id, name }));
  const [version] = await platform.db.execute<{ id: string }>(sql`
    insert into model_version (project_id, training_id, version_number, dataset_version_id, classes, model_key, model_sha256,
      model_bytes, base_model, base_model_sha256, seconds_by_phase)
    select project_id, id, 1, dataset_version_id, ${JSON.stringify(classes)}::jsonb, ${modelKey}, '', ${model.byteLength}, 'bench', '', '{}'
    from training where id = ${trainingId} returning id`);
  const name = 'bench';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: `mutation ($input: DeployModelInput!) { deployModel(input: $input) { __typename } }`,
      variables: { input: { name, modelVersionId: `ModelVersion_${version!.id}` } },
    }),
  });
  const text = await response.text();
  if (!text.includes('"Deployment"')) throw new Error(`the deployment was not made: ${text}`);
  for (;;) {
    const [row] = await platform.db.execute<{ state: string }>(sql`select state from deployment where name = ${name}`);
    if (row!.state === 'RUNNING') return name;
    if (row!.state === 'FAILED') throw new Error('the deployment has failed');
  }
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}
