/** When the buyers of all these tests ask for their return. */
export const requestedAt = '2026-03-10T12:00:00.000Z';
const day = 86_400_000;

/** The schedule of the default policy, from the moment of the request. */
export const schedule = {
  reminders: [plusDays(7), plusDays(12)],
  escalation: plusDays(14),
  expiry: plusDays(21),
};

export function plusDays(days: number, from: string = requestedAt): string {
  return new Date(Date.parse(from) + days * day).toISOString();
}
