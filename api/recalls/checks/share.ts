import { z } from 'zod';
import { leastShareOfB, mostShareOfB } from '../../../domain/recall/checks.ts';

/** Of level B alone. */
export const CheckShare = z.int().min(leastShareOfB).max(mostShareOfB).nullable().default(null).meta({
  description: 'Of level B: how many consignees are checked, in basis points, from 1000 (a tenth) to 10000 (all).',
});
