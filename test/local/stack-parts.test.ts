import { Connection } from '@temporalio/client';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { freshDatabase } from '../setup/fresh-database.ts';

test('the database has the schema', async () => {
  const client = new pg.Client({ connectionString: await freshDatabase() });
  await client.connect();
  const { rows } = await client.query('SELECT count(*)::int AS n FROM journal');
  await client.end();
  expect(rows).toEqual([{ n: 0 }]);
});

test('Temporal knows every search attribute and keeps closed runs for 30 days', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  await connection.close();
  expect(Object.keys(customAttributes ?? {})).toEqual(
    expect.arrayContaining([
      'Program',
      'Status',
      'RecallId',
      'Facility',
      'NeedsPerson',
      'Orders',
      'Skus',
      'Lots',
      'NextDeadline',
    ]),
  );
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
});
