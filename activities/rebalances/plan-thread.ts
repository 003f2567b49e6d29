import { parentPort, workerData } from 'node:worker_threads';
import { type Made, makePlan } from '../../domain/rebalance/plan/make-plan.ts';
import type { Network } from '../../domain/rebalance/plan/network.ts';
import { loadSolver } from './highs.ts';

// A thread of its own: it is given a network and answers with the plan, once.
const network: Network = workerData;
const made: Made = makePlan(network, await loadSolver());
parentPort?.postMessage(made);
