import { unreachable } from '../../unreachable.ts';
import type { LoanEvent } from '../events.ts';
import type { ComingBackState, Opened } from '../state.ts';

type ReturnsEvent = Extract<
  LoanEvent,
  {
    readonly type:
      | 'extension_agreed'
      | 'return_wanted'
      | 'return_started'
      | 'return_retried'
      | 'return_withdrawn'
      | 'return_given_up'
      | 'return_heard';
  }
>;

/** What an event makes of the returns by which the goods come back. */
export function evolveReturns(state: Opened, event: ReturnsEvent): Opened {
  switch (event.type) {
    case 'extension_agreed': {
      const returns = Object.entries(state.returns).map(([id, back]) => [id, keptWaiting(back)] as const);
      return { ...state, returns: Object.fromEntries(returns) };
    }
    case 'return_wanted': {
      const { comingBack, units } = event;
      return set(state, { comingBack, units, state: 'wanted', rma: null, version: 0, tries: 0 });
    }
    case 'return_started': {
      const back = state.returns[event.comingBack];
      if (back === undefined) return state;
      return set(state, { ...back, rma: event.rma, state: begun(back) });
    }
    case 'return_retried': {
      const back = state.returns[event.comingBack];
      return back === undefined ? state : set(state, { ...back, state: 'wanted', tries: back.tries + 1 });
    }
    case 'return_withdrawn': {
      const back = state.returns[event.comingBack];
      return back === undefined ? state : set(state, { ...back, state: 'withdrawn' });
    }
    case 'return_given_up': {
      const back = state.returns[event.comingBack];
      return back === undefined ? state : set(state, { ...back, state: 'ended' });
    }
    case 'return_heard': {
      const { comingBack, rma, version, came, ended } = event;
      const units = came.map(({ unit }) => unit);
      const first: ComingBackState = { comingBack, units, state: 'wanted', rma: null, version, tries: 0 };
      const { [comingBack]: back = first } = state.returns;
      const goesOn = back.rma === null ? begun(back) : back.state;
      return set(state, {
        ...back,
        rma,
        version,
        units: [...new Set([...back.units, ...units])],
        // One that goods reach late goes on.
        state: ended ? 'ended' : goesOn === 'ended' ? 'started' : goesOn,
      });
    }
    default:
      return unreachable(event);
  }
}

/** One whose goods the borrower may keep for longer since it was asked for is called off as soon as it has a number. */
const begun = ({ state }: ComingBackState): 'started' | 'withdrawing' =>
  state === 'withdrawn' || state === 'withdrawing' ? 'withdrawing' : 'started';

/** Of goods that the borrower keeps for longer. */
function keptWaiting(back: ComingBackState): ComingBackState {
  if (back.state === 'started') return { ...back, state: 'withdrawing' };
  return back.state === 'wanted' ? { ...back, state: 'withdrawn' } : back;
}

const set = (state: Opened, back: ComingBackState): Opened => ({
  ...state,
  returns: { ...state.returns, [back.comingBack]: back },
});
