export const recallDrillWorkflowType = 'RecallDrill';

/** The schedule in Temporal that has drills begin; their runs have its id too, with the time after it. */
export const recallDrillScheduleId = (schedule: string): string => `recall-drill:${schedule}`;

export type RecallDrillArguments = { readonly schedule: string };
