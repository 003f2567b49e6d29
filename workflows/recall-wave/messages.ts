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

/** What a wave is started with that has written before, as far as anybody knows, and is to look at what is due. */
export const wokenWave = (recall: string, wave: number): RecallWaveArguments => ({
  ...{ recall, wave },
  isNotified: true,
  hasEnded: true,
});

/** What people read of a wave's run. */
export const recallWaveSummary = (recall: string, wave: number): string => `Wave ${wave} of ${recall}`;
