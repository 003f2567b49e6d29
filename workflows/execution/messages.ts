import type { ExecutionParts } from '../../domain/execution/kind.ts';
import type { NumberedArguments } from '../process/messages.ts';

export type ExecutionArguments<P extends Pick<ExecutionParts, 'request' | 'state'>> = NumberedArguments<
  P['state'],
  P['request']
>;
