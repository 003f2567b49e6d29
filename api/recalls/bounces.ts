import type { RequestHandler } from 'express';
import { noteBounce } from '../../activities/notices/bounces.ts';
import { bounceFromWebhook } from '../../activities/notices/webhook.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';
import { signalProcess } from '../telling.ts';
import { genuine } from '../webhooks/genuine.ts';
import { recallTarget } from './carry-out.ts';

/**
 * Takes what a mail system tells of notices that came back. It is answered once all is written down and the recall told; who tells
 * it tries again until then, and what was told twice changes nothing.
 */
export const takeBounce =
  (api: Api): RequestHandler =>
  async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const bounce = genuine(() => bounceFromWebhook(body, request.headers, api.secrets.notices));
    const unreached = bounce === null ? null : await noteBounce(api.pool, bounce);
    if (unreached === 'early') {
      throw new Problem(503, 'notice_under_way', 'this notice is just leaving; send this again in a moment', {
        headers: { 'retry-after': '5' },
      });
    }
    if (unreached !== null && bounce !== null) {
      const { recall, wave } = unreached;
      const command = { type: 'report_wave', wave, report: 'again', silent: 0, undeliverable: 1 } as const;
      await signalProcess(api.processes, recallTarget(recall), {
        commandId: `bounce:${bounce.messageId}`,
        by: 'notices',
        command,
      });
    }
    response.json({ received: true });
  };
