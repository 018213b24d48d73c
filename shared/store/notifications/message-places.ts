/**
 * Where a notification lies: by its id alone nobody knows its partition, so that its time is looked up first.
 */

/** SQL: is a row of `messages` the one of this id? Ids that notifications had before they came from `MsgId` are known, too. */
export function hasId(row: string, id: string): string {
  return `${row}.received_at = (select i.received_at from message_ids i where i.notification_id = ${id})
    and ${row}.notification_id = ${id}`;
}

/** SQL: is it the one of this `MsgId`? */
export function hasMsgId(row: string, msgId: string): string {
  return `${row}.received_at = (select i.received_at from message_ids i where i.notification_id = notification_id_of(${msgId}))
    and ${row}.msg_id = ${msgId}`;
}

/** SQL: are two rows, of `messages` or `message_bodies`, about the same notification? */
export function isSame(one: string, other: string): string {
  return `${one}.received_at = ${other}.received_at and ${one}.notification_id = ${other}.notification_id`;
}

/** SQL: a row `n` of `messages` takes its content with it, since what waits may wait for longer than bodies are kept. */
export const withContent = ['body', 'content_signature']
  .map(
    (column) =>
      `${column} = coalesce(n.${column}, (select b.${column} from message_bodies b where ${isSame('b', 'n')}))`,
  )
  .join(', ');
