import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, change, deploy, trainedProject, type Selected, type TrainedProject } from '#test/deployments.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';

interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Selected;
}

const queue = 8;
/** Three quarters of the queue. */
const mostOfOne = 6;

describe('processes for inference', () => {
  let world: World;
  let project: TrainedProject;
  let first: string;
  let second: string;
  let service: Selected;
  beforeAll(async () => {
    world = await World.open({
      worker: true,
      // No model stays open that is not in use.
      environment: { EXEMPLAR_INFERENCE_QUEUE: String(queue), EXEMPLAR_INFERENCE_MODEL_BYTES: '0' },
    });
    project = await trainedProject(world, 2);
    [first, second] = project.versions as [string, string];
    service = await deploy(world, project.id, { modelVersionId: first });
  });
  afterAll(() => world.close());

  const call = async (name: string = service.name, count = 1): Promise<Answered> => {
    const data = new FormData();
    for (let number = 0; number < count; number++)
      data.append('images', new Blob([new Uint8Array(await drawPicture(number % 2, number))]), `${number}.jpg`);
    const response = await fetch(`${world.url}/deployments/${name}/predict`, {
      method: 'POST',
      body: data,
      headers: { authorization: `Bearer ${world.admin.token}` },
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await response.json(),
    };
  };
  const processId = (): number => {
    const [pid] = world.server.inference.processIds;
    if (pid === undefined) throw new Error('there is no process');
    return pid;
  };
  const nextProcessId = async (before: number): Promise<number> => {
    await expect.poll(() => world.server.inference.processIds[0] ?? before, { interval: 5 }).not.toBe(before);
    return processId();
  };

  test.runIf(process.platform === 'linux')('have a session of their own and come after the server', async () => {
    expect((await call()).status).toBe(200);
    const folder = `/proc/${processId()}/task`;
    for (const thread of readdirSync(folder)) {
      const text = readFileSync(`${folder}/${thread}/stat`, 'utf8');
      // Behind the name, which may hold anything: state, parent, group, session, ... and the niceness as the 17th.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      expect({ session: Number(fields[3]), niceness: Number(fields[16]) }).toEqual({
        session: processId(),
        niceness: 5,
      });
    }
  });

  test('lose no call while a deployment goes to another version and back', async () => {
    let isOver = false;
    const client = async (): Promise<Answered[]> => {
      const answers: Answered[] = [];
      // oxlint-disable-next-line no-unmodified-loop-condition -- set below
      while (!isOver) answers.push(await call());
      return answers;
    };
    const clients = [client(), client(), client(), client()];
    const seen: string[] = [];
    for (let time = 0; time < 4; time++) {
      const changed =
        time === 0
          ? await change(world.admin, 'updateDeployment', { id: service.id, modelVersionId: second })
          : await act(world.admin, 'rollbackDeployment', service.id);
      // A call that begins now is answered by the version of now.
      const { body } = await call();
      expect(body.modelVersion.id).toBe(changed.modelVersion.id);
      seen.push(changed.modelVersion.id);
    }
    isOver = true;
    const answers = (await Promise.all(clients)).flat();
    expect(seen).toEqual([second, first, second, first]);
    expect(answers.length).toBeGreaterThan(4);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.every(({ body }) => [first, second].includes(body.modelVersion.id))).toBe(true);
  });

  test('answer alike whether the model was open or not, alone or in a run with others', async () => {
    const other = await deploy(world, project.id, { modelVersionId: second });
    const alone = await call(service.name, 3);
    const aloneOther = await call(other.name, 3);
    const together = await Promise.all([call(service.name, 3), call(other.name, 3)]);
    const scoresOf = ({ body }: Answered): number[] =>
      body.results.map((result: Selected) => result.scores.find(({ label }: Selected) => label === 'cat').probability);
    scoresOf(together[0]).forEach((value, index) => expect(value).toBeCloseTo(scoresOf(alone)[index]!, 5));
    scoresOf(together[1]).forEach((value, index) => expect(value).toBeCloseTo(scoresOf(aloneOther)[index]!, 5));
  });

  test('refuse what comes beyond the queue, of one caller and of all, and answer what has waited', async () => {
    const other = await deploy(world, project.id, { modelVersionId: second });
    const pid = processId();
    process.kill(pid, 'SIGSTOP');
    const ofOne = Array.from({ length: mostOfOne + 1 }, () => call());
    expect(await Promise.race(ofOne)).toMatchObject({
      status: 429,
      retryAfter: '1',
      body: { code: 'UNAVAILABLE', reason: 'CALLER_BUSY', retryAfterSeconds: 1 },
    });
    const ofOther = Array.from({ length: queue - mostOfOne + 1 }, () => call(other.name));
    expect(await Promise.race(ofOther)).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { code: 'UNAVAILABLE', reason: 'SERVER_BUSY' },
    });
    const quick = await world.admin.ask(
      `mutation ($input: PredictInput!) { predict(input: $input) { __typename ... on UnavailableError { unavailability retryAfterSeconds } } }`,
      { input: { modelVersionId: first, imageId: project.imageIds[0]![0] } },
    );
    expect(quick.predict).toEqual({
      __typename: 'UnavailableError',
      unavailability: 'SERVER_BUSY',
      retryAfterSeconds: 1,
    });
    // The API answers on.
    expect((await world.admin.ask('{ viewer { user { name } } }')).viewer).not.toBeNull();
    process.kill(pid, 'SIGCONT');
    const statuses = (await Promise.all([...ofOne, ...ofOther])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(queue);
    expect(processId()).toBe(pid);
  });

  test('take a call that is larger than the queue when nothing else waits', async () => {
    const { status, body } = await call(service.name, 20);
    expect(status).toBe(200);
    expect(body.results.filter((result: Selected) => result.error)).toEqual([]);
  });

  test('that are killed are replaced, and what they had begun is begun anew', async () => {
    for (let time = 0; time < 2; time++) {
      const pid = processId();
      process.kill(pid, 'SIGSTOP');
      const calls = [call(), call(service.name, 3)];
      await expect.poll(() => world.server.inference.pictures).toBe(4);
      process.kill(pid, 'SIGKILL');
      const answers = await Promise.all(calls);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(processId()).not.toBe(pid);
    }
  });

  test('that are killed twice over one call make it fail for now, and the next one is answered', async () => {
    const pid = processId();
    process.kill(pid, 'SIGSTOP');
    const lost = call();
    await expect.poll(() => world.server.inference.pictures).toBe(1);
    process.kill(pid, 'SIGKILL');
    process.kill(await nextProcessId(pid), 'SIGKILL');
    expect(await lost).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { code: 'UNAVAILABLE', reason: 'INTERRUPTED' },
    });
    expect((await call()).status).toBe(200);
  });
});
