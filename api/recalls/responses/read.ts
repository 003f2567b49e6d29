import type { z } from 'zod';
import { goodsInRecall } from '../../../domain/recall/number.ts';
import type { RecallPosition } from '../../../prisma/generated/client.ts';
import type { Api } from '../../api.ts';
import { Problem } from '../../problem.ts';
import { ConsigneeAnswersBody } from './bodies.ts';

/**
 * What a consignee of a recall answered, and what is known of its goods.
 * @throws {Problem} 404
 */
export async function readAnswers(
  { db }: Pick<Api, 'db'>,
  recall: string,
  consignee: string,
): Promise<z.infer<typeof ConsigneeAnswersBody>> {
  const row = await db.recallConsignee.findUnique({
    where: { recall_consignee: { recall, consignee } },
    include: { responses: { orderBy: { number: 'desc' } }, passedOn: { orderBy: { subConsignee: 'asc' } } },
  });
  if (row === null) throw notInRecall(recall, consignee);
  const positions = await db.recallPosition.findMany({
    where: { recall, consignee },
    orderBy: [{ sku: 'asc' }, { lot: 'asc' }],
  });
  const returns = await db.return.findMany({
    where: { orderId: goodsInRecall(recall, consignee) },
    orderBy: { requestedAt: 'asc' },
    select: { rma: true },
  });
  return ConsigneeAnswersBody.parse({
    recall,
    consignee,
    state: row.state,
    returns: returns.map(({ rma }) => rma),
    positions: positions.map((position) => ({
      ...positionOut(position),
      passedOn: row.passedOn
        .filter(({ sku, lot }) => sku === position.sku && lot === position.lot)
        .map(({ subConsignee, quantity }) => ({ consignee: subConsignee, quantity })),
    })),
    responses: row.responses.map(({ number, at, by, channel, positions: said }) => ({
      ...{ number, at: at.toISOString(), by, channel },
      positions: said,
    })),
  });
}

const positionOut = (row: RecallPosition) => ({
  ...{ sku: row.sku, lot: row.lot, affected: row.affected, possible: row.possible, takenOver: row.takenOver },
  response: row.response,
  claimed: {
    held: row.claimedHeld,
    returned: row.claimedReturned,
    destroyed: row.claimedDestroyed,
    corrected: row.claimedCorrected,
    consumed: row.claimedConsumed,
    soldOn: row.claimedSoldOn,
  },
  verified: {
    held: row.verifiedHeld,
    returned: row.verifiedReturned,
    destroyed: row.verifiedDestroyed,
    corrected: row.verifiedCorrected,
    consumed: row.verifiedConsumed,
    soldOn: row.verifiedSoldOn,
  },
  unaccounted: row.unaccounted,
});

export const notInRecall = (recall: string, consignee: string): Problem =>
  new Problem(
    404,
    'consignee_not_in_recall',
    `there is no recall ${recall} that writes to ${consignee}; see GET /v1/recalls/${recall}/consignees`,
  );
