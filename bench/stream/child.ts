import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { flagsOf, thriftyMemory } from '../../local/role-process.ts';

/** A process of the benchmark and the messages it sends. */
export class Child<Command, Message extends { readonly type: string }> {
  readonly #process: ChildProcess;
  readonly #received: Message[] = [];
  #wake: () => void = () => {};

  /** @param detached in a session of its own, as Linux shares cores between sessions. */
  constructor(
    file: string,
    args: readonly string[],
    environment: Record<string, string> = {},
    { detached = false }: { detached?: boolean } = {},
  ) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    this.#process = fork(path, args, {
      env: { ...thriftyMemory, ...process.env, ...environment },
      execArgv: ['--expose-gc', ...flagsOf.server],
      detached,
    });
    this.#process.on('message', (message) => {
      this.#received.push(message as Message);
      this.#wake();
    });
    this.#process.on('exit', (code) => {
      if (code) process.stderr.write(`${file} ${args.join(' ')} ended with ${code}\n`);
      this.#wake();
    });
  }

  send(command: Command): void {
    this.#process.send(command as object);
  }

  async next<Type extends Message['type']>(type: Type): Promise<Extract<Message, { type: Type }>> {
    for (;;) {
      const index = this.#received.findIndex((message) => message.type === type);
      if (index >= 0) return this.#received.splice(index, 1)[0] as Extract<Message, { type: Type }>;
      if (this.#process.exitCode !== null) throw new Error('a process of the benchmark has ended');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(timer);
  }
}
