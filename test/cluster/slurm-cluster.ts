import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { programPath } from '../fixtures/describe-with.js';
import { freePort } from './redis-server.js';

const run = promisify(execFile);
const PATIENCE_MS = 60_000;

/** A real Slurm of one node on loopback, run by this user, with everything it writes in a folder. */
export class SlurmCluster {
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #daemons: ChildProcess[] = [];
  #said = '';

  private constructor(folder: string) {
    this.#folder = folder;
    this.env = { SLURM_CONF: join(folder, 'slurm.conf') };
  }

  static async start(folder: string): Promise<SlurmCluster> {
    const cluster = new SlurmCluster(folder);
    try {
      await cluster.#start();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  async stop(): Promise<void> {
    // The last to be started is the first to end.
    for (const daemon of this.#daemons.reverse()) {
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
      await new Promise((resolve) => {
        daemon.on('exit', resolve);
        daemon.kill('SIGTERM');
      });
    }
  }

  async #start(): Promise<void> {
    const at = (name: string): string => join(this.#folder, name);
    for (const name of ['', 'state', 'spool']) mkdirSync(at(name), { recursive: true });
    chmodSync(this.#folder, 0o755);
    writeFileSync(at('munge.key'), randomBytes(1024), { mode: 0o600 });
    writeFileSync(at('plugstack.conf'), '');
    writeFileSync(at('slurm.conf'), configuration(this.#folder, [await freePort(), await freePort()]));
    const files = ['key', 'socket', 'pid', 'log', 'seed'].map((name) => `--${name}-file=${at(`munge.${name}`)}`);
    const munge = files.map((option) => option.replace('--socket-file', '--socket'));
    // Forced, as the socket of a temporary folder is not for all users.
    this.#begin('munged', ['--foreground', '--force', ...munge]);
    await this.#until('munged', () => Promise.resolve(existsSync(at('munge.socket'))));
    this.#begin('slurmctld', ['-D', '-f', at('slurm.conf')]);
    this.#begin('slurmd', ['-D', '-f', at('slurm.conf'), '-N', hostname()]);
    await this.#until('Slurm', () => this.#isIdle());
  }

  #begin(program: string, args: readonly string[]): void {
    const env = { ...process.env, ...this.env };
    const daemon = spawn(programPath(program)!, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    for (const stream of [daemon.stdout, daemon.stderr])
      stream.on('data', (text: Buffer) => (this.#said += `${program}: ${text.toString()}`));
    daemon.on('error', (error) => (this.#said += `${program}: ${error.message}\n`));
    this.#daemons.push(daemon);
  }

  async #isIdle(): Promise<boolean> {
    const env = { ...process.env, ...this.env };
    const { stdout } = await run('sinfo', ['--noheader', '--format=%T'], { env }).catch(() => ({ stdout: '' }));
    return stdout.trim() === 'idle';
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`${what} does not start:\n${this.#said}`);
      await pause(200);
    }
  }
}

function configuration(folder: string, [controllerPort, nodePort]: readonly [number, number]): string {
  const { username } = userInfo();
  const node = hostname();
  return [
    'ClusterName=accelsim',
    `SlurmctldHost=${node}(127.0.0.1)`,
    `SlurmctldPort=${controllerPort}`,
    `SlurmdPort=${nodePort}`,
    'CommunicationParameters=NoInAddrAny,NoCtldInAddrAny',
    'AuthType=auth/munge',
    `AuthInfo=socket=${folder}/munge.socket`,
    'CredType=cred/munge',
    `SlurmUser=${username}`,
    `SlurmdUser=${username}`,
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/slurmd.log`,
    `PlugStackConfig=${folder}/plugstack.conf`,
    'ProctrackType=proctrack/pgid',
    'TaskPlugin=task/none',
    'MpiDefault=none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'ReturnToService=2',
    `NodeName=${node} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
    'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
    '',
  ].join('\n');
}
