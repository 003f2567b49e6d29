import type { AttentionRow } from '../../domain/attention-rows.ts';
import type { DeliveryProjection } from '../../domain/delivery/projection.ts';
import type { CertificateRow, ExecutionProjection } from '../../domain/execution/projection.ts';
import type { RecallProjection } from '../../domain/recall/projection.ts';
import type { InspectionRow, Projection } from '../../domain/return/projection.ts';
import type { Units } from '../../domain/units.ts';
import { recallRow, recalls } from './recall-rows.ts';

/** A row as JSON, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** A table that append writes whole rows to: its columns with their types, the key's first. */
export type Table = { readonly key: readonly string[]; readonly columns: Readonly<Record<string, string>> };

/** The read model's tables; columns named as in the migrations, fields as in domain/return/projection.ts. */
export const readModel = {
  returns: {
    key: ['rma'],
    columns: {
      rma: 'text',
      program: 'text',
      order_id: 'text',
      currency: 'text',
      facility: 'text',
      method: 'text',
      instrument: 'text',
      goods: 'text',
      money: 'text',
      quoted: 'bigint',
      settled: 'bigint',
      requested_at: 'timestamptz',
      authorized_at: 'timestamptz',
      closed_at: 'timestamptz',
      next_deadline: 'timestamptz',
      outcome: 'text',
      policy: 'text',
      policy_version: 'int',
      gift: 'boolean',
      version: 'int',
    },
  },
  return_lines: {
    key: ['rma', 'line'],
    columns: {
      rma: 'text',
      line: 'text',
      order_line_id: 'text',
      sku: 'text',
      reason: 'text',
      verdict: 'text',
      codes: 'text[]',
      requested: 'int',
      cancelled: 'int',
      kept: 'int',
      outstanding: 'int',
      missing: 'int',
      received: 'int',
    },
  },
  return_items: {
    key: ['rma', 'item'],
    columns: {
      rma: 'text',
      item: 'text',
      line: 'text',
      parcel: 'text',
      sku: 'text',
      quantity: 'int',
      lot: 'text',
      serials: 'text[]',
      stage: 'text',
      grade: 'text',
      acceptance: 'text',
      disposition: 'text',
      vetoes: 'text[]',
      evidence: 'jsonb',
      settled: 'boolean',
      execution: 'text',
      location: 'text',
      cost: 'bigint',
      recovered: 'bigint',
      added: 'bigint',
      refurbished: 'int',
      gain: 'bigint',
    },
  },
  parcels: {
    key: ['rma', 'parcel'],
    columns: {
      rma: 'text',
      parcel: 'text',
      method: 'text',
      label_state: 'text',
      carrier: 'text',
      tracking: 'text',
      provider_id: 'text',
      status: 'text',
      received: 'boolean',
      lost: 'boolean',
      claim: 'text',
    },
  },
  pickups: {
    key: ['rma', 'pickup'],
    columns: {
      rma: 'text',
      pickup: 'text',
      parcel: 'text',
      state: 'text',
      provider_id: 'text',
      window_start: 'timestamptz',
      window_end: 'timestamptz',
    },
  },
  claims: {
    key: ['rma', 'claim'],
    columns: {
      rma: 'text',
      claim: 'text',
      parcel: 'text',
      kind: 'text',
      state: 'text',
      amount: 'bigint',
      paid: 'bigint',
      provider_id: 'text',
    },
  },
  inspections: {
    key: ['rma', 'item'],
    columns: {
      rma: 'text',
      item: 'text',
      from_item: 'text',
      quantity: 'int',
      grade: 'text',
      facts: 'jsonb',
      reason_found: 'text',
      at: 'timestamptz',
      by: 'text',
    },
  },
  settlements: {
    key: ['rma', 'settlement'],
    columns: {
      rma: 'text',
      settlement: 'text',
      total: 'bigint',
      shipping_fee: 'bigint',
      instrument: 'text',
      others: 'int',
    },
  },
  clawbacks: {
    key: ['rma', 'clawback'],
    columns: {
      rma: 'text',
      clawback: 'text',
      cause: 'text',
      total: 'bigint',
      outstanding: 'bigint',
      paid: 'bigint',
      state: 'text',
    },
  },
  exchanges: {
    key: ['rma', 'exchange'],
    columns: {
      rma: 'text',
      exchange: 'text',
      kind: 'text',
      state: 'text',
      stock: 'text',
      facility: 'text',
      goods: 'jsonb',
      to_ship: 'jsonb',
      price: 'bigint',
      due: 'bigint',
      paid: 'bigint',
      due_at: 'timestamptz',
      carrier: 'text',
      tracking: 'text',
      serials: 'jsonb',
    },
  },
  warranties: {
    key: ['rma', 'order_line_id', 'serial'],
    columns: {
      rma: 'text',
      order_line_id: 'text',
      serial: 'text',
      replaces: 'text',
      covered_from: 'timestamptz',
      covered_until: 'timestamptz',
      repaired: 'boolean',
    },
  },
  refunds: {
    key: ['rma', 'refund'],
    columns: {
      rma: 'text',
      refund: 'text',
      settlement: 'text',
      destination: 'text',
      payment: 'text',
      amount: 'bigint',
      state: 'text',
      provider_id: 'text',
      code: 'text',
    },
  },
  executions: {
    key: ['number'],
    columns: {
      number: 'text',
      kind: 'text',
      disposition: 'text',
      party: 'text',
      facility: 'text',
      currency: 'text',
      status: 'text',
      reference: 'text',
      tracking: 'text',
      expected: 'bigint',
      received: 'bigint',
      written_off: 'bigint',
      requested_at: 'timestamptz',
      closed_at: 'timestamptz',
      next_deadline: 'timestamptz',
      outcome: 'text',
      version: 'int',
      budget: 'bigint',
      spent: 'bigint',
    },
  },
  execution_items: {
    key: ['number', 'rma', 'item'],
    columns: {
      number: 'text',
      rma: 'text',
      item: 'text',
      sku: 'text',
      quantity: 'int',
      lot: 'text',
      grade: 'text',
      cost: 'bigint',
      expected: 'bigint',
      received: 'bigint',
      state: 'text',
      code: 'text',
      mended: 'int',
      beyond_repair: 'int',
      given_up: 'int',
    },
  },
  certificates: {
    key: ['number'],
    columns: {
      number: 'text',
      kind: 'text',
      certificate: 'text',
      issued_on: 'date',
      handed_over_by: 'text',
      handed_over_grams: 'bigint',
      weight_grams: 'bigint',
      materials: 'jsonb',
      material_grams: 'bigint',
      residue_grams: 'bigint',
      mass_basis_points: 'int',
      value: 'bigint',
      charge: 'bigint',
      proceeds: 'bigint',
      method: 'text',
      duty_claimed: 'boolean',
      witnesses: 'jsonb',
    },
  },
  deliveries: {
    key: ['tracking'],
    columns: {
      tracking: 'text',
      order_id: 'text',
      carrier: 'text',
      status: 'text',
      reason: 'text',
      carrier_status: 'text',
      attempts: 'int',
      instruction: 'text',
      hold_until: 'timestamptz',
      remedy: 'text',
      rma: 'text',
      outcome: 'text',
      opened_at: 'timestamptz',
      closed_at: 'timestamptz',
      next_deadline: 'timestamptz',
      version: 'int',
    },
  },
  recalls,
  attention: {
    key: ['id'],
    columns: {
      id: 'text',
      rma: 'text',
      execution: 'text',
      delivery: 'text',
      recall: 'text',
      attention: 'text',
      reason: 'text',
      subject: 'text',
      detail: 'text',
      raised_at: 'timestamptz',
      resolved_at: 'timestamptz',
      resolution: 'text',
    },
  },
} as const satisfies Record<string, Table>;

