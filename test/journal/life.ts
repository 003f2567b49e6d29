import { asNew } from '../domain/sale.ts';
import type { DrivenReturn } from './process.ts';

/** From a requested return to a closed one: label, scan, receipt, inspection, refund, put away. */
export async function liveToTheEnd(one: DrivenReturn, quantity = 1, sku = 'MUG-1'): Promise<void> {
  await arrive(one, quantity, sku);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity, facts: asNew }] });
  for (const { refund, to } of Object.values(one.opened.refunds)) {
    if (to !== 'payment') continue;
    const outcome = { type: 'refunded', status: 'succeeded', providerId: `re_${one.rma}_${refund}` } as const;
    await one.send({ type: 'outcome', effect: `refund:${refund}`, outcome });
  }
  await one.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' });
}

/** From a requested return to one whose goods are on the bench. */
export async function arrive(one: DrivenReturn, quantity = 1, sku = 'MUG-1'): Promise<void> {
  await buyLabel(one);
  await one.send({ type: 'track', parcel: 'P1', status: 'in_transit', at: new Date().toISOString() });
  await one.send({ type: 'receive', parcel: 'P1', contents: [{ sku, quantity }], partial: false });
}

/** From a requested return to one whose label can be stuck on. */
export async function buyLabel(one: DrivenReturn): Promise<void> {
  await one.send({
    type: 'outcome',
    effect: 'buy_label:P1',
    outcome: {
      type: 'label_bought',
      carrier: 'UPS',
      tracking: `1Z${one.rma}`,
      providerId: `shp_${one.rma}`,
      cost: { amount: 595, currency: 'EUR' },
    },
  });
}
