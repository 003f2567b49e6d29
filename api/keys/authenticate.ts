import type { PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';
import { mayDo, type Permission, type Role, roles, rolesThatMay } from '../roles.ts';
import { hashOf, looksLikeSecret } from './secret.ts';

/** The key that a request came with. `id` goes into journals; it names nobody. */
export type Caller = { readonly id: string; readonly role: Role };

/**
 * Who sends the request.
 * @throws {Problem} 401 `key_missing`, `key_unknown`, `key_revoked` or `key_expired`
 */
export async function authenticate(db: PrismaClient, authorization: string | undefined): Promise<Caller> {
  if (authorization === undefined) {
    throw unauthorized('key_missing', 'this needs an API key: send it as Authorization: Bearer hw_…');
  }
  const secret = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (secret === undefined || !looksLikeSecret(secret)) {
    throw unauthorized(
      'key_unknown',
      'the Authorization header holds no whole key of ours; send Authorization: Bearer hw_…',
    );
  }
  const row = await db.apiKey.findUnique({ where: { hash: hashOf(secret) } });
  if (row === null)
    throw unauthorized('key_unknown', 'there is no such API key in this database; ask an admin for one');
  if (row.revokedAt !== null) throw unauthorized('key_revoked', 'this API key was revoked; ask an admin for another');
  if (row.expiresAt !== null && row.expiresAt.getTime() <= Date.now()) {
    throw unauthorized(
      'key_expired',
      `this API key expired at ${row.expiresAt.toISOString()}; ask an admin for another`,
    );
  }
  const role = roles.find((known) => known === row.role);
  if (role === undefined) throw unauthorized('key_unknown', 'this API key has a role that no longer exists');
  return { id: row.id, role };
}

/**
 * Lets the caller through or not.
 * @throws {Problem} 403 `role_not_allowed`
 */
export function authorize(caller: Caller, permission: Permission): void {
  if (mayDo(caller.role, permission)) return;
  const allowed = rolesThatMay(permission).join(', ');
  throw new Problem(
    403,
    'role_not_allowed',
    `a key with the role ${caller.role} may not do this; use one of: ${allowed}`,
  );
}

function unauthorized(code: string, detail: string): Problem {
  return new Problem(401, code, detail, { headers: { 'www-authenticate': 'Bearer realm="homeward"' } });
}
