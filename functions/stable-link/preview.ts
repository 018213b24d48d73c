import type { Followed } from '../../shared/codes/renewal/follow-link.ts';
import type { Answer } from '../../shared/runtime/http/http-handler.ts';
import { shownText, type Text } from '../../shared/text.ts';
import { type Message, messageOf, peopleOnSite, unknown, words } from './page-texts.ts';

/**
 * What a phone is shown at a stable link now, as data: in the words of the page, and without what following the link
 * does. No successor is made, nobody is led to upstream, and it is not one of the scans that are tried without quota.
 */
export function preview(followed: Followed): Answer {
  return {
    status: followed.kind === 'unknown' ? 404 : 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(previewOf(followed)),
  };
}

function previewOf(followed: Followed) {
  switch (followed.kind) {
    case 'leads':
      return { Leads: true };
    case 'later':
    case 'ended': {
      const { state, gate } = followed;
      return {
        Leads: false,
        State: state,
        Name: gate.name,
        Organization: gate.organization ?? null,
        ...wordsOf(messageOf(state, followed.kind === 'later'), gate.contact),
      };
    }
    case 'unknown':
      return {
        Leads: false,
        State: 'Unknown',
        Name: null,
        Organization: null,
        ...wordsOf(unknown, undefined),
      };
  }
}

function wordsOf({ sign, title, next }: Message, contact: Text = peopleOnSite) {
  const ask = { zh: words.ask.zh + contact.zh, en: words.ask.en + contact.en };
  return { Sign: sign, Title: shownText(title), Next: shownText(next), Ask: shownText(ask) };
}
