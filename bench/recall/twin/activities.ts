import type { Pool } from 'pg';
import type { NoticeChannel } from '../../../activities/notices/port.ts';
import { writeNotice } from '../../../activities/notices/write.ts';

/** What the naive twin's workflows ask for. */
export interface TwinNotices {
  /** The next consignees of a recall, in the order of their ids. */
  listConsignees(input: { recall: string; after: string; limit: number }): Promise<string[]>;
  sendNotice(input: { recall: string; consignee: string }): Promise<void>;
}

/** The twin's own tables: who is written to about which goods, and who was. */
export const TWIN_TABLES = `
  CREATE TABLE twin_consignees (recall text, consignee text, email text NOT NULL, sku text NOT NULL, lot text NOT NULL, quantity int NOT NULL,
    PRIMARY KEY (recall, consignee));
  CREATE TABLE twin_notices (recall text, consignee text, message_id text NOT NULL UNIQUE, sent_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (recall, consignee))`;

const words = {
  product: 'Synthetic kettle, 1.7 l',
  reason: 'The handle may come off while it is full of hot water.',
  instructions: 'Stop selling it, put what you have aside and send it back.',
  contact: 'recalls@synthetic.invalid',
};

type Row = { readonly email: string; readonly sku: string; readonly lot: string; readonly quantity: number };

export const makeTwinNotices = (pool: Pool, channel: NoticeChannel): TwinNotices => ({
  listConsignees: async ({ recall, after, limit }) => {
    const { rows } = await pool.query<{ consignee: string }>({
      name: 'twin consignees',
      text: 'SELECT consignee FROM twin_consignees WHERE recall = $1 AND consignee > $2 ORDER BY consignee LIMIT $3',
      values: [recall, after, limit],
    });
    return rows.map(({ consignee }) => consignee);
  },
  sendNotice: async ({ recall, consignee }) => {
    const { rows } = await pool.query<Row>({
      name: 'twin consignee',
      text: 'SELECT email, sku, lot, quantity FROM twin_consignees WHERE recall = $1 AND consignee = $2',
      values: [recall, consignee],
    });
    const [row] = rows;
    if (row === undefined) throw new Error(`there is no consignee ${consignee}`);
    const { email, ...goods } = row;
    const letter = writeNotice({
      ...{ recall, kind: 'recall', hazardClass: 'II', notice: 'initial', language: 'en' },
      ...{ text: words, goods: [goods], response: { url: 'https://twin.invalid/', until: '2030-01-01T00:00:00.000Z' } },
    });
    const messageId = `<${consignee}.${recall}@twin.invalid>`;
    const { state } = await channel.send({ messageId, to: email, ...letter });
    if (state !== 'sent') throw new Error(`the notice to ${consignee} was not taken`);
    await pool.query({
      name: 'twin notice',
      text: 'INSERT INTO twin_notices (recall, consignee, message_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      values: [recall, consignee, messageId],
    });
  },
});
