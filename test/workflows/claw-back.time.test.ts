import { expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import { skippingTime } from './servers.ts';
import {
  confirm,
  handOver,
  hasEnded,
  hasLabel,
  inspect,
  oneRefund,
  receive,
  refundSucceeds,
  voidedLabel,
} from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

const inAdvance = (timing: 'authorization' | 'first_scan'): Partial<Policy> => ({
  refund: {
    timing,
    instruments: ['original'],
    pendingCheck: 'PT24H',
    adjustAfterSettlement: 'claim',
    dunning: { reminders: ['P7D'], person: 'P14D' },
  },
});

test('money in advance is the whole of it where the goods come as claimed', async () => {
  const its = await world().aReturn({ policy: inAdvance('first_scan') });
  await handOver(its);
  await refundSucceeds(its);
  await receive(its);
  await inspect(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(4505) });
});

test('goods that never come are claimed back: a reminder, a person, and paid in the end', async () => {
  const its = await world().aReturn({ policy: inAdvance('authorization') });
  await refundSucceeds(its);
  await hasLabel(its);
  await its.after('22 days', (state) => state.parcels['P1']?.label === 'voided');
  expect((await its.state()).clawbacks).toMatchObject({ C1: { state: 'open', outstanding: 4505 } });
  await its.after('8 days', (state) => state.clawbacks?.['C1']?.reminders === 1);
  await its.after('8 days', (state) => Object.keys(state.attention).length > 0);
  await its.resolve('clawback_unpaid', 'paid');
  await hasEnded(its, 'expired', { money: 'none', labels: voidedLabel, refunds: oneRefund(4505) });
  const { rows } = await world().pool.query(
    `SELECT state, total::int, outstanding::int, paid::int FROM clawbacks WHERE rma = $1`,
    [its.rma],
  );
  expect(rows).toEqual([{ state: 'paid', total: 4505, outstanding: 0, paid: 4505 }]);
});
