import type { NoticeKind, NoticeLanguage } from '../../domain/recall/notices.ts';
import type { HazardClass, RecallKind } from '../../domain/recall/terms.ts';
import type { Instant } from '../../domain/time/duration.ts';

/**
 * What every notice says in one language, beside the merchant's own words: what it is about, how urgent it is by its class
 * (21 CFR 7.3(m), 7.49(b)), which goods, and that an answer is needed either way (21 CFR 7.49(c)).
 */
export type Words = {
  readonly urgent: string;
  readonly withdrawn: string;
  readonly terminated: string;
  readonly kinds: Readonly<Record<RecallKind, string>>;
  readonly hazards: Readonly<Record<HazardClass, string>>;
  readonly notices: Readonly<Record<NoticeKind, string>>;
  readonly product: string;
  readonly why: string;
  readonly affected: string;
  readonly whatToDo: string;
  readonly answer: string;
  readonly respondHere: string;
  /** @param until the last day on which the link works */
  readonly linkIsYours: (until: string) => string;
  readonly unit: (quantity: number) => string;
  readonly lot: string;
  readonly unknownLot: string;
  readonly reference: string;
};

const en: Words = {
  urgent: 'URGENT',
  withdrawn: 'Withdrawn',
  terminated: 'Ended',
  kinds: { recall: 'Product recall', correction: 'Product correction', market_withdrawal: 'Market withdrawal' },
  hazards: {
    I: 'There is a reasonable probability that using this product causes serious harm to health or death. Stop using and selling it at once.',
    II: 'Using this product may cause harm to health that is temporary or can be treated. Stop using and selling it.',
    III: 'Using this product is not likely to harm anybody’s health. Please stop selling it all the same.',
  },
  notices: {
    initial: 'Our records show that you were sent goods that are affected.',
    reminder: 'We wrote to you about this before and have no answer from you yet.',
    escalation: 'We wrote to you about this several times without an answer. One of our staff will contact you.',
    amended: 'More goods are affected than we wrote before. Please check again, with this list.',
    withdrawn:
      'What we wrote to you about these goods was an error, and we take it back. You need not do anything; you may use and sell them again. If you have sent any back or put any aside for us, please contact us.',
    terminated:
      'The authority has closed this matter: it is over, and we will not write to you about it again. Links in our earlier notices take no answers any more. The goods remain affected: if you still have any, do not use or sell them, and contact us.',
  },
  product: 'Product',
  why: 'Why',
  affected: 'What you were sent of it',
  whatToDo: 'What to do',
  answer:
    'Please answer also if you have none of these goods left. If you passed any on, tell those who got them, and us who they are.',
  respondHere: 'Answer here, without an account',
  linkIsYours: (until) => `This link is for you alone; please don’t pass it on. It works until ${until}.`,
  unit: (quantity) => (quantity === 1 ? '1 unit' : `${quantity} units`),
  lot: 'lot',
  unknownLot: 'lot not recorded: please look at the goods',
  reference: 'Reference',
};

