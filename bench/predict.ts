import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { loadBaseModel, shippedBaseModels, shippedDirectory, timeLimit, trainClassifier } from '#engine/index.ts';
import { openClassifier } from '#engine/inference/index.ts';
import { startRole } from '../local/role-process.ts';
import { latenciesOf, type Latencies } from './predict/clients.ts';
import type { BareCommand, BareMessage, ClientCommand, ClientMessage } from './predict/messages.ts';
import { photographSource } from './predict/photographs.ts';
import { printReport, type Figure } from './report.ts';
import { Child } from './stream/child.ts';
import { openInstallation } from './stream/installation.ts';

/*
 * Calls of a deployment over HTTP, one picture each, beside a bare loop of decode and `session.run` with decoding ahead of the run, in turn; then
 * how long queries of the API take, in turns of an idle server and one that predictions saturate. The server, the client that calls, the one
 * that asks and the bare loop are processes of their own.
 *   npm run bench:predict -- --rounds 4 --seconds 4 --turns 15
 */
const { values } = parseArgs({
  options: {
    /** Of the bare loop and calls; 0 for queries alone. */
    rounds: { type: 'string', default: '4' },
    /** Of each part of a round, and of each turn. */
    seconds: { type: 'string', default: '4' },
    /** Of queries, each idle and saturated, 40 queries a second. */
    turns: { type: 'string', default: '15' },
    /** Pixels of the sides of the pictures that are sent. */
    width: { type: 'string', default: '640' },
    height: { type: 'string', default: '480' },
  },
});
type Client = Child<ClientCommand, ClientMessage>;

const inFlight = [1, 8, 64];
const saturating = 64;
const seconds = Number(values.seconds);
const drawn = ['32', values.width, values.height];

const baseModel = await loadBaseModel(shippedDirectory(shippedBaseModels.BALANCE));
const model = await train();
const classifier = await openClassifier(model);
const installation = await openInstallation();
const server = await startRole('server', installation.environment);
const url = String(server.ready['url']);
const modelPath = join(installation.environment['EXEMPLAR_DATA']!, 'bare.onnx');
await writeFile(modelPath, model);
const bare: number[] = [];
const rates = new Map<number, number[]>(inFlight.map((count) => [count, []]));
const latencies = new Map<number, Latencies[]>(inFlight.map((count) => [count, []]));
const queries: { idle: number[]; busy: number[] } = { idle: [], busy: [] };
const apart = { detached: true };
const clients = ['asker', 'caller'].map(
  () => new Child<ClientCommand, ClientMessage>('../predict/client-process.ts', drawn, {}, apart),
);
const [asker, caller] = clients as [Client, Client];
const looper = new Child<BareCommand, BareMessage>('../predict/bare-process.ts', [modelPath, ...drawn], {}, apart);
try {
  for (const client of clients) await client.next('ready');
  await looper.next('ready');
  const name = await deploy();
  const { token } = installation;
  const call = (count: number, forSeconds: number) => {
    caller.send({
      type: 'call',
      url: `${url}/deployments/${name}/predict`,
      token,
      inFlight: count,
      seconds: forSeconds,
    });
    return caller.next('called');
  };
  const ask = async () => {
    asker.send({ type: 'ask', url, token, seconds });
    return (await asker.next('asked')).took;
  };
  await call(8, 2);
  for (let round = 0; round < Number(values.rounds); round++) {
    looper.send({ seconds });
    bare.push((await looper.next('looped')).perSecond);
    for (const count of inFlight) {
      const called = await call(count, seconds);
      rates.get(count)!.push(called.perSecond);
      latencies.get(count)!.push(called.latencies);
    }
  }
  for (let turn = 0; turn < Number(values.turns); turn++) {
    queries.idle.push(...(await ask()));
    // Not the first second, in which all come at once.
    const calling = call(saturating, seconds + 1);
    await setTimeout(1000);
    queries.busy.push(...(await ask()));
    await calling;
  }
} finally {
  for (const child of [...clients, looper]) await child.stop();
  await server.stop();
  await installation.close();
  await classifier.close();
}

const figures: Figure[] = (bare.length > 0 ? inFlight : []).flatMap((count): Figure[] => {
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
for (const [name, pick, target] of [
  ['p50', ({ p50 }: Latencies) => p50, null],
  ['p99', ({ p99 }: Latencies) => p99, 2],
] as const)
  figures.push({
    name: `${name} of API queries while predictions saturate`,
    value: pick(latenciesOf(queries.busy)),
    unit: 'ms',
    reference: `${name} of API queries of an idle server`,
    referenceValue: pick(latenciesOf(queries.idle)),
    target,
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
