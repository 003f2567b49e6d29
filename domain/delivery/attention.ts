/** How a person settles what a delivery can't go on with by itself. */
export const deliveryResolutions = ['done', 'refused', 'await', 'return', 'retry', 'acknowledge'] as const;
export type DeliveryResolution = (typeof deliveryResolutions)[number];

/** Why a delivery needs a person, with what that person can do about it. */
export const deliveryAttention = {
  carrier_instruction: ['done', 'refused'],
  carrier_silent: ['await', 'return'],
  return_refused: ['retry', 'acknowledge'],
} as const satisfies Record<string, readonly DeliveryResolution[]>;

export type DeliveryAttentionReason = keyof typeof deliveryAttention;
