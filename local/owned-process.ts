import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
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
  /** What it writes, or what can be asked, once it is ready. */
  readonly ready: RegExp | (() => Promise<boolean>);
  /** What asks the program to end. */
  readonly stopSignal?: 'SIGINT' | 'SIGTERM';
  /** How long it may take to end before it is killed. */
  readonly stopWithinMs?: number;
  /** Its output goes here; the last of it is kept in memory for messages anyway. */
  readonly logFile?: string;
};

/** A program that we started and that ends with us. */
export type OwnedProcess = {
  readonly name: string;
  readonly pid: number;
  readonly exited: () => boolean;
  /** Settles when the program has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end, waits, and kills it when it does not. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, by pid, at once. */
  readonly kill: () => Promise<void>;
};

const READY_WITHIN_MS = 60_000;
const TAIL_CHARACTERS = 8_000;

/**
 * Starts a program, in a process group of its own (Ctrl-C reaches only us, so that we choose the order of the end), and
 * waits until it is ready.
 *
 * @throws with the last that it wrote, when it ends early or is not ready in time; it is gone then
 */
export async function launch(options: Launch): Promise<OwnedProcess> {
  const { name, ready, stopSignal = 'SIGTERM', stopWithinMs = 15_000 } = options;
  const child = spawn('/bin/sh', ['-c', DIE_WITH_PARENT, 'sh', stopSignal.slice(3), options.command, ...options.args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  child.on('error', () => undefined);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started: /bin/sh is missing, or ${options.cwd} is.`);
  child.stdin.on('error', () => undefined);
  const exited = () => child.exitCode !== null || child.signalCode !== null;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    if (!exited()) process.kill(pid, 'SIGKILL');
    await ended;
  };
  const stop = async () => {
    if (exited()) return;
    process.kill(pid, stopSignal);
    const timer = setTimeout(kill, stopWithinMs);
    await ended;
    clearTimeout(timer);
  };

  const { tail, heard } = listen(child, options.logFile, ready);
  const isReady = typeof ready === 'function' ? ready : async () => heard();
  const end = performance.now() + READY_WITHIN_MS;
  while (!(await isReady())) {
    const over = performance.now() > end;
    if (!exited() && !over) {
      await sleep(25);
      continue;
    }
    await kill();
    const how = over ? `was not ready within ${READY_WITHIN_MS / 1_000} s` : 'ended before it was ready';
    throw new Error(`${name} ${how}; it wrote:\n${tail()}`);
  }
  return { name, pid, exited, ended, stop, kill };
}

type Heard = { readonly tail: () => string; readonly heard: () => boolean };

function listen(child: ChildProcessWithoutNullStreams, logFile: string | undefined, ready: Launch['ready']): Heard {
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  let tail = '';
  let heard = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL_CHARACTERS);
      heard ||= ready instanceof RegExp && ready.test(tail);
      log?.write(text);
    });
  }
  child.once('close', () => log?.end());
  return { tail: () => tail.trim(), heard: () => heard };
}
