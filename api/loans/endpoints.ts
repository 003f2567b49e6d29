import type { Endpoint } from '../endpoint.ts';
import { loanCommands } from './commands.ts';
import { createLoan } from './create.ts';
import { getLoan, listLoans } from './read.ts';
import { getLoanStatement } from './statement.ts';

/** Loans, as they are asked for, read and spoken to. */
export const loanEndpoints: readonly Endpoint[] = [createLoan, listLoans, getLoan, getLoanStatement, ...loanCommands];
