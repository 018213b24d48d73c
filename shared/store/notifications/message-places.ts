/** Where a notification lies: by its id alone nobody knows its partition, so that its time is looked up first. */

const isAt = (row: string, id: string) =>
  `${row}.received_at = (select i.received_at from message_ids i where i.notification_id = ${id}) and ${row}`;

/** SQL: is a row of `messages` the one of this id? Ids that notifications had before they came from `MsgId` are known, too. */
export const hasId = (row: string, id: string) => `${isAt(row, id)}.notification_id = ${id}`;

/** SQL: is it the one of this `MsgId`? */
export const hasMsgId = (row: string, msgId: string) =>
  `${isAt(row, `notification_id_of(${msgId})`)}.msg_id = ${msgId}`;

/** SQL: are two rows, of `messages` or `message_bodies`, about the same notification? */
export const isSame = (one: string, other: string) =>
  `${one}.received_at = ${other}.received_at and ${one}.notification_id = ${other}.notification_id`;

/** SQL: a row `n` of `messages` takes its content with it, since what waits may wait for longer than bodies are kept. */
export const withContent = ['body', 'content_signature']
  .map(
    (column) =>
      `${column} = coalesce(n.${column}, (select b.${column} from message_bodies b where ${isSame('b', 'n')}))`,
  )
  .join(', ');
