import type { Policy, RefundTiming } from '../../domain/policy/policy.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReceivedContent } from '../../domain/return/findings.ts';
import type { RequestedLine, ReturnRequest } from '../../domain/return/request.ts';
import type { OrderFacts, OrderLineFacts, PaymentFacts } from '../../domain/sale/order.ts';
import { anOrder, aPayment, aPolicy, aSoldLine } from '../domain/sale.ts';

import { schedule } from './calendar.ts';
import { Journey } from './journey.ts';

export const rma = '7K3M-Q9TX-C';

export type Wish = {
  readonly lines?: readonly (Partial<RequestedLine> & { readonly sold?: Partial<OrderLineFacts> })[];
  readonly order?: Partial<OrderFacts>;
  readonly payments?: readonly Partial<PaymentFacts>[];
  readonly policy?: Partial<Policy>;
  readonly timing?: RefundTiming;
  readonly request?: Partial<ReturnRequest>;
};

/** Three mugs of one order line, dropped off, refunded after inspection; but for what a test says. */
export function aRequest({
  lines = [{}],
  order,
  payments,
  policy,
  timing,
  request,
}: Wish = {}): Extract<ReturnCommand, { type: 'request' }> {
  const rules = aPolicy(policy);
  const sold = lines.map((line, index) =>
    aSoldLine({ orderLine: `OL${index + 1}`, sku: `MUG-${index + 1}`, held: [[0, line.quantity ?? 3]], ...line.sold }),
  );
  const paid = sold.reduce((sum, line) => sum + line.price - line.discount + line.tax, 0);
  return {
    type: 'request',
    rma,
    request: {
      program: 'customer',
      order: 'O-1',
      lines: lines.map(({ sold: _sold, ...line }, index) => ({
        line: `L${index + 1}`,
        orderLine: `OL${index + 1}`,
        quantity: 3,
        reason: 'changed_mind',
        ...line,
      })),
      method: 'drop_off',
      instrument: 'original',
      facility: 'RC-1',
      ...request,
    },
    facts: {
      order: anOrder({
        lines: sold,
        payments: (payments ?? [{}]).map((payment, index) =>
          aPayment({ payment: `PAY${index + 1}`, providerPaymentId: `pi_${index + 1}`, captured: paid, ...payment }),
        ),
        ...order,
      }),
      policy: { ...rules, refund: { ...rules.refund, timing: timing ?? rules.refund.timing } },
      schedule,
    },
  };
}

/** A customer's return as the request left it. */
export const aCustomerReturn = (wish: Wish = {}): Journey => new Journey().send(aRequest(wish));

/** A return with its label bought. */
export const aLabelledReturn = (wish: Wish = {}): Journey => aCustomerReturn(wish).labelBought();

/** A return whose goods have all arrived in P1, one item a line. */
export function aReceivedReturn(wish: Wish = {}, contents?: readonly ReceivedContent[]): Journey {
  const journey = aLabelledReturn(wish).track('in_transit');
  const expected = Object.values(journey.now.lines).filter(({ outstanding }) => outstanding > 0);
  const all = expected.map(({ sold, outstanding }) => ({ sku: sold.sku, quantity: outstanding }));
  return journey.receive(contents ?? all);
}
