import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Log } from '#core/platform/log.ts';
import type { InferenceReply, InferenceRequest, InferenceSettings } from './inference-protocol.ts';
import { writeRequest } from './request-pipe.ts';
import { SessionPriority } from './session-priority.ts';

const childPath = fileURLToPath(new URL('./inference-child.ts', import.meta.url));
/** A picture or a model that takes longer has brought the process to a stop. */
const hangMilliseconds = 60_000;
const closeMilliseconds = 2000;
const priorityMilliseconds = 500;

/** Something to be done by the process, until it is done or the process is lost. */
export interface Work {
  readonly request: Omit<InferenceRequest, 'id'>;
  /** How often it was begun. */
  tries: number;
  done(reply: InferenceReply): void;
}

interface Begun {
  readonly work: Work;
  readonly since: number;
}

/** One process for inference: started when there is work for it, and again when it ended with work left. */
export class InferenceProcess {
  readonly #settings: InferenceSettings;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log: Log;
  readonly #onFree: () => void;
  readonly #onLost: (work: readonly Work[]) => void;
  readonly #begun = new Map<number, Begun>();
  readonly #watch: NodeJS.Timeout;
  #child: ChildProcess | undefined;
  #lastId = 0;

  /** @param environment added to that of this process. @param onFree something is done. @param onLost the process has ended with this undone. */
  constructor(
    settings: InferenceSettings,
    environment: Readonly<Record<string, string>>,
    log: Log,
    { onFree, onLost }: { onFree: () => void; onLost: (work: readonly Work[]) => void },
  ) {
    this.#settings = settings;
    this.#environment = environment;
    this.#log = log;
    this.#onFree = onFree;
    this.#onLost = onLost;
    this.#watch = setInterval(() => this.#killHanging(), hangMilliseconds / 12).unref();
  }

  /** Undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What it was given and has not done. */
  get load(): number {
    return this.#begun.size;
  }

  begin(work: Work): void {
    const id = ++this.#lastId;
    work.tries++;
    this.#begun.set(id, { work, since: Date.now() });
    this.#child ??= this.#start();
    writeRequest(requestsOf(this.#child), { id, ...work.request });
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    const child = this.#child;
    if (!child) return;
    // Not `close`, which does not come after a disconnect from this side.
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    const patience = setTimeout(() => child.kill('SIGKILL'), closeMilliseconds);
    await ended;
    clearTimeout(patience);
  }

  #start(): ChildProcess {
    const child = fork(childPath, [JSON.stringify(this.#settings)], {
      env: { ...process.env, ...this.#environment },
      // The server's young objects may take more; here the last of a flag counts.
      execArgv: [...process.execArgv, '--max-semi-space-size=16'],
      serialization: 'advanced',
      // It has a priority of its own then, and ends with us by the channel all the same.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    // What cannot be written any more is lost with the process, whose end is on its way.
    requestsOf(child).on('error', () => {});
    const priority = new SessionPriority(child.pid ?? 0);
    const looking = setInterval(() => priority.look(this.load > 0), priorityMilliseconds).unref();
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
    child.on('message', (reply: InferenceReply) => {
      const begun = this.#begun.get(reply.id);
      this.#begun.delete(reply.id);
      begun?.work.done(reply);
      this.#onFree();
    });
    child.on('error', (error) => this.#log.error({ err: error }, 'the inference process cannot be reached'));
    child.on('exit', () => {
      clearInterval(looking);
      // Nothing reads the pictures any more that were still on their way.
      requestsOf(child).destroy();
      this.#child = undefined;
      const lost = [...this.#begun.values()].map(({ work }) => work);
      this.#begun.clear();
      this.#onLost(lost);
    });
    // Once all it had to say was read; not at all when it was told to end.
    child.on('close', (code, signal) => this.#log.error({ code, signal, stderr }, 'the inference process has ended'));
    return child;
  }

  #killHanging(): void {
    const [oldest] = this.#begun.values();
    if (!oldest || Date.now() - oldest.since < hangMilliseconds) return;
    this.#log.error({ begun: this.#begun.size }, 'the inference process hangs and is killed');
    this.#child?.kill('SIGKILL');
  }
}

/** Its descriptor 4. */
const requestsOf = (child: ChildProcess) => child.stdio[4] as Writable;
