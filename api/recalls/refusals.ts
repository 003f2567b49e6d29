import type { RecallRefusalCode } from '../../domain/recall/refusals.ts';
import { attentionWordings, problemsOf, says, type Wording } from '../refused.ts';

/** Facilities that leave something open, where anybody looked. */
const unconfirmed = (p: Parameters<Wording['sentence']>[0]): string =>
  (p['facilities'] ?? 0) === 0
    ? ''
    : `, and ${p['facilities']} facilities have not confirmed, or have counted otherwise than the books`;

const wordings: Record<RecallRefusalCode, Wording> = {
  unknown_recall: says(404, 'there is no such recall'),
  already_drafted: says(409, 'this recall was drafted already'),
  already_launched: says(409, 'this recall was launched already: goods are held and consignees written to'),
  recall_not_launched: says(409, 'this recall is a draft; launch it first'),
  recall_completed: says(409, 'this recall is completed, so nothing of it is sent any more'),
  recall_closed: says(409, 'this recall has come to its end'),
  already_paused: says(409, 'this recall is paused already'),
  not_paused: says(409, 'this recall is not paused'),
  rate_out_of_range: {
    status: 422,
    sentence: (p) => `a rate is a whole number of notices a minute, from 1 to ${p['most'] ?? ''}`,
  },
  class_unchanged: { status: 409, sentence: (p) => `this recall is of class ${p['hazardClass'] ?? ''} already` },
  effectiveness_unchanged: {
    status: 409,
    sentence: (p) => `this recall is of level ${p['effectiveness'] ?? ''} already`,
  },
  check_share_out_of_range: says(
    422,
    'level B checks a share of 1,000 to 10,000 basis points (a tenth to all); other levels have theirs by law, so name none',
  ),
  nobody_to_check: says(
    409,
    'there is nobody to choose from: its level asks for no checks, or its consignees are not known before waves are planned',
  ),
  scope_not_newer: says(409, 'the scope was changed by somebody else meanwhile; look at it and send yours again'),
  still_notifying: says(409, 'not every consignee was written to yet; wait until the recall is notified'),
  still_open: {
    status: 422,
    sentence: (p) =>
      `${p['checks'] ?? 0} effectiveness check(s) are still open${p['choosing'] === 1 ? ', more are being chosen,' : ''} and ` +
      `${p['units'] ?? 0} unit(s) nobody accounted for${unconfirmed(p)}; say in a note why it is completed all the same`,
  },
  lead_needed: {
    status: 403,
    sentence: (p) =>
      `of class I, a lead answers for what is left (${p['checks'] ?? 0} effectiveness check(s), ${p['units'] ?? 0} unit(s) that nobody ` +
      `accounted for${unconfirmed(p)}): have one complete it, with a note`,
  },
  recall_not_completed: says(409, 'a recall is terminated after it was completed; complete it first'),
  unknown_wave: says(404, 'this recall has no such wave'),
  ...attentionWordings,
};

/** The problem that a refusal of a recall becomes, with the refusal's own code. */
export const recallProblem = problemsOf<RecallRefusalCode>(wordings);
