import { type Refused, refuse } from '../../execution/refusals.ts';
import { raise } from '../../process/attention.ts';
import { after, type Instant } from '../../time/duration.ts';
import { type Certificate, isApart, massDifference, weightOf } from '../certificate.ts';
import type { CertifiedDisposalCommand } from '../commands.ts';
import type { CertifiedDisposalEvent, CertifiedDisposition } from '../events.ts';
import type { Opened } from '../state.ts';

type Answer = readonly CertifiedDisposalEvent[] | Refused;

const certifies = {
  donation: 'donate',
  recycling: 'recycle',
  destruction: 'destroy',
} as const satisfies Record<Certificate['kind'], CertifiedDisposition>;

/**
 * The organisation certifies what became of the goods. What went into recycling must have come out as materials or residue;
 * a weight other than the one that we handed over is a person's to judge.
 */
export function certify(state: Opened, certificate: Certificate, at: Instant): Answer {
  if (state.status === 'closed' || state.status === 'ending') return refuse('execution_closed');
  if (state.status === 'requested') return refuse('not_handed_over_yet');
  if (state.certificate !== null) return refuse('certificate_already_recorded');
  if (certifies[certificate.kind] !== state.disposition) {
    return refuse('certificate_of_another_kind', 'kind', { disposition: state.disposition });
  }
  // A day on: where it was issued the date may be further on than ours.
  if (certificate.issuedOn > after(at, 'P1D').slice(0, 10)) return refuse('date_in_the_future', 'issuedOn');
  const wrong = wrongFigure(certificate);
  if (wrong !== null) return refuse('figure_not_valid', wrong);
  if (certificate.kind === 'recycling') {
    const { weightGrams } = certificate;
    const difference = massDifference(certificate);
    if (isApart(weightGrams, weightGrams - difference, state.terms.massBasisPoints)) {
      const out = weightGrams - difference;
      return refuse('mass_differs', 'weightGrams', { in: weightGrams, out, difference });
    }
  }
  const weight = weightOf(certificate);
  const ours = state.handover?.weightGrams ?? null;
  const differs = ours !== null && weight !== null && isApart(ours, weight, state.terms.weightBasisPoints);
  return [
    { type: 'certificate_recorded', certificate },
    ...(differs ? raise(state, 'certificate_weight_differs', state.number, String(weight - ours)) : []),
  ];
}

/** The first figure that is no whole number from 0 up, or a weight of nothing. */
function wrongFigure(certificate: Certificate): string | null {
  const figures: readonly (readonly [string, number, number])[] = [
    ['charge', certificate.charge, 0],
    ...(certificate.kind === 'donation' ? ([['value', certificate.value, 0]] as const) : []),
    ...(certificate.kind === 'destruction' && certificate.weightGrams !== null
      ? ([['weightGrams', certificate.weightGrams, 1]] as const)
      : []),
    ...(certificate.kind === 'recycling'
      ? ([
          ['weightGrams', certificate.weightGrams, 1],
          ['residueGrams', certificate.residueGrams, 0],
          ['proceeds', certificate.proceeds, 0],
          ...certificate.materials.map(({ grams }, index) => [`materials.${index}.grams`, grams, 1] as const),
        ] as const)
      : []),
  ];
  return figures.find(([, figure, least]) => !Number.isSafeInteger(figure) || figure < least)?.[0] ?? null;
}

/** Somebody saw the destruction: not the one who handed the goods over, nor the organisation that destroyed them. */
export function witness(
  state: Opened,
  { role, reference }: Extract<CertifiedDisposalCommand, { type: 'witness' }>,
  by: string,
): Answer {
  if (state.status === 'closed' || state.status === 'ending') return refuse('execution_closed');
  if (state.disposition !== 'destroy') return refuse('no_witness_needed', 'role');
  if (state.handover === null) return refuse('not_handed_over_yet');
  if (state.witnesses.some((each) => each.role === role)) return refuse('already_witnessed', 'role');
  if (role === 'customs' && reference === null) return refuse('reference_needed', 'reference');
  if (by === state.handover.by || reference === state.organisation) return refuse('witness_is_executor', 'role');
  return [{ type: 'witnessed', role, reference }];
}
