import { expect, it } from 'vitest';
import { waitingPage } from './page.ts';
import { preview } from './preview.ts';

const shownOf = (followed: Parameters<typeof preview>[0]) => {
  const { status, body } = preview(followed);
  return { status, shown: JSON.parse(body) };
};

it('says of a link that leads on no more than that: not where to', () => {
  const followed = { kind: 'leads', link: 'https://example.test/signing' } as const;
  expect(shownOf(followed)).toEqual({ status: 200, shown: { Leads: true } });
});

it('says what the page at the gate says, in the same words', () => {
  const contact = { zh: '门卫室', en: 'Gatehouse' };
  const gate = { name: '南门', organization: '示例劳务', contact };
  const { status, shown } = shownOf({ kind: 'later', state: 'Paused', gate });
  expect([status, shown.State, shown.Name, shown.Organization]).toEqual([200, 'Paused', '南门', '示例劳务']);
  const page = waitingPage('Paused', gate, 'zh').body.replaceAll(/<\/?b>/g, '');
  for (const { Zh, En } of [shown.Title, shown.Next, shown.Ask]) {
    expect(page).toContain(Zh);
    expect(page).toContain(En);
  }
});

it('names the people on site where the organisation has named nobody', () => {
  const { shown } = shownOf({ kind: 'ended', state: 'Cancelled', gate: { name: null } });
  expect([shown.Sign, shown.Ask.Zh, shown.Name]).toEqual(['stop', '有问题请联系：现场工作人员', null]);
});

it('answers that there is no such code where nobody has made the link', () => {
  const { status, shown } = shownOf({ kind: 'unknown' });
  expect([status, shown.State, shown.Title.En]).toEqual([404, 'Unknown', 'There is no such code']);
});
