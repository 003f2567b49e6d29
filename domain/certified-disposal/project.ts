import { going } from '../execution/item.ts';
import { changedRows, commonRow } from '../execution/project.ts';
import type { CertificateRow, ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { materialGrams, proceedsOf, weightOf } from './certificate.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { type CertifiedDisposalState, type Opened, opened } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(
  before: CertifiedDisposalState,
  after: Opened,
  recorded: readonly Recorded[],
): ExecutionProjection {
  return {
    execution: rowOf(after),
    executionItems: changedRows(opened(before)?.items ?? {}, after.items),
    certificates: certificateRows(after),
    attention: attentionRows(recorded),
  };
}

function rowOf(state: Opened): ExecutionRow {
  const received = going(state.items).reduce((sum, item) => sum + item.received, 0);
  return {
    kind: 'certified_disposal',
    disposition: state.disposition,
    party: state.organisation,
    status: state.status,
    reference: state.certificate?.certificate ?? null,
    tracking: state.handover?.document ?? null,
    expected: received,
    received,
    writtenOff: 0,
    ...commonRow(state, deadlines(state)),
  };
}

/** From the hand-over on, what is known of it: filled as it comes, empty again where a certificate is rejected. */
function certificateRows({ handover, certificate, witnesses, dutyClaimed, terms }: Opened): readonly CertificateRow[] {
  if (handover === null) return [];
  const recycled = certificate?.kind === 'recycling' ? certificate : null;
  return [
    {
      kind: certificate?.kind ?? null,
      certificate: certificate?.certificate ?? null,
      issuedOn: certificate?.issuedOn ?? null,
      handedOverBy: handover.by,
      handedOverGrams: handover.weightGrams,
      weightGrams: certificate === null ? null : weightOf(certificate),
      materials: recycled?.materials ?? [],
      materialGrams: recycled === null ? null : materialGrams(recycled),
      residueGrams: recycled?.residueGrams ?? null,
      massBasisPoints: terms.massBasisPoints,
      value: certificate?.kind === 'donation' ? certificate.value : null,
      charge: certificate?.charge ?? null,
      proceeds: certificate === null ? null : proceedsOf(certificate),
      method: certificate?.kind === 'destruction' ? certificate.method : null,
      dutyClaimed,
      witnesses,
    },
  ];
}
