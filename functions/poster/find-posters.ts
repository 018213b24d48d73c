import type { PosterCode, PosterReads } from '../../shared/codes/reading/ports.ts';
import { Failure } from '../../shared/errors.ts';
import type { Poster } from '../../shared/poster/make-posters.ts';
import { words } from '../../shared/poster/words.ts';
import type { Scope } from '../../shared/world.ts';
import { mostPosters, type PosterRequest, tooMany } from './request.ts';

/**
 * The posters that are asked for, in the order in which their codes were named.
 *
 * @throws Failure `NotFound` naming the ids of no code that the caller may see, `StateConflict` for a code that is
 * cancelled: its link leads nowhere
 */
export async function findPosters(
  register: PosterReads,
  { which, name }: Pick<PosterRequest, 'which' | 'name'>,
  scope: Scope,
  publicBaseUrl: string,
): Promise<Poster[]> {
  const found = await register.posterCodes(which, scope, mostPosters + 1);
  if (found.length > mostPosters) throw tooMany('Label');
  const codes = 'codeIds' in which ? inOrder(found, which.codeIds) : found;
  if (codes.length === 0) throw notFound([]);
  const dead = codes.filter(({ isCancelled }) => isCancelled);
  if (dead.length > 0) throw ended(dead);
  return codes.map((code) => posterOf(code, name, publicBaseUrl));
}

function inOrder(found: readonly PosterCode[], codeIds: readonly string[]): PosterCode[] {
  const byId = new Map(found.map((code) => [code.codeId, code]));
  const absent = codeIds.filter((id) => !byId.has(id));
  if (absent.length > 0) throw notFound(absent);
  return codeIds.flatMap((id) => byId.get(id) ?? []);
}

function posterOf(
  { codeId, slug, externalId, gate }: PosterCode,
  name: string | undefined,
  publicBaseUrl: string,
): Poster {
  return {
    codeId,
    slug,
    externalId,
    link: `${publicBaseUrl}/s/${slug}`,
    name: name ?? gate.name,
    organization: gate.organization ?? null,
    contact: gate.contact ?? words.peopleOnSite,
    id: externalId ?? '',
  };
}

function notFound(ids: readonly string[]): Failure {
  return new Failure('NotFound', {
    detail: {
      zh: `没有这样的签署码${ids.length > 0 ? `：${ids.join('、')}` : ''}`,
      en: `There is no such code${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`,
    },
  });
}

function ended(codes: readonly PosterCode[]): Failure {
  const ids = codes.map(({ codeId }) => codeId);
  return new Failure('StateConflict', {
    detail: {
      zh: `签署码已取消，其海报无处可用：${ids.join('、')}`,
      en: `Cancelled, so that a poster of it would lead nowhere: ${ids.join(', ')}`,
    },
  });
}
