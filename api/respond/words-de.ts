import type { PageWords } from './words.ts';

export const de: PageWords = {
  drill: 'Dies ist eine Übung: Es ist keine Ware betroffen, und Sie müssen nichts tun.',
  forYou: 'Diese Seite zeigt, was Sie erhalten haben, und nimmt Ihre Antwort auf. Sie brauchen kein Benutzerkonto.',
  answered: (at) => `Vielen Dank. Ihre Antwort vom ${at} liegt uns vor.`,
  correctIt:
    'Unten steht, was Sie uns mitgeteilt haben. Hat sich etwas geändert, korrigieren Sie es und senden Sie es erneut.',
  answeredMeanwhile:
    'Während diese Seite offen war, kam eine andere Antwort von Ihnen. Bitte prüfen Sie die Zahlen, wie Sie sie gerade eingegeben haben, und senden Sie sie noch einmal.',
  wrong: (count) =>
    count === 1
      ? 'Noch nichts gespeichert: bitte eine Angabe korrigieren'
      : `Noch nichts gespeichert: bitte ${count} Angaben korrigieren`,
  wrongTitle: 'Bitte korrigieren',
  contact: 'Fragen',
  goods: { sku: 'Artikel', lot: 'Charge', quantity: 'An Sie geliefert' },
  none: {
    title: 'Nichts mehr davon da?',
    hint: 'Wenn Sie nachgesehen haben und keine dieser Waren mehr bei Ihnen ist, genügt ein Klick. Was aus ihnen wurde, können Sie unten angeben, jetzt oder später.',
    button: 'Wir haben die Mitteilung erhalten und keine dieser Waren',
  },
  form: {
    title: 'Ihre Antwort',
    hint: 'Geben Sie in Stück an, was aus der Ware wurde. Was nicht zutrifft, bleibt leer. Was Sie nicht nachvollziehen können, lassen Sie weg: Zusammen darf es weniger sein, als Sie erhalten haben, aber nie mehr.',
    shipped: (units) => `An Sie geliefert: ${units}`,
    tooMany:
      'Sie haben mehr verschiedene Waren erhalten, als ein Formular fasst. Die Liste oben nennt die ersten davon: Teilen Sie uns beim Kontakt oben mit, was aus allen geworden ist.',
  },
  outcomes: {
    held: 'Vorrätig, geht zurück',
    returned: 'Schon zurückgesandt',
    destroyed: 'Vernichtet',
    corrected: 'Nachgebessert',
    consumed: 'Verbraucht',
    soldOn: 'Verkauft oder weitergegeben',
  },
  passedOn: {
    title: 'Wer die verkaufte oder weitergegebene Ware hat',
    hint: 'Nennen Sie die Betriebe und Personen, die Sie kennen. Wir schreiben ihnen mit dieser Mitteilung und verwenden die Angaben für nichts anderes. Was Sie nicht brauchen, bleibt leer.',
    recipient: (number) => `Empfänger ${number}`,
    goods: 'Ware',
    name: 'Name',
    email: 'E-Mail',
    quantity: 'Stück',
    more: 'Weitere Empfänger angeben',
  },
  proof: {
    title: 'Nachweis der Vernichtung',
    hint: 'Fotos (JPEG, PNG, WebP) oder PDF, höchstens 3 Dateien zu je 5 MB.',
    label: 'Dateien hinzufügen',
    sent: (count) =>
      count === 1 ? 'Uns liegt eine Datei von Ihnen vor.' : `Uns liegen ${count} Dateien von Ihnen vor.`,
  },
  send: 'Antwort senden',
  sendAgain: 'Korrigierte Antwort senden',
  validUntil: (day) => `Dieser Link gilt bis ${day} oder bis der Rückruf abgeschlossen ist.`,
  faults: {
    not_a_number: 'Geben Sie eine ganze Zahl ein, zum Beispiel 12, oder lassen Sie das Feld leer.',
    nothing_filled: 'Geben Sie mindestens eine Zahl ein, oder nutzen Sie den Knopf oben, wenn Sie nichts davon haben.',
    more_than_shipped: 'Zusammen ist das mehr, als Sie erhalten haben: Verringern Sie eine der Zahlen.',
    sold_on_differs: 'Die Empfänger unten haben mehr erhalten: Erhöhen Sie diese Zahl oder verringern Sie deren.',
    name_missing: 'Geben Sie den Namen des Empfängers an, oder leeren Sie die ganze Zeile.',
    email_malformed: 'Geben Sie eine E-Mail-Adresse ein, etwa name@example.com.',
    quantity_missing: 'Geben Sie an, wie viel dieser Empfänger erhalten hat.',
    not_text: 'Verwenden Sie höchstens 200 gewöhnliche Zeichen.',
    file_kind: 'Wählen Sie ein Foto (JPEG, PNG, WebP) oder ein PDF; diese Datei ist keines davon.',
    file_large: 'Wählen Sie eine Datei von höchstens 5 MB.',
    files_many: 'Wählen Sie höchstens 3 Dateien.',
    files_no_room: 'Wir haben schon viele Dateien von Ihnen: Senden Sie weitere an den Kontakt oben.',
    recipients_many:
      'Das sind mehr Empfänger, als Sie hier nennen können: Senden Sie uns die Liste an den Kontakt oben.',
    unlike_verified: 'Das ist weniger, als wir schon gezählt haben: Erhöhen Sie die Zahl, oder fragen Sie uns.',
    not_taken: 'Das widerspricht dem, was wir über diese Ware wissen: Prüfen Sie es, oder fragen Sie uns.',
  },
  links: {
    unknown: {
      title: 'Dieser Link funktioniert nicht',
      whatToDo:
        'Vielleicht fehlt ein Teil davon. Öffnen Sie ihn noch einmal aus unserer Mitteilung, oder kopieren Sie ihn ganz. Hilft das nicht, wenden Sie sich an den Kontakt in der Mitteilung.',
    },
    expired: {
      title: 'Dieser Link ist abgelaufen',
      whatToDo: 'Verwenden Sie den Link in der neuesten Mitteilung von uns, oder wenden Sie sich an den Kontakt unten.',
    },
    closed: {
      title: 'Dieser Rückruf ist abgeschlossen',
      whatToDo:
        'Hier werden keine Antworten mehr angenommen. Haben Sie noch welche von diesen Waren, wenden Sie sich an den Kontakt unten.',
    },
    withdrawn: {
      title: 'Dieser Rückruf war ein Irrtum',
      whatToDo:
        'Er wurde zurückgenommen: Sie brauchen nichts zu tun und dürfen die Waren wieder verwenden und verkaufen. Haben Sie welche zurückgesandt, wenden Sie sich an den Kontakt unten.',
    },
    too_often: {
      title: 'Zu viele Versuche',
      whatToDo: 'Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
    },
    too_large: {
      title: 'Das ist zu viel auf einmal',
      whatToDo:
        'Gehen Sie zurück und wählen Sie weniger oder kleinere Dateien: höchstens 3, je 5 MB. Es wurde nichts gespeichert.',
    },
    unreadable: {
      title: 'Ihre Antwort konnte nicht gelesen werden',
      whatToDo:
        'Öffnen Sie den Link in der Mitteilung noch einmal, und senden Sie das Formular erneut. Es wurde nichts gespeichert.',
    },
    trouble: {
      title: 'Bei uns ist etwas schiefgegangen',
      whatToDo:
        'Bitte versuchen Sie es in ein paar Minuten noch einmal. Hilft das nicht, wenden Sie sich an den Kontakt in der Mitteilung.',
    },
  },
};