const de: Words = {
  urgent: 'DRINGEND',
  withdrawn: 'Zurückgenommen',
  terminated: 'Beendet',
  kinds: { recall: 'Produktrückruf', correction: 'Nachbesserung vor Ort', market_withdrawal: 'Rücknahme vom Markt' },
  hazards: {
    I: 'Der Gebrauch dieses Produkts kann mit hinreichender Wahrscheinlichkeit zu schweren Gesundheitsschäden oder zum Tod führen. Verwenden und verkaufen Sie es ab sofort nicht mehr.',
    II: 'Der Gebrauch dieses Produkts kann zu vorübergehenden oder behandelbaren Gesundheitsschäden führen. Verwenden und verkaufen Sie es nicht mehr.',
    III: 'Der Gebrauch dieses Produkts gefährdet die Gesundheit voraussichtlich nicht. Bitte verkaufen Sie es dennoch nicht weiter.',
  },
  notices: {
    initial: 'Nach unseren Unterlagen haben Sie betroffene Ware erhalten.',
    reminder: 'Wir haben Ihnen dazu bereits geschrieben und noch keine Antwort von Ihnen.',
    escalation:
      'Wir haben Ihnen dazu mehrfach geschrieben und keine Antwort erhalten. Jemand von uns wird sich bei Ihnen melden.',
    amended:
      'Es ist mehr Ware betroffen, als wir Ihnen geschrieben hatten. Bitte prüfen Sie noch einmal anhand dieser Liste.',
    withdrawn:
      'Was wir Ihnen zu diesen Waren geschrieben haben, war ein Irrtum, und wir nehmen es zurück. Sie brauchen nichts zu tun und dürfen die Waren wieder verwenden und verkaufen. Haben Sie welche zurückgesandt oder für uns beiseitegelegt, wenden Sie sich bitte an uns.',
    terminated:
      'Die Behörde hat den Vorgang abgeschlossen: Er ist beendet, und wir schreiben Ihnen dazu nicht mehr. Die Links in unseren früheren Mitteilungen nehmen keine Antworten mehr an. Die Waren bleiben betroffen: Haben Sie noch welche, so verwenden und verkaufen Sie sie nicht, und wenden Sie sich an uns.',
  },
  product: 'Produkt',
  why: 'Grund',
  affected: 'Davon an Sie geliefert',
  whatToDo: 'Was zu tun ist',
  answer:
    'Bitte antworten Sie auch dann, wenn Sie keine dieser Waren mehr haben. Haben Sie welche weitergegeben, so benachrichtigen Sie die Empfänger und nennen Sie sie uns.',
  respondHere: 'Hier antworten, ohne Benutzerkonto',
  linkIsYours: (until) => `Dieser Link gilt nur für Sie; bitte geben Sie ihn nicht weiter. Er gilt bis ${until}.`,
  unit: (quantity) => (quantity === 1 ? '1 Stück' : `${quantity} Stück`),
  lot: 'Charge',
  unknownLot: 'Charge nicht erfasst: bitte sehen Sie auf der Ware nach',
  reference: 'Aktenzeichen',
};

const fr: Words = {
  urgent: 'URGENT',
  withdrawn: 'Retiré',
  terminated: 'Clos',
  kinds: {
    recall: 'Rappel de produit',
    correction: 'Remise en conformité sur place',
    market_withdrawal: 'Retrait du marché',
  },
  hazards: {
    I: 'L’utilisation de ce produit présente une probabilité raisonnable de dommages graves pour la santé, voire de décès. Cessez immédiatement de l’utiliser et de le vendre.',
    II: 'L’utilisation de ce produit peut causer des dommages passagers ou guérissables à la santé. Cessez de l’utiliser et de le vendre.',
    III: 'L’utilisation de ce produit ne devrait pas nuire à la santé. Merci de cesser néanmoins de le vendre.',
  },
  notices: {
    initial: 'D’après nos registres, des marchandises concernées vous ont été livrées.',
    reminder: 'Nous vous avons déjà écrit à ce sujet et n’avons pas encore reçu votre réponse.',
    escalation:
      'Nous vous avons écrit plusieurs fois à ce sujet sans réponse. L’un de nos collaborateurs va vous contacter.',
    amended:
      'Davantage de marchandises sont concernées que nous ne l’avions écrit. Merci de vérifier à nouveau avec cette liste.',
    withdrawn:
      'Ce que nous vous avons écrit au sujet de ces marchandises était une erreur, et nous le retirons. Vous n’avez rien à faire et pouvez de nouveau les utiliser et les vendre. Si vous en avez renvoyé ou mis de côté pour nous, merci de nous contacter.',
    terminated:
      'L’autorité a clos cette affaire : elle est terminée, et nous ne vous écrirons plus à ce sujet. Les liens de nos avis précédents ne prennent plus de réponses. Les marchandises restent concernées : s’il vous en reste, ne les utilisez pas, ne les vendez pas et contactez-nous.',
  },
  product: 'Produit',
  why: 'Motif',
  affected: 'Ce qui vous a été livré',
  whatToDo: 'Ce qu’il faut faire',
  answer:
    'Merci de répondre même s’il ne vous en reste pas. Si vous en avez remis à d’autres, prévenez-les et indiquez-nous leur nom.',
  respondHere: 'Répondre ici, sans compte',
  linkIsYours: (until) =>
    `Ce lien vous est réservé ; merci de ne pas le transmettre. Il est valable jusqu’au ${until}.`,
  unit: (quantity) => (quantity === 1 ? '1 unité' : `${quantity} unités`),
  lot: 'lot',
  unknownLot: 'lot non enregistré : merci de regarder sur la marchandise',
  reference: 'Référence',
};

export const words: Readonly<Record<NoticeLanguage, Words>> = { en, de, fr };

/** A day as it is written in a language, in UTC. */
export const dayOf = (language: NoticeLanguage, at: Instant): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(at),
  );
