import { execFile } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { OtlpReceiver, type ReceivedSpan } from '#test/otlp-receiver.ts';
import { startWorkerProcess } from '#test/worker-process.ts';
import { World } from '#test/world.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const clientSpanId = 'b7ad6b7169203331';

/** A training from the request of a client, over a server and a worker with traces, to its end. */
describe('a training', () => {
  const receiver = new OtlpReceiver();
  let token: string;
  let trainingId: string;
  let projectId: string;
  let epochs: number;
  let logged: Record<string, unknown>[];
  let end: unknown;
  let exit: unknown;
  beforeAll(async () => {
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: await receiver.listen() };
    const world = await World.open({ environment: tracing });
    const folder = await mkdtemp(join(tmpdir(), 'exemplar-tracing-'));
    const output = openSync(join(folder, 'log'), 'w');
    const worker = await startWorkerProcess(world, { ...tracing, EXEMPLAR_LOG_LEVEL: 'info' }, output);
    try {
      token = world.admin.token!;
      const project = await world.project({ labels: ['cat-of-ann', 'dog-of-ann'], images: 5 });
      projectId = project.id;
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          traceparent: `00-${traceId}-${clientSpanId}-01`,
        },
        body: JSON.stringify({
          query: `mutation Start($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields} ... on Training { id } } }`,
          variables: { input: { projectId, idempotencyKey: '11111111-2222-4333-8444-555555555555' } },
        }),
      });
      const { data } = (await response.json()) as { data: { startTraining: { id: string } } };
      trainingId = data.startTraining.id;
      const events = await collect(watchOverSse(world.admin, trainingId));
      end = events.at(-1);
      epochs = events.filter((event) => event.__typename === 'TrainingEpochCompleted').length;
      worker.kill('SIGTERM');
      exit = await worker.exit;
    } finally {
      await worker.close();
      await world.close();
      closeSync(output);
      const lines = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n');
      logged = lines.map((line) => JSON.parse(line));
      await rm(folder, { recursive: true });
    }
  });
  afterAll(() => receiver.close());

  const trace = () => receiver.spans.filter((span) => span.traceId === traceId);
  const only = (name: string): ReceivedSpan => {
    const found = trace().filter((span) => span.name === name);
    expect(
      found,
      `${name} of ${trace()
        .map((span) => span.name)
        .join()}`,
    ).toHaveLength(1);
    return found[0]!;
  };

  test('is one trace from the request of its client over resolver and job to its epochs', () => {
    expect([end, exit]).toMatchObject([{ state: 'COMPLETED' }, [0, null]]);
    const request = only('POST /graphql');
    expect(request).toMatchObject({ parentSpanId: clientSpanId, kind: 2, service: 'exemplar-test' });
    expect(request.attributes).toMatchObject({ 'http.route': '/graphql', 'http.response.status_code': 200 });
    const operation = only('mutation Start');
    expect(operation).toMatchObject({
      parentSpanId: request.spanId,
      attributes: { 'graphql.operation.name': 'Start' },
    });
    const field = only('Mutation.startTraining');
    expect(field).toMatchObject({ parentSpanId: operation.spanId, attributes: { 'exemplar.project_id': projectId } });
    const attempt = only('train');
    expect(attempt).toMatchObject({ parentSpanId: field.spanId, kind: 5, service: 'exemplar-worker' });
    expect(attempt.attributes).toEqual({
      'exemplar.training_id': trainingId,
      'exemplar.project_id': projectId,
      'exemplar.attempt': 1,
      'exemplar.flavor': 'cpu',
    });
    const phases = trace().filter((span) => span.name.startsWith('phase '));
    expect(phases.length).toBeGreaterThan(1);
    for (const phase of phases) expect(phase.parentSpanId).toBe(attempt.spanId);
    const epochSpans = trace().filter((span) => span.name === 'epoch');
    expect(epochs).toBeGreaterThan(0);
    expect(epochSpans.map((span) => span.attributes['exemplar.epoch'])).toEqual(
      Array.from({ length: epochs }, (_, index) => index + 1),
    );
    for (const span of epochSpans) {
      expect(phases.map(({ spanId }) => spanId)).toContain(span.parentSpanId);
      expect(span.start).toBeGreaterThanOrEqual(Math.floor(attempt.start));
      expect(span.end).toBeLessThanOrEqual(attempt.end);
    }
  });

  test('tells the collector nothing that people wrote, and no secret', () => {
    const sent = receiver.bodies.join('\n');
    expect(sent).toContain(trainingId);
    for (const secret of [token, 'Bearer', '11111111-2222', 'of-ann', 'idempotencyKey', 'select ', 'postgres://'])
      expect(sent).not.toContain(secret);
  });

  test('carries its trace in the lines of the log', () => {
    const lines = logged.filter((line) => line['trainingId'] === trainingId.replace('Training_', ''));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line, JSON.stringify(line)).toMatchObject({ traceId, role: 'worker' });
  });
});

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/v1/traces' }, true],
])('with %j the modules of the SDK are loaded: %s', async (environment, isLoaded) => {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve: (specifier, context, next) => { loaded.push(specifier); return next(specifier, context); } });
    const { readConfig } = await import(${url('../core/platform/config.ts')});
    await import(${url('../server/http-server.ts')});
    await import(${url('./worker.ts')});
    const { openTracing } = await import(${url('../core/platform/tracing/tracing.ts')});
    const tracing = await openTracing(readConfig(${JSON.stringify(environment)}).operations.tracing, 'test', () => {});
    await tracing.close();
    process.stdout.write(JSON.stringify(loaded.filter((specifier) => /opentelemetry.(sdk|exporter|core)/.test(specifier))));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(JSON.parse(stdout).length > 0).toBe(isLoaded);
});
