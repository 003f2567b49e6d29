import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../prisma/generated/client.ts';
import type { Answer } from './endpoint.ts';
import { Problem } from './problem.ts';

export type IdempotentRequest = {
  readonly apiKeyId: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
};

const LIFETIME_MS = 24 * 3_600_000;
/**
 * A request that takes longer than this died with its process; the next one with the key goes on for it. Longer than a
 * command's patience, and no more: whoever tries again after a crash waits for it.
 */
const ABANDONED_MS = 20_000;

const Stored = z.object({ body: z.unknown().optional(), headers: z.record(z.string(), z.string()) });

/**
 * Reads the Idempotency-Key header.
 * @throws {Problem} 400 `idempotency_key_invalid`
 */
export function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw new Problem(400, 'idempotency_key_invalid', 'Idempotency-Key must be 1 to 200 visible ASCII characters');
}

/**
 * The id of the command that a request stands for: the same for every repetition with the same key of the same caller.
 * Journals keep it longer than we keep keys, so the body counts too: a key that is used anew after its day is a new
 * command, and not the answer to an old one.
 */
export function commandIdOf(request: IdempotentRequest): string {
  return `key:${digest([request.apiKeyId, request.key, hashOf(request)]).slice(0, 40)}`;
}

/**
 * Does the work once for a key. A repeated request gets the first answer; one with another body is refused; one that
 * comes while the first is under way is told to wait. Problems aren't kept: nothing was done, so trying again is safe,
 * and after a fault on our side the same command id makes sure of that.
 */
export async function once(db: PrismaClient, request: IdempotentRequest, work: () => Promise<Answer>): Promise<Answer> {
  const row = { apiKeyId: request.apiKeyId, key: request.key };
  const known = await begin(db, request);
  if (known !== null) return known;
  try {
    const answer = await work();
    const response = { body: answer.body, headers: answer.headers ?? {} };
    await db.idempotencyKey.updateMany({ where: row, data: { status: answer.status, response: asJson(response) } });
    return answer;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) await db.idempotencyKey.deleteMany({ where: row });
    // The row stays, so that the key keeps its body, but the next request needn't wait.
    else await db.idempotencyKey.updateMany({ where: row, data: { createdAt: new Date(0) } }).catch(() => undefined);
    throw error;
  }
}

async function begin(db: PrismaClient, request: IdempotentRequest): Promise<Answer | null> {
  const { apiKeyId, key } = request;
  const requestHash = hashOf(request);
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  const inserted = await db.idempotencyKey.createMany({
    data: { apiKeyId, key, requestHash, expiresAt },
    skipDuplicates: true,
  });
  if (inserted.count === 1) return null;
  const row = await db.idempotencyKey.findUnique({ where: { apiKeyId_key: { apiKeyId, key } } });
  if (row === null) throw inProgress();
  const takeOver = async () => {
    const taken = await db.idempotencyKey.updateMany({
      where: { apiKeyId, key, createdAt: row.createdAt },
      data: { requestHash, status: null, response: Prisma.DbNull, createdAt: new Date(), expiresAt },
    });
    if (taken.count === 0) throw inProgress();
    return null;
  };
  if (row.expiresAt.getTime() <= Date.now()) return await takeOver();
  if (row.requestHash !== requestHash) {
    throw new Problem(
      422,
      'idempotency_key_reused',
      'this Idempotency-Key came before with another request; use a fresh key for each different request',
    );
  }
  if (row.status !== null) {
    const { body, headers } = Stored.parse(row.response);
    return { status: row.status, body, headers: { ...headers, 'idempotent-replayed': 'true' } };
  }
  if (row.createdAt.getTime() > Date.now() - ABANDONED_MS) throw inProgress();
  return await takeOver();
}

function inProgress(): Problem {
  return new Problem(
    409,
    'idempotency_in_progress',
    'a request with this Idempotency-Key is still under way; send it again in a moment for its answer',
    { headers: { 'retry-after': '1' } },
  );
}

const hashOf = ({ method, path, body }: IdempotentRequest) => digest([method, path, JSON.stringify(body ?? null)]);

const digest = (parts: readonly string[]) => createHash('sha256').update(parts.join('\n')).digest('hex');

/** Through JSON, as it will be sent: what has no JSON form (undefined) is left out. */
const asJson = (value: unknown): Prisma.InputJsonValue => JSON.parse(JSON.stringify(value));
