/** What a tracking number is made of, once it has its one form. */
export const trackingPattern = /^[A-Z0-9][A-Z0-9-]{3,59}$/;

/** A tracking number in its one form, as carriers tell it: no blanks, capital letters. */
export const trackingNumber = (text: string): string => text.replace(/\s+/g, '').toUpperCase();
