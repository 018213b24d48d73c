import type { Reason } from '../codes/reasons.ts';

/**
 * What a notice is about. `template`: whether it can be used; `template-change`: it was changed, which may or may not
 * matter; `organization`: it has left the platform.
 */
export type NoticeKind = 'template' | 'template-change' | 'organization';

export interface NoticeKey {
  readonly kind: NoticeKind;
  /** `TemplateId` or the organisation. */
  readonly subject: string;
  /** The organisation that the message names, if it is one of ours; empty: whoever uses the template. */
  readonly organization: string;
}

/** The newest word on a template or an organisation. */
export interface Notice extends NoticeKey {
  /** False: it can be used again. */
  readonly raised: boolean;
  readonly reason: Reason;
  /** When the message says that it happened. Unix seconds. */
  readonly atS: number;
}
