/** Telling the codes of a template what became of it: a few at a time, since a template may have very many. */
import { codeEvent, origin } from '../codes/events.ts';
import type { Surroundings } from '../world.ts';
import type { Announcement, NoticeTransaction, NotificationTransaction } from './ports.ts';

/**
 * Tells the next codes, the newest first; each hears it once, whoever is killed when.
 *
 * @param limit codes
 * @returns false if all of them know by now
 */
export async function announce(
  tx: Pick<NoticeTransaction, 'codesToTell' | 'saveAnnouncement'> &
    Pick<NotificationTransaction, 'saveProgress'>,
  announcement: Announcement & { type: NonNullable<Announcement['type']> },
  surroundings: Surroundings,
  limit: number,
): Promise<boolean> {
  const { type, notice } = announcement;
  const codes = await tx.codesToTell(announcement, limit);
  const more = { TemplateId: notice.subject, Reason: notice.reason.code };
  const events = codes.map((code) => codeEvent(type, code, origin(surroundings), code.current, more));
  await tx.saveProgress({ count: undefined, contract: undefined, events });
  const last = codes.at(-1);
  const isOver = last === undefined || codes.length < limit;
  await tx.saveAnnouncement(
    isOver
      ? { ...announcement, type: null, toldCreatedAtMs: null, toldCodeId: null }
      : { ...announcement, toldCreatedAtMs: last.createdAtMs, toldCodeId: last.codeId },
  );
  return !isOver;
}
