import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startApi } from '../../api/server.ts';
import { loadConfig } from '../../config/config.ts';

test('a port in use is named, with what to do', async () => {
  const other = createServer();
  onTestFinished(() => void other.close());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await expect(startApi(loadConfig({ API_PORT: String(port) }))).rejects.toThrow(
    `The API needs port ${port}, which is in use: stop what listens there, or set API_PORT to another.`,
  );
});
