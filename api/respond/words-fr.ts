import type { PageWords } from './words.ts';

export const fr: PageWords = {
  drill: 'Ceci est un exercice : aucune marchandise n’est concernée et vous n’avez rien à faire.',
  forYou: 'Cette page montre ce qui vous a été livré et recueille votre réponse. Aucun compte n’est nécessaire.',
  answered: (at) => `Merci. Nous avons votre réponse du ${at}.`,
  correctIt: 'Voici ce que vous nous avez indiqué. Si quelque chose a changé, corrigez-le et envoyez-le de nouveau.',
  answeredMeanwhile:
    'Une autre réponse de votre part est arrivée pendant que cette page était ouverte. Merci de vérifier les chiffres que vous venez de saisir et de les envoyer de nouveau.',
  wrong: (count) =>
    count === 1
      ? 'Rien n’est encore enregistré : merci de corriger une saisie'
      : `Rien n’est encore enregistré : merci de corriger ${count} saisies`,
  wrongTitle: 'À corriger',
  contact: 'Questions',
  goods: { sku: 'Article', lot: 'Lot', quantity: 'Livré chez vous' },
  none: {
    title: 'Il n’en reste plus ?',
    hint: 'Si vous avez vérifié et qu’aucune de ces marchandises n’est plus chez vous, un clic suffit. Vous pouvez indiquer ci-dessous ce qu’elles sont devenues, maintenant ou plus tard.',
    button: 'Nous avons reçu l’avis et n’avons aucune de ces marchandises',
  },
  form: {
    title: 'Votre réponse',
    hint: 'Indiquez en unités ce que sont devenues les marchandises. Laissez vide ce qui ne s’applique pas. Omettez ce que vous ne pouvez pas retracer : le total peut être inférieur à ce qui vous a été livré, jamais supérieur.',
    shipped: (units) => `Livré chez vous : ${units}`,
    tooMany:
      'Vous avez reçu plus de marchandises différentes qu’un formulaire n’en contient. La liste ci-dessus en donne les premières : indiquez-nous, au contact ci-dessus, ce qu’elles sont toutes devenues.',
  },
  outcomes: {
    held: 'En stock, à renvoyer',
    returned: 'Déjà renvoyées',
    destroyed: 'Détruites',
    corrected: 'Remises en conformité',
    consumed: 'Consommées',
    soldOn: 'Vendues ou remises',
  },
  passedOn: {
    title: 'À qui vous les avez vendues ou remises',
    hint: 'Nommez les entreprises et les personnes que vous connaissez. Nous leur envoyons cet avis et n’utilisons ces indications pour rien d’autre. Laissez vide ce dont vous n’avez pas besoin.',
    recipient: (number) => `Destinataire ${number}`,
    goods: 'Marchandise',
    name: 'Nom',
    email: 'E-mail',
    quantity: 'Unités',
    more: 'Ajouter des destinataires',
  },
  proof: {
    title: 'Preuve de destruction',
    hint: 'Photos (JPEG, PNG, WebP) ou PDF, au plus 3 fichiers de 5 Mo chacun.',
    label: 'Ajouter des fichiers',
    sent: (count) =>
      count === 1 ? 'Nous avons un fichier de votre part.' : `Nous avons ${count} fichiers de votre part.`,
  },
  send: 'Envoyer la réponse',
  sendAgain: 'Envoyer la réponse corrigée',
  validUntil: (day) => `Ce lien est valable jusqu’au ${day}, ou jusqu’à la clôture du rappel.`,
  faults: {
    not_a_number: 'Saisissez un nombre entier, par exemple 12, ou laissez vide.',
    nothing_filled: 'Saisissez au moins un nombre, ou utilisez le bouton ci-dessus si vous n’en avez plus.',
    more_than_shipped: 'Le total dépasse ce qui vous a été livré : diminuez l’un des nombres.',
    sold_on_differs: 'Les destinataires ci-dessous en ont reçu davantage : augmentez ce nombre ou diminuez les leurs.',
    name_missing: 'Saisissez le nom du destinataire, ou videz toute la ligne.',
    email_malformed: 'Saisissez une adresse e-mail, comme nom@example.com.',
    quantity_missing: 'Indiquez combien d’unités ce destinataire a reçues.',
    not_text: 'Utilisez au plus 200 caractères ordinaires.',
    file_kind: 'Choisissez une photo (JPEG, PNG, WebP) ou un PDF ; ce fichier n’est ni l’un ni l’autre.',
    file_large: 'Choisissez un fichier de 5 Mo au plus.',
    files_many: 'Choisissez au plus 3 fichiers.',
    files_no_room: 'Nous avons déjà beaucoup de fichiers de votre part : envoyez les suivants au contact ci-dessus.',
    recipients_many:
      'C’est plus de destinataires que vous ne pouvez en nommer ici : envoyez-nous leur liste, au contact ci-dessus.',
    unlike_verified: 'C’est moins que ce que nous avons déjà compté : augmentez ce nombre ou contactez-nous.',
    not_taken: 'Cela contredit ce que nous savons de ces marchandises : vérifiez, ou contactez-nous.',
  },
  links: {
    unknown: {
      title: 'Ce lien ne fonctionne pas',
      whatToDo:
        'Il en manque peut-être une partie. Ouvrez-le de nouveau depuis notre avis, ou copiez-le en entier. Si cela n’aide pas, utilisez le contact indiqué dans l’avis.',
    },
    expired: {
      title: 'Ce lien a expiré',
      whatToDo: 'Utilisez le lien de notre avis le plus récent, ou le contact ci-dessous.',
    },
    closed: {
      title: 'Ce rappel est clos',
      whatToDo:
        'Les réponses ne sont plus recueillies ici. S’il vous reste de ces marchandises, utilisez le contact ci-dessous.',
    },
    withdrawn: {
      title: 'Ce rappel était une erreur',
      whatToDo:
        'Il a été retiré : vous n’avez rien à faire et pouvez de nouveau utiliser et vendre les marchandises. Si vous en avez renvoyé, utilisez le contact ci-dessous.',
    },
    too_often: { title: 'Trop de tentatives', whatToDo: 'Attendez une minute, puis réessayez.' },
    too_large: {
      title: 'C’est trop en une fois',
      whatToDo:
        'Revenez en arrière et choisissez moins de fichiers, ou de plus petits : au plus 3, de 5 Mo chacun. Rien n’a été enregistré.',
    },
    unreadable: {
      title: 'Votre réponse n’a pas pu être lue',
      whatToDo: 'Ouvrez de nouveau le lien de l’avis et renvoyez le formulaire. Rien n’a été enregistré.',
    },
    trouble: {
      title: 'Une erreur s’est produite chez nous',
      whatToDo:
        'Merci de réessayer dans quelques minutes. Si cela n’aide pas, utilisez le contact indiqué dans l’avis.',
    },
  },
};
