import type { PageWords } from './words.ts';

export const en: PageWords = {
  drill: 'This is an exercise: no goods are affected, and there is nothing to do.',
  forYou: 'This page shows what you were sent, and takes your response. You need no account.',
  answered: (at) => `Thank you. We have your response of ${at}.`,
  correctIt: 'Below is what you told us. If anything has changed, correct it and send it again.',
  answeredMeanwhile:
    'Another response came from you while this page was open. Please check the figures, which are yours as you just entered them, and send them again.',
  wrong: (count) =>
    count === 1
      ? 'Nothing was saved yet: please correct one entry'
      : `Nothing was saved yet: please correct ${count} entries`,
  wrongTitle: 'Please correct',
  contact: 'Questions',
  goods: { sku: 'Article', lot: 'Lot', quantity: 'Sent to you' },
  none: {
    title: 'None of it left?',
    hint: 'If you have checked and none of these goods are with you any more, one click is enough. What became of them you can tell below, now or later.',
    button: 'We got the notice and have none of these goods',
  },
  form: {
    title: 'Your response',
    hint: 'Say in units what became of the goods. Leave empty what does not apply. What you cannot account for, leave out: together it may be less than you were sent, never more.',
    shipped: (units) => `Sent to you: ${units}`,
    tooMany:
      'You were sent more different goods than a form holds. The list above has the first of them: send us what became of all of them, at the contact above.',
  },
  outcomes: {
    held: 'On hand, to go back',
    returned: 'Sent back already',
    destroyed: 'Destroyed',
    corrected: 'Corrected',
    consumed: 'Used up',
    soldOn: 'Sold or passed on',
  },
  passedOn: {
    title: 'Who got what you sold or passed on',
    hint: 'Name the businesses and persons that you know. We write to them with this notice, and use what you tell us for nothing else. Leave empty what you do not need.',
    recipient: (number) => `Recipient ${number}`,
    goods: 'Goods',
    name: 'Name',
    email: 'E-mail',
    quantity: 'Units',
    more: 'Add more recipients',
  },
  proof: {
    title: 'Proof of destruction',
    hint: 'Photos (JPEG, PNG, WebP) or PDF, at most 3 files of 5 MB each.',
    label: 'Add files',
    sent: (count) => (count === 1 ? 'We have one file from you.' : `We have ${count} files from you.`),
  },
  send: 'Send response',
  sendAgain: 'Send corrected response',
  validUntil: (day) => `This link works until ${day}, or until the recall is closed.`,
  faults: {
    not_a_number: 'Enter a whole number, for instance 12, or leave it empty.',
    nothing_filled: 'Enter at least one number, or use the button above if none of it is with you.',
    more_than_shipped: 'Together this is more than you were sent: lower one of the numbers.',
    sold_on_differs: 'The recipients below got more than this: raise it, or lower theirs.',
    name_missing: 'Enter the recipient’s name, or empty the whole row.',
    email_malformed: 'Enter one e-mail address, such as name@example.com.',
    quantity_missing: 'Enter how many units this recipient got.',
    not_text: 'Use at most 200 ordinary characters.',
    file_kind: 'Choose a photo (JPEG, PNG, WebP) or a PDF; this file is neither.',
    file_large: 'Choose a file of at most 5 MB.',
    files_many: 'Choose at most 3 files.',
    files_no_room: 'We have many files from you already: send further ones to the contact above.',
    recipients_many: 'These are more recipients than you can name here: send us their list, at the contact above.',
    unlike_verified: 'This is less than we have counted already: raise it, or contact us.',
    not_taken: 'This contradicts what we know of these goods: check it, or contact us.',
  },
  links: {
    unknown: {
      title: 'This link does not work',
      whatToDo:
        'Part of it may be missing. Open it again from the notice that we sent you, or copy all of it. If that does not help, use the contact in the notice.',
    },
    expired: {
      title: 'This link has expired',
      whatToDo: 'Use the link in the newest notice that we sent you, or the contact below.',
    },
    closed: {
      title: 'This recall is closed',
      whatToDo: 'Responses are no longer taken here. If you still have some of these goods, use the contact below.',
    },
    withdrawn: {
      title: 'This recall was an error',
      whatToDo:
        'It was withdrawn: you need not do anything, and may use and sell the goods again. If you have sent any back, use the contact below.',
    },
    too_often: { title: 'Too many attempts', whatToDo: 'Wait a minute, then try again.' },
    too_large: {
      title: 'This is too much at once',
      whatToDo: 'Go back and choose fewer or smaller files: at most 3, of 5 MB each. Nothing was saved.',
    },
    unreadable: {
      title: 'Your response could not be read',
      whatToDo: 'Open the link in the notice again and send the form once more. Nothing was saved.',
    },
    trouble: {
      title: 'Something went wrong on our side',
      whatToDo: 'Please try again in a few minutes. If that does not help, use the contact in the notice.',
    },
  },
};
