import { parseJson } from './parse-json.ts';

/** What every message has around its data. */
export interface Envelope {
  MsgId: string;
  MsgType: string;
  /** `CustomApp` in the published samples; null where the message names none. */
  MsgVersion: string | null;
  /** As it came, or parsed where it came as a JSON string. Null where there is none. */
  MsgData: unknown;
}

/** Up to 200 characters, none of them a control character or half of one: what every database and log can hold. */
const name = /^\P{C}{1,200}$/u;

/** A parsed message as an envelope, without unknown members; undefined where it is none. */
export function readEnvelope(message: unknown): Envelope | undefined {
  if (!isRecord(message)) return undefined;
  const { MsgId, MsgType, MsgVersion, MsgData } = message;
  if (!isName(MsgId) || !isName(MsgType)) return undefined;
  return {
    MsgId,
    MsgType,
    MsgVersion: isName(MsgVersion) ? MsgVersion : null,
    MsgData: typeof MsgData === 'string' ? (parseJson(MsgData) ?? MsgData) : (MsgData ?? null),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && name.test(value);
}
