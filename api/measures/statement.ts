import { costsOf } from './costs.ts';
import { type Dimension, readings } from './dimensions.ts';
import { factsOf } from './facts.ts';
import { ofGoods, rootCauses } from './goods.ts';
import { salesOf } from './sales.ts';
import { ofTimes } from './times.ts';

const CAUSES = 50;

/**
 * The one statement of the measures, so that all figures are of one moment. Its row is what was measured, one object a
 * measure, group and currency, and the root causes.
 */
export const statementOf = (by: Dimension): string => `
WITH ${[factsOf(by), ofGoods, costsOf(by), ofTimes, salesOf(by), rootCauses(CAUSES)].join(',')},
measured AS (
  SELECT 'returns' AS measure, grp, NULL AS currency, count(*)::numeric AS n, NULL::numeric AS d, NULL::numeric AS p50, NULL::numeric AS p90
    FROM member GROUP BY grp
  UNION ALL
  SELECT 'units_requested', ${readings[by].ofLine}, NULL, sum(l.requested), NULL, NULL, NULL
    FROM line l JOIN cohort c ON c.process = l.process GROUP BY 2
  UNION ALL SELECT measure, grp, currency, n, d, NULL, NULL FROM goods
  UNION ALL SELECT measure, grp, currency, n, d, NULL, NULL FROM costs
  UNION ALL SELECT measure, grp, NULL, n, NULL, p50, p90 FROM times
  UNION ALL SELECT measure, grp, NULL, n, d, NULL, NULL FROM sales)
SELECT coalesce((SELECT jsonb_agg(to_jsonb(m)) FROM measured m), '[]') AS measured,
  coalesce((SELECT jsonb_agg(cause) FROM cause), '[]') AS causes`;
