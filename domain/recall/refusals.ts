/** Why a command to a recall was refused; each becomes a problem of the API with the same code. */
export const recallRefusals = [
  'unknown_recall',
  'already_drafted',
  'already_launched',
  'recall_not_launched',
  'recall_completed',
  'recall_closed',
  'already_paused',
  'not_paused',
  'rate_out_of_range',
  'class_unchanged',
  'scope_not_newer',
  'still_notifying',
  'recall_not_completed',
  'unknown_wave',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type RecallRefusalCode = (typeof recallRefusals)[number];

/** A refusal with the field of the command that it is about, and the figures of its sentence. */
export type RecallRefusal = {
  readonly code: RecallRefusalCode;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number>>;
};

export type Refused = { readonly refusal: RecallRefusal };

export function refuse(code: RecallRefusalCode, field?: string, params?: RecallRefusal['params']): Refused {
  return { refusal: { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) } };
}
