import { type Followed, type FollowPorts, followLink } from '../../shared/codes/renewal/follow-link.ts';
import type { Answer } from '../../shared/runtime/http/http-handler.ts';
import type { Language } from '../../shared/text.ts';
import { endedPage, unknownPage, waitingPage } from './page.ts';

const linkForm = /\/([1-9A-HJ-NP-Za-km-z]{12})\/?$/;

/**
 * Where a stable link leads: to the signing page of the current generation, or to a page that says why it does not.
 * A signer is no programmer: a link that does not exist gets a page too.
 *
 * @throws what the register throws
 */
export async function follow(
  path: string,
  ports: FollowPorts,
  { language, deadlineMs }: { language: Language; deadlineMs: number },
): Promise<Answer> {
  const slug = linkForm.exec(path)?.[1];
  const followed: Followed =
    slug === undefined ? { kind: 'unknown' } : await followLink(ports, slug, deadlineMs);
  switch (followed.kind) {
    case 'leads':
      return { status: 302, headers: { Location: followed.link }, body: '' };
    case 'later':
      return { status: 503, ...waitingPage(followed.state, followed.gate, language) };
    case 'ended':
      return { status: 410, ...endedPage(followed.state, followed.gate, language) };
    case 'unknown':
      return { status: 404, ...unknownPage(language) };
  }
}
