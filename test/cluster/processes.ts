import type { BuiltPackage } from '../fixtures/built-package.js';
import { hasSaid, type Started } from '../fixtures/start-node.js';

/** What ends a process that begins while Redis is away for long. */
export const NO_SERVER = 'no Redis server answers';

/** Resolves to false where the process ends as no server is there at this moment; whoever keeps processes up starts it again. */
async function foundNoServer({ ended }: Started): Promise<false> {
  const { code, stderr } = await ended;
  if (code === 1 && stderr.includes(NO_SERVER)) return false;
  throw new Error(`ended:\n${stderr}`);
}

/** Workers of a queue that are started again when they are killed. */
export class Workers {
  readonly #accelsim: BuiltPackage;
  readonly #args: readonly string[];
  readonly #cwd: string;
  readonly #lives: (Started | undefined)[] = [];
  readonly #stderr: string[] = [];
  kills = 0;

  /** @param patience of the workers, in seconds */
  constructor(accelsim: BuiltPackage, url: string, cwd: string, patience = 1) {
    this.#accelsim = accelsim;
    this.#cwd = cwd;
    this.#args = ['worker', '--queue', url, '--concurrency', '1', '--patience', String(patience)];
  }

  async start(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, at) => this.#begin(at)));
  }

  /** SIGKILL to one of them, and another in its place. */
  async kill(at: number): Promise<void> {
    const victim = this.#lives[at]!;
    victim.process.kill('SIGKILL');
    this.#stderr.push((await victim.ended).stderr);
    this.kills += 1;
    await this.#begin(at);
  }

  /** Ends them as a job manager does. @returns exit codes, and what all that ever lived have said */
  async stop(): Promise<{ readonly codes: readonly (number | null)[]; readonly stderr: string }> {
    const ends = await Promise.all(
      this.#lives.map((life) => {
        life!.process.kill('SIGTERM');
        return life!.ended;
      }),
    );
    this.#lives.length = 0;
    return {
      codes: ends.map(({ code }) => code),
      stderr: [...this.#stderr, ...ends.map(({ stderr }) => stderr)].join(''),
    };
  }

  async #begin(at: number): Promise<void> {
    for (;;) {
      const life = this.#accelsim.start(this.#args, this.#cwd);
      this.#lives[at] = life;
      const works = await hasSaid(life, 'working for').then(
        () => true,
        () => foundNoServer(life),
      );
      if (works) return;
    }
  }
}
