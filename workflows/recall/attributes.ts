import type { SearchAttributePair } from '@temporalio/common';
import { searchAttributes } from '../process/attributes.ts';

/** Those that never change: a recall and its waves are found by its number. */
export const lastingAttributes = (number: string): SearchAttributePair[] => [
  { key: searchAttributes.Program, value: 'recall' },
  { key: searchAttributes.RecallId, value: number },
];
