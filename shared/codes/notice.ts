/** What makes codes useless without being their fault: the newest word on a template or an organisation. */
import type { Code } from './code.ts';
import type { Reason } from './reasons.ts';

/**
 * `template`: whether it can be used; `template-change`: it was changed, which may matter or not; `organization`: it
 * has left the platform.
 */
type NoticeKind = 'template' | 'template-change' | 'organization';

export interface NoticeKey {
  readonly kind: NoticeKind;
  /** `TemplateId` or the organisation. */
  readonly subject: string;
  /**
   * Of a template the organisation that the message names, if it is one of ours; empty: every organisation that uses it.
   * Of an organisation its application.
   */
  readonly scope: string;
}

export interface Notice extends NoticeKey {
  /** False: it can be used again. */
  readonly raised: boolean;
  readonly reason: Reason;
  /** When the message says that it happened. Unix seconds. */
  readonly atS: number;
}

/** Messages come in any order: of two of the same second the one that warns counts. */
export function isNewer(notice: Notice, before: Notice): boolean {
  if (notice.atS !== before.atS) return notice.atS > before.atS;
  return notice.raised && !before.raised;
}

/**
 * The notice that a code shows. A create that succeeded after the message proves it wrong, or over.
 *
 * @param notices those on the code's template and organisation
 */
export function noticeOf({ current }: Pick<Code, 'current'>, notices: readonly Notice[]): Notice | undefined {
  const newest = (kind: NoticeKind) =>
    notices
      .filter((notice) => notice.kind === kind)
      .reduce<Notice | undefined>(
        (best, notice) => (best === undefined || isNewer(notice, best) ? notice : best),
        undefined,
      );
  const template = newest('template');
  const change = newest('template-change');
  // A template that is said to be usable is so with its latest change.
  const isOutdated = change && template && !template.raised && template.atS >= change.atS;
  const shown = [newest('organization'), template, isOutdated ? undefined : change];
  return shown.find((notice) => notice?.raised && (current === null || current.createdAtS <= notice.atS));
}
