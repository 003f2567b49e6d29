import type pg from 'pg';
import type { Logger } from 'pino';
import type { LinkKeys } from '../activities/notices/link.ts';
import type { Reach } from '../activities/webhooks/reach.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';
import type { Processes } from './processes.ts';

/** What handlers work with. */
export type Api = {
  readonly db: PrismaClient;
  /** The pool under it, for the journal's own statements. */
  readonly pool: pg.Pool;
  readonly processes: Processes;
  readonly log: Logger;
  /** How many lines one section of a bulk return has at the most. */
  readonly sectionLines: number;
  /** How others reach this API and the Temporal UI; without a slash at the end. */
  readonly publicUrl: string;
  readonly temporalUi: { readonly url: string; readonly namespace: string };
  /** What signed the links in notices, by which consignees respond. */
  readonly linkKeys: LinkKeys;
  /** Where consignees' webhooks may lead. */
  readonly reach: Reach;
  readonly secrets: { readonly easypost: string; readonly stripe: string; readonly notices: string };
};
