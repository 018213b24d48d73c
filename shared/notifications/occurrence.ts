import { seconds } from '../world.ts';
import { type Member, plainName } from './members.ts';

/** When something happened, and which member of the message says so; `receipt`: none does; `other`: one with no plain name. */
export interface Occurrence {
  readonly atS: number;
  readonly from: string;
}

/** Names that upstream documents or sends in other messages for the time of what a message is about; the best first. */
const timeNames = [
  'OccurTime',
  'CostTime',
  'OperateTime',
  'EventTime',
  'UpdatedOn',
  'UpdateTime',
  'CreatedOn',
  'CreateOn',
  'CreateTime',
  'CreatedTime',
  'Timestamp',
  'Time',
] as const;

/** A time under one of those names may lie far back: messages are sent again. Seconds. */
const oldestNamedS = 400 * 86_400;
/** Under another name, only what is close to the receipt is taken for the time of it. Seconds. */
const oldestOtherS = 3 * 86_400;
/** Clocks differ; what is further ahead is a deadline, not a time of something that happened. Seconds. */
const clockMarginS = 600;

/**
 * When the thing happened that a message is about, by the message itself. Without such a time it is the receipt: then a
 * message that was sent again late counts for newer than it is.
 */
export function occurrenceOf(members: readonly Member[], receivedAtMs: number): Occurrence {
  const receivedS = seconds(receivedAtMs);
  const times = members.flatMap(({ name, plain, value }) => {
    const atS = unixSeconds(value);
    if (atS === undefined || atS > receivedS + clockMarginS) return [];
    // By a clock that is ahead, it would outweigh what really happens until then.
    return [{ atS: Math.min(atS, receivedS), from: name, plain }];
  });
  for (const wanted of timeNames) {
    const known = plainName(wanted);
    const named = times.find(({ plain }) => plain === known);
    if (named && named.atS >= receivedS - oldestNamedS) return shown(named);
  }
  const near = times.filter(({ from, atS }) => from !== '' && atS >= receivedS - oldestOtherS);
  const latest = near.reduce<Occurrence | undefined>(
    (best, time) => (best === undefined || time.atS > best.atS ? time : best),
    undefined,
  );
  return latest ? shown(latest) : { atS: receivedS, from: 'receipt' };
}

/** The name is the sender's, and is stored and shown: what does not look like a member's name may be a person's. */
function shown({ atS, from }: Occurrence): Occurrence {
  return { atS, from: /^[A-Za-z_][A-Za-z_.-]{0,63}$/.test(from) ? from : 'other' };
}

/** Times of the years 2001 to 2286 have ten digits in seconds and thirteen in milliseconds. */
const leastS = 1e9;
const mostS = 1e10;

/** A value as a Unix time in seconds, if it looks like one: a number, its text, or a date. */
function unixSeconds(value: Member['value']): number | undefined {
  if (typeof value === 'boolean') return undefined;
  const number = typeof value === 'string' && !/^\d{10}(\d{3})?$/.test(value) ? dateMs(value) : Number(value);
  if (number >= leastS && number < mostS) return Math.floor(number);
  if (number >= leastS * 1000 && number < mostS * 1000) return seconds(number);
  return undefined;
}

/** `2026-01-02 03:04:05`, with or without a zone; without one it is China's, where upstream is. Milliseconds. */
function dateMs(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (match === null) return Number.NaN;
  return Date.parse(`${match[1]}T${match[2]}${match[3] ?? '+08:00'}`);
}