export type ReadModelTable = keyof typeof readModel;
export const readModelTables = Object.keys(readModel) as readonly ReadModelTable[];

export type RowsByTable = Partial<Readonly<Record<ReadModelTable, readonly Row[]>>>;

/** The rows of a projection by table, as of a journal version. */
export function rowsOf(projection: AnyProjection, version: number): RowsByTable {
  if ('execution' in projection) return executionRows(projection, version);
  if ('recall' in projection) return recallRows(projection, version);
  return 'delivery' in projection ? deliveryRows(projection, version) : returnRows(projection, version);
}

type AnyProjection = Projection | ExecutionProjection | DeliveryProjection | RecallProjection;

function deliveryRows({ delivery, attention }: DeliveryProjection, version: number): RowsByTable {
  const { tracking, order, carrierStatus, holdUntil, openedAt, closedAt, nextDeadline, ...row } = delivery;
  return {
    deliveries: [
      {
        ...row,
        tracking,
        order_id: order,
        carrier_status: carrierStatus,
        hold_until: holdUntil,
        opened_at: openedAt,
        closed_at: closedAt,
        next_deadline: nextDeadline,
        version,
      },
    ],
    attention: raisedAttention({ delivery: tracking }, attention),
  };
}

const recallRows = ({ recall, attention }: RecallProjection, version: number): RowsByTable => ({
  recalls: [recallRow(recall, version)],
  attention: raisedAttention({ recall: recall.number }, attention),
});

function executionRows(projection: ExecutionProjection, version: number): RowsByTable {
  const { execution, executionItems, certificates = [], attention } = projection;
  const { number, writtenOff, requestedAt, closedAt, nextDeadline, budget = null, spent = null, ...head } = execution;
  return {
    executions: [
      {
        ...head,
        number,
        written_off: writtenOff,
        requested_at: requestedAt,
        closed_at: closedAt,
        next_deadline: nextDeadline,
        version,
        budget,
        spent,
      },
    ],
    execution_items: executionItems.map(({ mended = null, beyondRepair = null, givenUp = null, ...row }) => ({
      ...row,
      ...{ number, mended, beyond_repair: beyondRepair, given_up: givenUp },
    })),
    certificates: certificates.map((row) => certificateRow(number, row)),
    attention: raisedAttention({ execution: number }, attention),
  };
}

