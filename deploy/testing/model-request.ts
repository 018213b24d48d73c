/** How the model of the cloud reads a request, and refuses one. */
import { UpstreamError } from '../../shared/errors.ts';

export type Members = Record<string, unknown>;

const refusal = { status: 400, retryable: false, expose: true, zh: '', en: '' };
export const refuse = (code: string): never => {
  throw new UpstreamError(code, refusal, { detail: `message of ${code}`, upstreamRequestId: 'r-1' });
};

export const text = (it: Members, name: string) => String(it[name] ?? '');

export const page = (items: readonly Members[], it: Members) =>
  items.slice(Number(it['Offset'] ?? 0), Number(it['Offset'] ?? 0) + Number(it['Limit'] ?? 20));
