import type { EventType } from '../codes/events.ts';

/** `test` is sent on request only, whatever a subscription is subscribed to. */
export const testType = 'test';

/** Every type that can be subscribed to, and whether it is an alarm: robots get nothing else. */
const isAlarm = {
  'code.created': false,
  'code.outcome_unknown': false,
  'code.renewed': false,
  'code.renewal_failed': true,
  'code.expiring': true,
  'code.usage_threshold': true,
  'code.exhausted': true,
  'code.expired': false,
  'code.paused': false,
  'code.resumed': false,
  'code.cancelled': false,
  'code.template_unusable': true,
  'code.template_usable': false,
  'quota.exhausted': true,
  'quota.restored': true,
  'contract.started': false,
  'contract.completed': false,
  'contract.ended': false,
} as const satisfies Record<EventType, boolean>;

// Object.keys forgets that its strings are the keys.
export const eventTypes = Object.keys(isAlarm) as readonly EventType[];

export type AlarmType = { [T in EventType]: (typeof isAlarm)[T] extends true ? T : never }[EventType];

export const alarmTypes = eventTypes.filter((type): type is AlarmType => isAlarm[type]);

export function isAlarmType(type: string): type is AlarmType {
  return (alarmTypes as readonly string[]).includes(type); // widened: any string may be asked about
}
