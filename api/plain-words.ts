/** A code as a person reads it: `short_paid` is "short paid". */
export const words = (code: string): string => code.replaceAll('_', ' ');

/** An instant as a person reads it, to the minute: "2026-12-01 09:00 UTC". */
export const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ').concat(' UTC');
