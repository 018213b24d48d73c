import * as z from 'zod/mini';
import { Failure } from '../../errors.ts';
import type { Scope } from '../../world.ts';
import type { CodeKey } from '../ports.ts';
import type { ExternalIds } from './ports.ts';

const id = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));

/** The ids that a code has of its own, as members of a request. */
export const codeIds = { CodeId: id, QrCodeId: id, Slug: id };

interface Ids {
  readonly CodeId?: string | undefined;
  readonly QrCodeId?: string | undefined;
  readonly Slug?: string | undefined;
}

/** {@link Ids}, or the id that the caller's own system has of it. */
interface AnyIds extends Ids {
  readonly ExternalId?: string | null | undefined;
}

/** How many of the ids a request gives. */
export function idsGiven({ CodeId, QrCodeId, Slug }: Ids): number {
  return [CodeId, QrCodeId, Slug].filter((one) => one !== undefined).length;
}

const params = {
  zh: 'CodeId、QrCodeId、Slug、ExternalId 必须且只能填写一个',
  en: 'exactly one of CodeId, QrCodeId, Slug and ExternalId must be given',
};

/** The check of a request that is about one code. */
export const oneCode = z.refine<AnyIds>(
  ({ ExternalId, ...ids }) => idsGiven(ids) + (ExternalId === undefined ? 0 : 1) === 1,
  { params },
);

/** The check of a request about one code in which `ExternalId` is a new value, unless it is the only id. */
export const oneCodeToChange = z.refine<AnyIds>(
  ({ ExternalId, ...ids }) => idsGiven(ids) === 1 || (idsGiven(ids) === 0 && typeof ExternalId === 'string'),
  { params },
);

/** The id that a request gives. The schema has seen to it that it is one. */
export function codeKeyOf(ids: Ids): CodeKey {
  if (ids.CodeId !== undefined) return { by: 'CodeId', value: ids.CodeId };
  if (ids.QrCodeId !== undefined) return { by: 'QrCodeId', value: ids.QrCodeId };
  return { by: 'Slug', value: ids.Slug ?? '' };
}

/**
 * {@link codeKeyOf} where no other id is given also by `ExternalId`, which several codes can have: the one of them that
 * is not cancelled is meant, or the newest if all are.
 *
 * @throws Failure `NotFound`; `StateConflict` that names two codes where several are meant.
 */
export async function findCodeKey(externalIds: ExternalIds, ids: AnyIds, scope: Scope): Promise<CodeKey> {
  const { ExternalId } = ids;
  if (typeof ExternalId !== 'string' || idsGiven(ids) > 0) return codeKeyOf(ids);
  const [first, second] = await externalIds.codesOf(ExternalId, scope);
  if (first === undefined) throw notFound();
  if (second && !second.isCancelled) throw ambiguous([first.codeId, second.codeId]);
  return { by: 'CodeId', value: first.codeId };
}

function ambiguous(codeIds: readonly string[]): Failure {
  return new Failure('StateConflict', {
    detail: {
      zh: `不止一张签署码使用此 ExternalId（${codeIds.join('、')}），请改用 CodeId`,
      en: `More than one code has this ExternalId (${codeIds.join(', ')}): name one by its CodeId`,
    },
  });
}

/** There is none, or the caller may not see it. */
export function notFound(cause?: unknown): Failure {
  return new Failure('NotFound', {
    detail: { zh: '没有这个签署码', en: 'There is no such code' },
    ...(cause !== undefined && { cause }),
  });
}
