import highsModule, { type Highs } from 'highs';
import type { Program, Solve } from '../../domain/rebalance/plan/program.ts';

/**
 * HiGHS, as WebAssembly in this process: it holds the thread until it is done.
 *
 * @returns what solves a program; it answers with null where HiGHS found no solution in time
 */
export async function loadSolver(): Promise<Solve> {
  const load: unknown = highsModule;
  if (!isLoader(load)) throw new TypeError('the package highs has no loader');
  const highs = await load();
  return (program, { seconds, gap }) => {
    if (program.costs.length === 0) return { values: [], bound: 0 };
    return highs.withModel(modelOf(highs, program), (model) => {
      model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: gap, mip_abs_gap: 0.5 });
      model.setSolution({ colValue: Float64Array.from(program.start) });
      model.run();
      const { optimal, timeLimit } = highs.constants.modelStatus;
      const status = model.getModelStatus();
      const isFound = Number(model.info.get('primal_solution_status')) === 2;
      if (!isFound || (status !== optimal && status !== timeLimit)) return null;
      return { values: [...model.getSolution().colValue], bound: Number(model.info.get('mip_dual_bound')) };
    });
  };
}

/** The package's types are those of its CommonJS form, whose loader lies one level deeper than it does when it is imported. */
const isLoader = (load: unknown): load is typeof highsModule.default => typeof load === 'function';

function modelOf(highs: Highs, { costs, most, rows, atMost }: Program) {
  const terms = rows.flat();
  let end = 0;
  const starts = Int32Array.from([0, ...rows.map((row) => (end += row.length))]);
  return {
    numCols: costs.length,
    numRows: rows.length,
    colCost: Float64Array.from(costs),
    colLower: new Float64Array(costs.length),
    colUpper: Float64Array.from(most),
    rowLower: new Float64Array(rows.length).fill(-highs.infinity),
    rowUpper: Float64Array.from(atMost),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: costs.length,
      starts,
      indices: Int32Array.from(terms, ({ column }) => column),
      values: Float64Array.from(terms, ({ times }) => times),
    },
    integrality: new Int32Array(costs.length).fill(highs.constants.variableType.integer),
  };
}
