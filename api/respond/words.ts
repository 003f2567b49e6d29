import type { NoticeLanguage } from '../../domain/recall/notices.ts';
import type { Outcome } from '../../domain/recall/response.ts';
import { de } from './words-de.ts';
import { en } from './words-en.ts';
import { fr } from './words-fr.ts';

/** What can be wrong with what was filled in. */
export type FieldFault =
  | 'not_a_number'
  | 'nothing_filled'
  | 'more_than_shipped'
  | 'sold_on_differs'
  | 'name_missing'
  | 'email_malformed'
  | 'quantity_missing'
  | 'not_text'
  | 'file_kind'
  | 'file_large'
  | 'files_many'
  | 'files_no_room'
  | 'recipients_many'
  | 'unlike_verified'
  | 'not_taken';

/** Why a link leads to no form. */
export type LinkFault =
  | 'unknown'
  | 'expired'
  | 'closed'
  | 'withdrawn'
  | 'too_often'
  | 'too_large'
  | 'unreadable'
  | 'trouble';

/** What the page says in one language, beside what the notices say already. */
export type PageWords = {
  readonly drill: string;
  readonly forYou: string;
  readonly answered: (at: string) => string;
  readonly correctIt: string;
  readonly answeredMeanwhile: string;
  readonly wrong: (count: number) => string;
  readonly wrongTitle: string;
  readonly contact: string;
  readonly goods: { readonly sku: string; readonly lot: string; readonly quantity: string };
  readonly none: { readonly title: string; readonly hint: string; readonly button: string };
  readonly form: {
    readonly title: string;
    readonly hint: string;
    readonly shipped: (units: string) => string;
    /** In the place of a form that would have more goods than anybody fills in. */
    readonly tooMany: string;
  };
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly passedOn: {
    readonly title: string;
    readonly hint: string;
    readonly recipient: (number: number) => string;
    readonly goods: string;
    readonly name: string;
    readonly email: string;
    readonly quantity: string;
    readonly more: string;
  };
  readonly proof: {
    readonly title: string;
    readonly hint: string;
    readonly label: string;
    readonly sent: (count: number) => string;
  };
  readonly send: string;
  readonly sendAgain: string;
  readonly validUntil: (day: string) => string;
  readonly faults: Readonly<Record<FieldFault, string>>;
  readonly links: Readonly<Record<LinkFault, { readonly title: string; readonly whatToDo: string }>>;
};

export const pageWords: Readonly<Record<NoticeLanguage, PageWords>> = { en, de, fr };