const certificateRow = (
  number: string,
  {
    issuedOn,
    handedOverBy,
    handedOverGrams,
    weightGrams,
    materialGrams,
    residueGrams,
    massBasisPoints,
    dutyClaimed,
    ...row
  }: CertificateRow,
): Row => ({
  ...row,
  number,
  issued_on: issuedOn,
  handed_over_by: handedOverBy,
  handed_over_grams: handedOverGrams,
  weight_grams: weightGrams,
  material_grams: materialGrams,
  residue_grams: residueGrams,
  mass_basis_points: massBasisPoints,
  duty_claimed: dutyClaimed,
});

function returnRows(projection: Projection, version: number): RowsByTable {
  const { rma } = projection.return;
  const { order, requestedAt, authorizedAt, closedAt, nextDeadline, policyVersion, ...head } = projection.return;
  return {
    returns: [
      {
        ...head,
        order_id: order,
        requested_at: requestedAt,
        authorized_at: authorizedAt,
        closed_at: closedAt,
        next_deadline: nextDeadline,
        policy_version: policyVersion,
        version,
      },
    ],
    return_lines: projection.lines.map(({ orderLine, holds: _, ...row }) => ({
      ...row,
      rma,
      order_line_id: orderLine,
    })),
    return_items: projection.items.map((row) => ({ ...row, rma })),
    parcels: projection.parcels.map(({ labelState, providerId, ...row }) => ({
      ...row,
      rma,
      label_state: labelState,
      provider_id: providerId,
    })),
    pickups: projection.pickups.map(({ providerId, windowStart, windowEnd, ...row }) => ({
      ...row,
      rma,
      provider_id: providerId,
      window_start: windowStart,
      window_end: windowEnd,
    })),
    claims: projection.claims.map(({ providerId, ...row }) => ({ ...row, rma, provider_id: providerId })),
    inspections: latest(projection.inspections).map(({ from, reasonFound, ...row }) => ({
      ...row,
      rma,
      from_item: from,
      reason_found: reasonFound,
    })),
    settlements: projection.settlements.map(({ shippingFee, ...row }) => ({ ...row, rma, shipping_fee: shippingFee })),
    clawbacks: projection.clawbacks.map((row) => ({ ...row, rma })),
    exchanges: projection.exchanges.map(({ toShip, dueAt, ...row }) => ({
      ...row,
      rma,
      to_ship: toShip,
      due_at: dueAt,
    })),
    warranties: projection.warranties.map(({ orderLine, serial, replaces, from, until, repaired }) => ({
      ...{ rma, order_line_id: orderLine, serial, replaces, covered_from: from, covered_until: until, repaired },
    })),
    refunds: projection.refunds.map(({ to, providerId, ...row }) => ({
      ...row,
      rma,
      destination: to,
      provider_id: providerId,
    })),
    attention: raisedAttention({ rma }, projection.attention),
  };
}

/** An item that was graded again within one append has one row, of the last time. */
const latest = (inspections: readonly InspectionRow[]): readonly InspectionRow[] => [
  ...new Map(inspections.map((inspection) => [inspection.item, inspection])).values(),
];

/** Whose entry in the people's queue it is. */
type Owner =
  | { readonly rma: string }
  | { readonly execution: string }
  | { readonly delivery: string }
  | { readonly recall: string };

const raisedAttention = (owner: Owner, attention: readonly AttentionRow[]): readonly Row[] =>
  attention
    .filter(({ raisedAt }) => raisedAt !== null)
    .map((row) => ({
      ...attentionRow(owner, row),
      raised_at: row.raisedAt,
      reason: row.reason,
      subject: row.subject,
      detail: row.detail,
    }));

/** Those whose end alone is news; the rest of the row lies there already. */
export function endedAttention(projection: AnyProjection): readonly Row[] {
  const owner = ownerOf(projection);
  return projection.attention.filter(({ raisedAt }) => raisedAt === null).map((row) => attentionRow(owner, row));
}

function ownerOf(projection: AnyProjection): Owner {
  if ('execution' in projection) return { execution: projection.execution.number };
  if ('recall' in projection) return { recall: projection.recall.number };
  return 'delivery' in projection ? { delivery: projection.delivery.tracking } : { rma: projection.return.rma };
}

/** A tracking number is its carrier's, so it is kept apart from numbers of ours. */
function nameOf(owner: Owner): string {
  if ('delivery' in owner) return `delivery:${owner.delivery}`;
  if ('recall' in owner) return owner.recall;
  return 'rma' in owner ? owner.rma : owner.execution;
}

const attentionRow = (owner: Owner, { attention, resolvedAt, resolution }: AttentionRow): Row => ({
  ...owner,
  id: `${nameOf(owner)}/${attention}`,
  attention,
  resolved_at: resolvedAt,
  resolution,
});

/** Units as PostgreSQL's int4multirange. */
export const multirange = (units: Units): string => `{${units.map(([from, to]) => `[${from},${to})`).join(',')}}`;

/** PostgreSQL's int4multirange, in its canonical form, as units. */
export const unitsOf = (text: string): Units =>
  Array.from(text.matchAll(/\[(\d+),(\d+)\)/g), (match) => [Number(match[1]), Number(match[2])] as const);
