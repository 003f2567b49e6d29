import { z } from 'zod';
import { recallResolutions } from '../../domain/recall/attention.ts';
import { hazardClasses } from '../../domain/recall/terms.ts';
import type { RecallMessage } from '../../workflows/recall/messages.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { LocalId, NoteText } from '../fields.ts';
import { soundScope } from '../lots/scope.ts';
import { noteId } from '../returns/notes.ts';
import { mayDo } from '../roles.ts';
import { RecallNumber } from './bodies.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { changeScope } from './change-scope.ts';
import { refuseOpenQuestions } from './open-questions.ts';
import { newestScope, refuseOverlap } from './scopes.ts';
import { stillOpen } from './still-open.ts';

export const onRecall = {
  method: 'post',
  tag: 'Recalls',
  permission: 'recalls:run',
  problems: [404, 409, 422],
  responses: commandResponses,
  params: z.object({ number: RecallNumber }),
} as const;

/** A step that needs no more words than its name. */
export const step = (
  name: string,
  id: string,
  summary: string,
  description: string,
  command: RecallMessage['command'],
): Endpoint =>
  endpoint({
    ...onRecall,
    path: `/v1/recalls/{number}/${name}`,
    id,
    summary,
    description,
    handle: async (call, api) => await carryOut(api, call, call.params.number, command),
  });

/** What coordinators do with a recall. */
export const recallCommands: readonly Endpoint[] = [
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/launch',
    id: 'launchRecall',
    summary: 'Launch a recall',
    description:
      'Its goods are traced and held first; then consignees are written to, in waves. Not while its record leaves questions open.',
    handle: async (call, api) => {
      const { number } = call.params;
      const { status, mock, scope } = await newestScope(api, number);
      if (status === 'drafted') {
        soundScope(scope);
        await refuseOpenQuestions(api, number, scope);
      }
      if (!mock) await refuseOverlap(api, number, scope);
      return await carryOut(api, call, number, { type: 'launch' });
    },
  }),
  step('pause', 'pauseRecall', 'Pause a recall', 'Within seconds nothing more is sent. What is held stays held.', {
    type: 'pause',
  }),
  step('resume', 'resumeRecall', 'Let a paused recall go on', 'Where it was.', { type: 'resume' }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/rate',
    id: 'changeRecallRate',
    summary: 'Change how many notices leave in a minute',
    body: z.strictObject({ perMinute: z.int().min(1).max(1_000_000) }).meta({ id: 'RecallRate' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.number, { type: 'change_rate', perMinute: call.body.perMinute }),
  }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/class',
    id: 'setRecallClass',
    summary: 'Say which hazard class the authority assigned',
    description: 'Notices from then on say it, and reminders follow its times.',
    body: z.strictObject({ hazardClass: z.enum(hazardClasses) }).meta({ id: 'RecallClass' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.number, { type: 'set_class', hazardClass: call.body.hazardClass }),
  }),
  changeScope,
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/estimate',
    id: 'estimateRecall',
    summary: 'Say when a recall will be completed, as far as can be told',
    description: 'The status report has it. Null takes back what was said.',
    body: z.strictObject({ completesOn: z.iso.date().nullable() }).meta({ id: 'RecallEstimate' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.number, { type: 'estimate_completion', on: call.body.completesOn }),
  }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/complete',
    id: 'completeRecall',
    summary: 'Say that all was retrieved that can be',
    description:
      'Nobody is reminded any more. Not before everybody was written to. While effectiveness checks of its level are open, units ' +
      'unaccounted for, or facilities still to confirm, `note` has to say why it is completed all the same (`still_open` counts them), and of class I a lead has to ' +
      'say so (`lead_needed`); the timeline and the final report tell what was left. The final report is made and kept.',
    permission: 'recalls:complete',
    body: z.strictObject({ note: NoteText.optional() }).optional().meta({ id: 'RecallCompletion' }),
    handle: async (call, api) => {
      const { number } = call.params;
      const open = await stillOpen(api, number);
      const text = call.body?.note;
      const id = noteId(call.commandId);
      const note = text === undefined ? null : id;
      const notes = text === undefined ? [] : [{ id, text }];
      const lead = mayDo(call.caller.role, 'recalls:leave-open');
      return await carryOut(api, call, number, { type: 'complete', open, note, lead }, notes);
    },
  }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/terminate',
    id: 'terminateRecall',
    summary: 'Say that the authority closed it',
    description:
      'After it was completed. What is held stays held; links say that it is over, checks that nobody has made end, and the final report ' +
      'is kept once more, with the dates of both ends.',
    body: z
      .strictObject({
        notice: z
          .boolean()
          .default(false)
          .meta({ description: 'Whether whoever was written to is told that it is over.' }),
      })
      .optional()
      .meta({ id: 'RecallTermination' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.number, { type: 'terminate', notice: call.body?.notice ?? false }),
  }),
  step(
    'cancel',
    'cancelRecall',
    'Call a draft off',
    'Also what ran into another recall at its launch. What was launched can’t be called off: pause it, complete it, or withdraw it as an error.',
    { type: 'cancel', note: null },
  ),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/withdraw',
    id: 'withdrawRecall',
    summary: 'Take back a recall that was launched in error',
    description:
      'Its goods may be sold again, returns under way let them go their way, and whoever was written to gets a notice that says so (a drill ' +
      'writes to nobody). Nothing more is sent or checked, links say that the recall was withdrawn, and what was done stays in the journal. ' +
      'Not once it is completed: what was rightly recalled stays held.',
    body: z.strictObject({ note: NoteText }).meta({ id: 'RecallWithdrawal' }),
    handle: async (call, api) => {
      const note = noteId(call.commandId);
      const notes = [{ id: note, text: call.body.note }];
      return await carryOut(api, call, call.params.number, { type: 'withdraw', note }, notes);
    },
  }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/attention/{attention}/resolutions',
    id: 'resolveRecallAttention',
    summary: 'Resolve what waits for a person',
    permission: 'attention:resolve',
    params: z.object({ number: RecallNumber, attention: LocalId }),
    body: z.strictObject({ resolution: z.enum(recallResolutions), note: NoteText }).meta({ id: 'RecallResolution' }),
    handle: async (call, api) => {
      const { number, attention } = call.params;
      const { resolution, note: text } = call.body;
      const note = noteId(call.commandId);
      return await carryOut(api, call, number, { type: 'resolve', attention, resolution, note }, [{ id: note, text }]);
    },
  }),
];
