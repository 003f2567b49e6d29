/** How a person settles what a trip can't go on with by itself. */
export const tripResolutions = ['acknowledge', 'cancel', 'missed', 'carrier', 'retry', 'returned'] as const;
export type TripResolution = (typeof tripResolutions)[number];

/** Why a trip needs a person, with what that person can do about it. */
export const tripAttention = {
  departure_late: ['acknowledge', 'cancel'],
  stop_late: ['acknowledge', 'missed'],
  trip_return_late: ['returned'],
  load_unplaced: ['carrier', 'retry'],
  load_brought_back: ['acknowledge'],
  load_collected_short: ['acknowledge'],
  load_delivered_short: ['acknowledge'],
  load_disputed: ['acknowledge'],
} as const satisfies Record<string, readonly TripResolution[]>;

export type TripReason = keyof typeof tripAttention;
