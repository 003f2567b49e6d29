import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { RecallNumber } from './bodies.ts';
import { ConsigneeId } from './responses/bodies.ts';
import { notInRecall } from './responses/read.ts';

const ProofBody = z
  .object({
    proof: z.string(),
    contentType: z.string(),
    sha256: z.string(),
    sentAt: z.iso.datetime(),
    link: z.string(),
  })
  .meta({ id: 'RecallProof' });

const params = z.object({ number: RecallNumber, consignee: ConsigneeId });
const ProofPath = params.extend({ proof: z.string().regex(/^\d{1,18}$/, 'is no number of a proof') });

const onProofs = {
  path: '/v1/recalls/{number}/consignees/{consignee}/proofs',
  tag: 'Recalls',
  problems: [404],
} as const;
const onProof = { ...onProofs, path: `${onProofs.path}/{proof}` } as const;

/** What consignees sent to show how goods were destroyed. */
export const recallProofs = [
  endpoint({
    ...onProofs,
    method: 'get',
    id: 'listRecallProofs',
    summary: 'What a consignee sent to show that goods were destroyed',
    permission: 'photos:read',
    params,
    responses: { 200: { description: 'As they came.', schema: z.object({ data: z.array(ProofBody) }) } },
    handle: async ({ params: { number: recall, consignee } }, { db }) => {
      const where = { recall_consignee: { recall, consignee } };
      if ((await db.recallConsignee.findUnique({ where, select: { wave: true } })) === null) {
        throw notInRecall(recall, consignee);
      }
      const rows = await db.recallProof.findMany({
        where: { recall, consignee },
        omit: { bytes: true },
        orderBy: { id: 'asc' },
      });
      const data = rows.map(({ id, contentType, sha256, sentAt }) => ({
        ...{ proof: String(id), contentType, sha256, sentAt: sentAt.toISOString() },
        link: `/v1/recalls/${recall}/consignees/${encodeURIComponent(consignee)}/proofs/${id}`,
      }));
      return { status: 200, body: { data } };
    },
  }),
  endpoint({
    ...onProof,
    method: 'get',
    id: 'getRecallProof',
    summary: 'One such file',
    permission: 'photos:read',
    params: ProofPath,
    responses: { 200: { description: 'The picture, or the PDF.', contentType: '*/*' } },
    handle: async ({ params: { number: recall, consignee, proof } }, { db }) => {
      const row = await db.recallProof.findFirst({ where: { id: BigInt(proof), recall, consignee } });
      if (row === null) throw proofNotFound(proof);
      return {
        status: 200,
        file: { type: row.contentType, bytes: row.bytes },
        headers: {
          // It comes from outside: never shown in a page of ours.
          'content-disposition': `attachment; filename="${recall}-${proof}.${row.contentType.split('/')[1] ?? 'bin'}"`,
          'content-security-policy': 'sandbox',
          'cache-control': 'private, no-store',
        },
      };
    },
  }),
  endpoint({
    ...onProof,
    method: 'delete',
    id: 'eraseRecallProof',
    summary: 'Erase such a file',
    description: 'For what shows somebody who did not agree to it. It cannot be brought back.',
    permission: 'photos:erase',
    params: ProofPath,
    responses: { 204: { description: 'It is gone.' } },
    handle: async ({ params: { number: recall, consignee, proof } }, { db }) => {
      const { count } = await db.recallProof.deleteMany({ where: { id: BigInt(proof), recall, consignee } });
      if (count === 0) throw proofNotFound(proof);
      return { status: 204 };
    },
  }),
];

const proofNotFound = (proof: string) =>
  new Problem(404, 'proof_not_found', `this consignee sent no proof ${proof} for this recall`);
