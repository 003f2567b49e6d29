import { endpoints } from '../../api/endpoints.ts';
import { ProblemBody } from '../../api/problem.ts';

/** Throws where an answer isn't what the OpenAPI description promises: every test of the API checks every answer. */
export function mustKeepContract(
  method: string,
  path: string,
  status: number,
  contentType: string,
  text: string,
): void {
  const address = path.split('?')[0] ?? path;
  const described = endpoints.find((each) => each.method === method.toLowerCase() && pattern(each.path).test(address));
  if (status >= 400) {
    if (address === '/readyz') return;
    if (!contentType.startsWith('application/problem+json')) throw new Error(`${status} without a problem: ${text}`);
    ProblemBody.strict().parse(JSON.parse(text));
    return;
  }
  if (described === undefined) return;
  const response = described.responses[status];
  if (response === undefined) throw new Error(`${method} ${path} answered ${status}, which is not described`);
  const { schema, contentType: type = 'application/json' } = response;
  const isFile =
    (response.csv && contentType.startsWith('text/csv')) || (response.pdf && contentType === 'application/pdf');
  if (schema === undefined || isFile) return;
  if (!contentType.startsWith(type)) throw new Error(`${method} ${path} answered ${contentType}, not ${type}`);
  if (type === 'application/json') schema.parse(JSON.parse(text));
}

const pattern = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
