export const recallWaveWorkflowType = 'RecallWave';
export const recallWaveWorkflowId = (recall: string, wave: number): string => `recall:${recall}:wave:${wave}`;

/** The signal by which a recall has its waves look at it. It says nothing itself: the database does. */
export const lookSignal = 'look';

export type RecallWaveArguments = {
  readonly recall: string;
  readonly wave: number;
  /** Over continue-as-new: whether the recall knows that the first notices have left. */
  readonly isNotified?: boolean;
  /** It has said its end already: it writes to single consignees again. */
  readonly hasEnded?: boolean;
};
