import { Router } from 'express';
import { z } from 'zod';
import { operation, type Sandbox } from '../operation.ts';
import { answer, easypost, find, notFound, refusal } from './dialect.ts';
import { publishEvent } from './events.ts';
import { type Claim, newId, now } from './objects.ts';

const claimInput = z.object({
  reference: z.string().nullish(),
  tracking_code: z.string(),
  type: z.enum(['damage', 'loss', 'theft']),
  amount: z.union([z.string(), z.number()]),
  description: z.string(),
  contact_email: z.string().nullish(),
  recipient_name: z.string().nullish(),
  payment_method: z.string().default('easypost_wallet'),
});

function step(claim: Pick<Claim, 'history'>, status: string, statusDetail: string) {
  const timestamp = now();
  return {
    status,
    status_detail: statusDetail,
    status_timestamp: timestamp,
    updated_at: timestamp,
    history: [{ status, status_detail: statusDetail, timestamp }, ...claim.history],
  };
}

/** What the insurer says in the end. `amount` is a decimal; all that was asked for where none is named. */
export function answerClaim(
  sandbox: Sandbox,
  claimId: string,
  outcome: 'approved' | 'rejected',
  amount?: string,
): Claim | undefined {
  const found = sandbox.store.byId('claim', claimId);
  if (found === undefined || found.body.status !== 'submitted') return undefined;
  const previous = { status: found.body.status };
  const approved = amount ?? found.body.requested_amount;
  const partly = outcome === 'approved' && Number(approved) < Number(found.body.requested_amount);
  Object.assign(
    found.body,
    step(
      found.body,
      partly ? 'approved_partial' : outcome,
      outcome === 'approved' ? 'Claim approved.' : 'Claim denied.',
    ),
    outcome === 'approved' ? { approved_amount: approved } : {},
  );
  sandbox.store.update(found);
  publishEvent(sandbox, `claim.${outcome}`, found.body, previous);
  return found.body;
}

/** Claims for lost and damaged parcels; every parcel counts as insured here. */
export function claims(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const dialect = easypost(store, 'claim');
  const router = Router();

  router.post(
    '/claims',
    operation(sandbox, dialect, 'claim.create', ({ body }) => {
      const input = claimInput.safeParse(body);
      if (!input.success) return refusal(422, 'CLAIM.PARAMETERS.INVALID', 'Invalid claim parameters.');
      const given = input.data;
      const tracker = store.byReference('tracker', given.tracking_code);
      if (tracker === undefined) return refusal(404, 'TRACKER.NOT_FOUND', 'No tracker was found.');
      const amount = Number(given.amount).toFixed(2);
      const claim: Claim = {
        id: newId('clm'),
        object: 'Claim',
        mode: 'test',
        reference: given.reference ?? null,
        approved_amount: null,
        attachments: [],
        contact_email: given.contact_email ?? null,
        created_at: now(),
        description: given.description,
        insurance_amount: amount,
        insurance_id: newId('ins'),
        payment_method: given.payment_method,
        recipient_name: given.recipient_name ?? null,
        requested_amount: amount,
        shipment_id: tracker.body.shipment_id,
        tracking_code: given.tracking_code,
        type: given.type,
        ...step({ history: [] }, 'submitted', 'Claim was created.'),
      };
      store.insert('claim', claim, { reference: claim.reference, parent: claim.shipment_id });
      return answer(201, claim);
    }),
  );

  router.get(
    '/claims/:id',
    operation(sandbox, dialect, 'claim.retrieve', ({ params }) => {
      const claim = find(store, 'claim', params['id']);
      return claim === undefined ? notFound() : answer(200, claim.body);
    }),
  );

  router.post(
    '/claims/:id/cancel',
    operation(sandbox, dialect, 'claim.cancel', ({ params }) => {
      const found = find(store, 'claim', params['id']);
      if (found === undefined) return notFound();
      if (found.body.status !== 'submitted')
        return refusal(422, 'CLAIM.CANCEL.FAILED', 'The claim can not be cancelled.');
      Object.assign(found.body, step(found.body, 'cancelled', 'Claim cancellation was requested.'));
      store.update(found);
      publishEvent(sandbox, 'claim.cancelled', found.body, { status: 'submitted' });
      return answer(200, found.body);
    }),
  );
  return router;
}
