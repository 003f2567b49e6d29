import { DatabaseSync } from 'node:sqlite';
import type { Claim, Pickup, Shipment, Tracker } from './easypost/objects.ts';
import type { Charge, Dispute, PaymentIntent, Refund } from './stripe/objects.ts';

/** Every kind of object that the two vendors would keep, in their own wire format. */
export type Documents = {
  shipment: Shipment;
  tracker: Tracker;
  pickup: Pickup;
  claim: Claim;
  payment_intent: PaymentIntent;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
};
export type Kind = keyof Documents;

/** What the vendor knows and doesn't say: whether a parcel is lost, how a card will take its refunds. */
export type Notes = {
  lost?: boolean;
  attempted?: 'succeeded' | 'failed';
  refunds?: 'succeed' | 'pending' | 'fail_later' | 'hold';
};

/** A stored object. `reference` is ours, `parent` the object it belongs to. */
export type Document<K extends Kind> = {
  seq: number;
  id: string;
  reference: string | null;
  parent: string | null;
  touched: number;
  body: Documents[K];
  notes: Notes;
};

type Row = {
  seq: number;
  id: string;
  reference: string | null;
  parent: string | null;
  touched: number;
  body: string;
  notes: string;
};

export type Store = ReturnType<typeof openStore>;

const schema = `
  create table if not exists documents (
    seq integer primary key autoincrement, kind text not null, id text not null unique, reference text, parent text,
    touched integer not null, body text not null, notes text not null);
  create index if not exists documents_by_reference on documents (kind, reference);
  create index if not exists documents_by_parent on documents (kind, parent);
  create index if not exists documents_moving on documents (touched)
    where kind = 'tracker' and json_extract(body, '$.status') in ('pre_transit', 'in_transit', 'out_for_delivery');
  create index if not exists documents_settling on documents (touched)
    where kind = 'refund' and json_extract(notes, '$.refunds') in ('pending', 'fail_later');
  create table if not exists settings (name text primary key, value text not null);
  create table if not exists calls (operation text, subject text, count integer not null, primary key (operation, subject));
  create table if not exists idempotency (
    key text primary key, fingerprint text not null, status integer not null, body text not null, at integer not null);
  create table if not exists deliveries (
    seq integer primary key autoincrement, channel text not null, event text not null, subject text not null,
    body text not null, ordered integer not null, state text not null, tries integer not null default 0, due integer not null);
  create index if not exists deliveries_waiting on deliveries (state, due);
  create index if not exists deliveries_in_order on deliveries (subject, state, seq);
`;

/**
 * Opens the sandbox's only memory. Each call of a vendor's API is one transaction, so an effect and its webhooks are
 * there together or not at all, and a killed process comes back with what it had answered.
 */
export function openStore(file: string) {
  const db = new DatabaseSync(file);
  db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;');
  db.exec(schema);
  const insert = db.prepare(
    'insert into documents (kind, id, reference, parent, touched, body, notes) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare('update documents set body = ?, notes = ?, touched = ? where id = ?');
  const byId = db.prepare('select * from documents where kind = ? and id = ?');
  const byReference = db.prepare('select * from documents where kind = ? and reference = ? order by seq desc limit 1');
  const byParent = db.prepare('select * from documents where kind = ? and parent = ? order by seq');
  const ofKind = db.prepare('select * from documents where kind = ? order by seq');
  const getSetting = db.prepare('select value from settings where name = ?');
  const putSetting = db.prepare('insert or replace into settings (name, value) values (?, ?)');

  /** The rows are our own: what was written for a kind is what that kind's type says. */
  function document<K extends Kind>(row: unknown): Document<K> {
    const { seq, id, reference, parent, touched, body, notes } = row as Row;
    return { seq, id, reference, parent, touched, body: JSON.parse(body), notes: JSON.parse(notes) };
  }
  const first = <K extends Kind>(row: unknown): Document<K> | undefined =>
    row === undefined ? undefined : document<K>(row);

  return {
    db,
    insert<K extends Kind>(
      kind: K,
      body: Documents[K],
      belongs: { reference?: string | null; parent?: string | null; notes?: Notes } = {},
    ): void {
      const { reference = null, parent = null, notes = {} } = belongs;
      insert.run(kind, body.id, reference, parent, Date.now(), JSON.stringify(body), JSON.stringify(notes));
    },
    update<K extends Kind>(one: Document<K>): void {
      update.run(JSON.stringify(one.body), JSON.stringify(one.notes), Date.now(), one.id);
    },
    byId: <K extends Kind>(kind: K, id: string) => first<K>(byId.get(kind, id)),
    /** References aren't unique at the vendors; the newest answers. */
    byReference: <K extends Kind>(kind: K, reference: string) => first<K>(byReference.get(kind, reference)),
    byParent: <K extends Kind>(kind: K, parent: string) => byParent.all(kind, parent).map((row) => document<K>(row)),
    all: <K extends Kind>(kind: K) => ofKind.all(kind).map((row) => document<K>(row)),
    setting(name: string): unknown {
      const row = getSetting.get(name);
      return row === undefined ? undefined : JSON.parse(String(row['value']));
    },
    setSetting(name: string, value: unknown): void {
      putSetting.run(name, JSON.stringify(value));
    },
    /** All or nothing. Everything inside is synchronous, so no two transactions meet. */
    transaction<T>(work: () => T): T {
      db.exec('begin immediate');
      try {
        const result = work();
        db.exec('commit');
        return result;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
