import { z } from 'zod';
import { type PackagingDirection, packagingDirections } from '../../domain/packaging/account.ts';
import type { PackagingMovement as MovementRow, PrismaClient } from '../../prisma/generated/client.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Currency, Instant, OutsideCode, PartyId, Quantity } from '../fields.ts';
import { minorUnits } from '../orders/stand-in.ts';
import { cursorParameter, cursorText, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';
import { BalanceBody, balanceOut } from './bodies.ts';
import { book } from './book.ts';
import { getPackagingStatement } from './statement.ts';

const tag = 'Packaging';
const named = {
  partner: PartyId,
  type: OutsideCode.meta({
    description: 'What kind of piece: a GRAI without its serial, or a name of our own.',
    example: 'EUR-PALLET',
  }),
};

const openAccount = endpoint({
  method: 'post',
  path: '/v1/packaging/accounts',
  id: 'openPackagingAccount',
  tag,
  summary: 'Agree with a partner on packaging that is to come back',
  description: 'Told again it changes what was agreed, and not what the partner has.',
  permission: 'network:decide',
  body: z
    .strictObject({
      ...named,
      most: Quantity.nullable().default(null).meta({ description: 'No more than so many go out to it.' }),
      depositPerPiece: z.string().max(40).nullable().default(null).meta({ example: '12.50' }),
      currency: Currency.nullable().default(null),
      agedAfterDays: z.int().min(1).max(3650).nullable().default(null).meta({
        description: 'A person looks at what it has had for longer.',
      }),
    })
    .meta({ id: 'PackagingAccount' }),
  responses: { 200: { description: 'The account as it is then.', schema: BalanceBody } },
  problems: [422],
  handle: async ({ body }, { db }) => {
    const { partner, type, most, depositPerPiece: text, currency, agedAfterDays } = body;
    if ((text === null) !== (currency === null)) {
      const detail = 'a deposit has an amount and a currency, both or none';
      throw new Problem(422, 'deposit_incomplete', detail, { field: text === null ? 'depositPerPiece' : 'currency' });
    }
    const deposit = text === null || currency === null ? null : minorUnits(text, currency, 'depositPerPiece');
    const agreed = { most, depositPerPiece: deposit, currency, agedAfterDays };
    await db.packagingAccount.upsert({
      where: { partner_type: { partner, type } },
      update: agreed,
      create: { partner, type, ...agreed },
    });
    return { status: 200, body: await readBalance(db, partner, type) };
  },
});

const bookMovement = endpoint({
  method: 'post',
  path: '/v1/packaging/movements',
  id: 'bookPackagingMovement',
  tag,
  summary: 'Book packaging that went out, came back or was lost',
  description: 'Once for each reference, partner, type and direction: told again it is the same movement, for ever.',
  permission: 'network:handle',
  body: z
    .strictObject({
      ...named,
      direction: z.enum(packagingDirections),
      quantity: Quantity,
      reference: OutsideCode.meta({ description: 'The delivery note, or whatever else it is known by.' }),
      facility: OutsideCode.nullable().default(null).meta({ description: 'From or to where, of ours.' }),
      at: Instant.exactOptional().meta({ description: 'When it moved; now unless told.' }),
    })
    .meta({ id: 'PackagingMovement' }),
  responses: { 200: { description: 'The account as it is then.', schema: BalanceBody } },
  problems: [404, 409, 422],
  handle: async ({ body, caller }, { db }) => {
    const now = new Date().toISOString();
    const { at = now, ...moved } = body;
    if (at > now) throw new Problem(422, 'time_in_the_future', 'at: that time lies in the future', { field: 'at' });
    await book(db, { ...moved, at, by: caller.id });
    return { status: 200, body: await readBalance(db, body.partner, body.type) };
  },
});

const listBalances = endpoint({
  method: 'get',
  path: '/v1/packaging/balances',
  id: 'listPackagingBalances',
  tag,
  summary: 'What partners have of our packaging, and for how long',
  permission: 'network:read',
  query: z.strictObject({
    partner: PartyId.optional(),
    type: OutsideCode.optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorText, cursorText])),
  }),
  responses: { 200: { description: 'A page of balances.', schema: listBody(BalanceBody) } },
  handle: async ({ query: { partner, type, limit, cursor } }, { db }) => {
    const rows = await db.packagingAccount.findMany({
      where: {
        ...(partner === undefined ? {} : { partner }),
        ...(type === undefined ? {} : { type }),
        ...(cursor === undefined
          ? {}
          : { OR: [{ partner: { gt: cursor[0] } }, { partner: cursor[0], type: { gt: cursor[1] } }] }),
      },
      include: { movements: true },
      orderBy: [{ partner: 'asc' }, { type: 'asc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.partner, row.type]);
    const now = new Date().toISOString();
    const data = page.rows.map(({ movements, ...account }) => balanceOut(account, movements.map(movementOf), now));
    return { status: 200, body: { data, nextCursor: page.nextCursor } };
  },
});

async function readBalance(db: PrismaClient, partner: string, type: string): Promise<z.infer<typeof BalanceBody>> {
  const { movements, ...account } = await db.packagingAccount.findUniqueOrThrow({
    where: { partner_type: { partner, type } },
    include: { movements: true },
  });
  return balanceOut(account, movements.map(movementOf), new Date().toISOString());
}

const movementOf = ({ direction, quantity, at }: MovementRow) => ({
  direction: directionOf(direction),
  quantity,
  at: at.toISOString(),
});

const directionOf = (text: string): PackagingDirection =>
  packagingDirections.find((direction) => direction === text) ?? 'out';

/** Packaging that is to come back, by partner and type. */
export const packagingEndpoints: readonly Endpoint[] = [openAccount, bookMovement, listBalances, getPackagingStatement];
