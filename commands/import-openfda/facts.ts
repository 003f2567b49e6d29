import type { Proposal } from '../../domain/recall/code-info/reading.ts';
import { type ReadReport, scopeFields } from '../../domain/recall/enforcement-report.ts';

/** A proposal in the one form in which labels write it too: `lot A1`, `best_before 2024-01-31..2024-03-31`, `gtin 00036000291452`. */
export function factOf(proposal: Proposal): string {
  switch (proposal.type) {
    case 'all_lots':
      return 'all lots';
    case 'lot':
    case 'serial':
      return `${proposal.type} ${proposal.code}`;
    case 'lot_range':
      return `lots ${range(proposal)}`;
    case 'serial_range':
      return `serials ${range(proposal)}`;
    case 'date':
      return `${proposal.kind} ${proposal.date}`;
    case 'date_range':
      return `${proposal.kind} ${range(proposal)}`;
    case 'gtin':
      return `gtin ${proposal.gtin}`;
    case 'item_number':
      return `item ${proposal.code}`;
  }
}

/** What a report's texts propose as its scope, each once. */
export function factsOf({ scope }: ReadReport): ReadonlySet<string> {
  return new Set(scopeFields.flatMap((field) => scope[field].proposals.map(({ proposal }) => factOf(proposal))));
}

const range = ({ from, to }: { from: string | null; to: string | null }): string => `${from ?? ''}..${to ?? ''}`;
