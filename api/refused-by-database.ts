import { Prisma } from '../prisma/generated/client.ts';

/** A constraint said no; anything else (connection, time-out) is not the row's fault. */
export function isRefusedByDatabase(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && /^P20(02|03|04|10|11|20)$/.test(error.code);
}
