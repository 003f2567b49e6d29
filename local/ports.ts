import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take ours before its part starts. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 50;

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    const port = await listenOnce(randomInt(LOWEST, HIGHEST)).catch(() => null);
    if (port !== null) return port;
  }
  return listenOnce(0);
}

/**
 * The port that a part of the stack starts on: any free one for 0, else the given one.
 *
 * @throws one sentence that says which part wants the port and how to choose another.
 */
export async function portForStart(part: string, port: number, variable: string): Promise<number> {
  if (port === 0) return freePort();
  try {
    return await listenOnce(port);
  } catch {
    throw new Error(
      `${part} needs port ${port}, which is in use: stop what listens there, set ${variable} to another port, or start with --free-ports.`,
    );
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
