import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The shell reads our pipe in the background, then becomes the program (so the pid is the program's). When we die,
 * however we die, the pipe closes and the program gets its stop signal: no orphan keeps a port or a data folder.
 * The reader is forked twice, so that the program never meets a child that it doesn't know.
 */
const DIE_WITH_PARENT = [
  'exec 4<&0 </dev/null',
  '( ( cat <&4; kill -s "$1" $$ ) >/dev/null 2>&1 & )',
  'shift',
  'exec "$@" 4<&-',
].join('\n');

export type Launch = {
  /** As the person who starts the stack knows it: `PostgreSQL`, `the worker`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** What asks the program to end. */
  readonly stopSignal?: 'SIGINT' | 'SIGTERM';
  /** How long it may take to end before it is killed. */
  readonly stopWithinMs?: number;
  /** Its output is appended here; the last lines are kept in memory for messages anyway. */
  readonly logFile?: string;
};

/** A program that we started and that ends with us. */
export type OwnedProcess = {
  readonly name: string;
  readonly pid: number;
  /** The last lines that it wrote. */
  readonly tail: () => string;
  readonly exited: () => boolean;
  /** The first match of `pattern` in what it writes, which is how it says that it is ready. */
  readonly says: (pattern: RegExp, withinMs?: number) => Promise<RegExpExecArray>;
  /** Settles when the program has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end, waits, and kills it when it does not. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, by pid, at once. */
  readonly kill: () => Promise<void>;
};

/** Starts a program in a process group of its own (Ctrl-C reaches only us, so that we choose the order of the end). */
export function launch(options: Launch): OwnedProcess {
  const { name, stopSignal = 'SIGTERM', stopWithinMs = 15_000 } = options;
  const child = spawn('/bin/sh', ['-c', DIE_WITH_PARENT, 'sh', stopSignal.slice(3), options.command, ...options.args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  if (child.pid === undefined) throw new Error(`${name} could not be started: /bin/sh is missing.`);
  const pid = child.pid;
  const exited = () => child.exitCode !== null || child.signalCode !== null;
  const ended = exited() ? Promise.resolve() : once(child, 'exit').then(() => undefined);
  child.stdin?.on('error', () => undefined);
  const tail = keepTail(child, options.logFile);

  const kill = async () => {
    if (!exited()) process.kill(pid, 'SIGKILL');
    await ended;
  };
  const stop = async () => {
    if (exited()) return;
    process.kill(pid, stopSignal);
    const timer = AbortSignal.timeout(stopWithinMs);
    await Promise.race([ended, once(timer, 'abort').then(kill)]);
  };
  const says = async (pattern: RegExp, withinMs = 60_000) => {
    const end = performance.now() + withinMs;
    for (;;) {
      const match = pattern.exec(tail());
      if (match !== null) return match;
      if (exited()) throw new Error(`${name} ended early:\n${tail()}`);
      if (performance.now() > end) throw new Error(`${name} was not ready within ${withinMs / 1000} s:\n${tail()}`);
      await sleep(20);
    }
  };
  return { name, pid, tail, exited, says, ended, stop, kill };
}

/** Asks `probe` until it answers true; fails when the program ends first or the time is over. */
export async function untilReady(
  process: OwnedProcess,
  probe: () => Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await probe())) {
    if (process.exited()) throw new Error(`${process.name} ended early:\n${process.tail()}`);
    if (performance.now() > end)
      throw new Error(`${process.name} was not ready within ${withinMs / 1000} s:\n${process.tail()}`);
    await sleep(50);
  }
}

const TAIL_CHARACTERS = 8_000;

function keepTail(child: ChildProcess, logFile: string | undefined): () => string {
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL_CHARACTERS);
      log?.write(text);
    });
  }
  child.once('close', () => log?.end());
  return () => tail.trim();
}
