import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const root = join(import.meta.dirname, '..');

/** The command `exemplar` in processes of its own, with an environment of its own. */
export class AdminCommand {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #cwd: string;

  /** @param cwd where it is started, and where files that it writes go */
  constructor(environment: Readonly<Record<string, string>>, cwd: string) {
    this.#environment = environment;
    this.#cwd = cwd;
  }

  start(argv: readonly string[], { stdin, environment, cwd }: RunOptions = {}): RunningCommand {
    const child = spawn(process.execPath, [join(root, 'clients/admin/main.ts'), ...argv], {
      cwd: cwd ?? this.#cwd,
      env: { PATH: process.env['PATH'], ...this.#environment, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(stdin ?? '');
    return new RunningCommand(child);
  }

  /** On a terminal of 100 columns (Linux); stdin stays open, and stdout holds all that is seen. */
  onTerminal(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningCommand {
    const quoted = [process.execPath, join(root, 'clients/admin/main.ts'), ...argv].map((word) => `'${word}'`);
    const child = spawn('script', ['-qec', `stty rows 40 cols 100; ${quoted.join(' ')}`, '/dev/null'], {
      cwd: this.#cwd,
      env: { PATH: process.env['PATH'], TERM: 'xterm', ...this.#environment, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new RunningCommand(child);
  }

  run(argv: readonly string[], options?: RunOptions): Promise<Ended> {
    return this.start(argv, options).ended;
  }

  /** The one document on stdout of a call that must succeed. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the command
  async json(argv: readonly string[], options?: RunOptions): Promise<any> {
    const { code, stdout, stderr } = await this.run([...argv, '--json'], options);
    if (code !== 0) throw new Error(`exemplar ${argv.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** The lines of stdout of a call, each a document of its own. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the command
  async jsonLines(argv: readonly string[], options?: RunOptions): Promise<any[]> {
    const { stdout } = await this.run([...argv, '--json'], options);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}

export class RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.ended = new Promise((resolve) =>
      child.once('close', (code) => resolve({ code, stdout: this.#stdout, stderr: this.#stderr })),
    );
  }

  /** Waits until stdout holds the text; rejects when the command ends before. */
  said(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.#stdout.includes(text)) resolve();
      };
      this.child.stdout!.on('data', look);
      void this.ended.then(() => reject(new Error(`ended without saying ${text}: ${this.#stdout}${this.#stderr}`)));
      look();
    });
  }
}
