/** A create as its caller saw it, where whoever answers may die amid it: then the platform answers, or nobody. */
import { requireContract } from '../../docs/testing/contract-check.ts';
import type { Platform } from '../../local/start/testing/platform.ts';

export interface Tried {
  /** Of the contract: no other create has it, but those with the same key. */
  name: string;
  key?: string;
  beganMs: number;
  /** Undefined while it is under way. Epoch milliseconds, as the other. */
  endedMs?: number;
  /** 0: no answer came, or one that no caller can read. */
  status: number;
  /** Of a problem. */
  code?: string;
  codeId?: string;
  qrCodeId?: string;
  /** The stable link. */
  link?: string;
  /** What was wrong with the answer itself. */
  trouble?: string;
}

/** The code of what the platform answers for a function that has ended before its event. */
export const cutOff = 'cut off by the platform';

export interface Answered {
  status: number;
  body: Record<string, unknown>;
}

/**
 * @param isCutOff may this answer be the platform's own?
 * @throws where an answer of a function is not as its contract says
 */
export async function callAction(
  { url, apiKey }: Pick<Platform, 'url' | 'apiKey'>,
  { action, body, key }: { action: string; body: object; key: string | undefined },
  isCutOff: (answer: Answered) => boolean,
): Promise<Answered> {
  const response = await fetch(`${url}/${action}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${apiKey}`,
      ...(key && { 'Idempotency-Key': key }),
    },
    body: JSON.stringify(body),
  });
  const { status } = response;
  const answer = (await response.json()) as Record<string, unknown>; // of the function, or of the platform
  if (isCutOff({ status, body: answer })) return { status, body: { code: cutOff } };
  requireContract(action, status, answer);
  return { status, body: answer };
}

/** Notes a create when it begins, and what became of it when it has ended. Never rejects. */
export async function tryCreate(
  tried: Tried[],
  { name, key }: Pick<Tried, 'name'> & { key: string | undefined },
  nowMs: () => number,
  call: () => Promise<Answered>,
): Promise<Tried> {
  const one: Tried = { name, ...(key && { key }), beganMs: nowMs(), status: 0 };
  tried.push(one);
  try {
    const { status, body } = await call();
    Object.assign(one, { status }, membersOf(body));
  } catch (error) {
    one.trouble = error instanceof Error ? error.message : String(error);
  }
  one.endedMs = nowMs();
  return one;
}

function membersOf({ code, CodeId, QrCodeId, QrCode, StableUrl }: Record<string, unknown>): Partial<Tried> {
  const qrCodeId = QrCodeId ?? (QrCode as { QrCodeId?: unknown } | undefined)?.QrCodeId; // as the contract has it
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof CodeId === 'string' && { codeId: CodeId }),
    ...(typeof qrCodeId === 'string' && { qrCodeId }),
    ...(typeof StableUrl === 'string' && { link: StableUrl }),
  };
}
