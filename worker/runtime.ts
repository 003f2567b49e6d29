import { DefaultLogger, type LogEntry, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';

/** The SDK's own log goes where ours goes; its metrics are served for Prometheus where a port is set. */
export function runtimeOptions(config: Pick<Config, 'worker' | 'logLevel'>, log: Logger): RuntimeOptions {
  const port = config.worker.metricsPort;
  return {
    logger: new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => {
      const line = { error: meta?.['error'], workflowId: meta?.['workflowId'] };
      if (level === 'ERROR') log.error(line, message);
      else if (level === 'WARN') log.warn(line, message);
      else log.debug(line, message);
    }),
    // Ours ends the process after the worker has drained; the SDK's own handlers would do it a second time.
    shutdownSignals: [],
    ...(port === 0 ? {} : { telemetryOptions: { metrics: { prometheus: { bindAddress: `127.0.0.1:${port}` } } } }),
  };
}
