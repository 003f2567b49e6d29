/** Asks the sandbox's control door, and fails with what it said when it refuses. */
export async function control(sandboxUrl: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}/_sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!response.ok) throw new Error(`The sandbox refused ${method} ${path}: ${await response.text()}`);
  return await response.json();
}
