import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, trainedProject, type Selected, type TrainedProject } from '#test/deployments.ts';
import { World } from '#test/world.ts';
import { readTotals, readWindow } from './deployment-statistics.ts';
import { InvocationMeter } from './invocation-meter.ts';
import { bucketCount, bucketOf, percentile } from './latency-histogram.ts';

describe('the histogram of latencies', () => {
  test.each([0.01, 0.5, 1, 3, 17.3, 250, 4000, 50_000])('gives %d ms back to a fifth', (milliseconds) => {
    const counts = Array<number>(bucketCount).fill(0);
    counts[bucketOf(milliseconds)] = 10;
    for (const share of [0.1, 0.5, 1]) {
      const found = percentile(counts, share)!;
      expect(found).toBeLessThanOrEqual(Math.max(1, milliseconds) * 1.2);
      expect(found).toBeGreaterThanOrEqual(milliseconds < 1 ? 0 : milliseconds / 1.2);
    }
  });

  test('has places for whatever comes, and none without a call', () => {
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(1e9)).toBe(bucketCount - 1);
    expect(percentile(Array<number>(bucketCount).fill(0), 0.5)).toBeNull();
  });

  test('finds a few slow calls among many', () => {
    const counts = Array<number>(bucketCount).fill(0);
    counts[bucketOf(10)] = 980;
    counts[bucketOf(1000)] = 20;
    expect(percentile(counts, 0.5)!).toBeLessThan(12);
    expect(percentile(counts, 0.99)!).toBeGreaterThan(800);
  });
});

describe('the meters of several servers', () => {
  let world: World;
  let project: TrainedProject;
  let deployment: Selected;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await trainedProject(world);
    deployment = await deploy(world, project.id, { modelVersionId: project.versions[0]! });
  });
  afterAll(() => world.close());

  test('add up, whatever they write at the same moment', async () => {
    const deploymentId = deployment.id.replace('Deployment_', '');
    const modelVersionId = project.versions[0]!.replace('ModelVersion_', '');
    const meters = Array.from({ length: 4 }, () => new InvocationMeter(world.platform));
    for (let time = 0; time < 5; time++) {
      for (const meter of meters) {
        meter.invoked({ deploymentId, modelVersionId, pictures: 2, isFailure: false, milliseconds: 8 });
        meter.invoked({ deploymentId, modelVersionId, pictures: 1, isFailure: true, milliseconds: 8 });
        meter.compared({ deploymentId, modelVersionId, compared: 3, agreed: 2 });
      }
      await Promise.all(meters.map((meter) => meter.flush()));
    }
    expect(await readTotals(world.platform.db, deploymentId)).toEqual([
      expect.objectContaining({ invocations: 40, failures: 20, pictures: 60, compared: 60, agreed: 40 }),
    ]);
    const window = await readWindow(world.platform.db, deploymentId, 60);
    expect(window).toMatchObject({ invocations: 40, failures: 20 });
    expect(window.latencies!.p99).toBeLessThanOrEqual(8 * 1.2);
    const [row] = await world.platform.db.execute<{ answered: string }>(
      sql`select sum(count) as answered from deployment_minute, unnest(latencies) count where deployment_id = ${deploymentId}`,
    );
    expect(Number(row!.answered)).toBe(20);
  });

  test('keep what the database did not take, and write it later', async () => {
    const deploymentId = deployment.id.replace('Deployment_', '');
    const modelVersionId = project.versions[0]!.replace('ModelVersion_', '');
    const [before] = await readTotals(world.platform.db, deploymentId);
    const meter = new InvocationMeter(world.platform);
    meter.invoked({ deploymentId, modelVersionId, pictures: 1, isFailure: false, milliseconds: 8 });
    await world.platform.db.execute(sql`alter table deployment_total rename to deployment_total_away`);
    await meter.flush();
    await world.platform.db.execute(sql`alter table deployment_total_away rename to deployment_total`);
    await meter.flush();
    const [after] = await readTotals(world.platform.db, deploymentId);
    expect(after!.invocations).toBe(before!.invocations + 1);
    const window = await readWindow(world.platform.db, deploymentId, 60);
    expect(window.invocations).toBe(after!.invocations);
  });
});
