import type { ExecutionParts } from '../../domain/execution/kind.ts';

/** `request` only for a new one; one that is woken again finds its own in the journal; `carried` over continue-as-new. */
export type ExecutionArguments<P extends Pick<ExecutionParts, 'request' | 'state'>> = {
  readonly number: string;
  readonly request: { readonly commandId: string; readonly by: string; readonly request: P['request'] } | null;
  readonly carried?: { readonly state: P['state']; readonly version: number };
};
