import { hrefOf } from '../state/route.ts';
import { say } from '../texts/say.ts';
import { Deliveries } from './messages/deliveries.tsx';
import { Notifications } from './messages/notifications.tsx';
import { Subscriptions } from './messages/subscriptions.tsx';

const kinds = [
  { name: 'notifications', title: 'notificationsTab', List: Notifications },
  { name: 'deliveries', title: 'deliveriesTab', List: Deliveries },
  { name: 'subscriptions', title: 'subscriptionsTab', List: Subscriptions },
] as const;

/** What came from Tencent, what went out to others, and who gets it. */
export function MessagesPage({ path: [name = 'notifications'] }: { path: readonly string[] }) {
  const chosen = kinds.find((kind) => kind.name === name) ?? kinds[0];
  return (
    <>
      <h1>{say('messagesTitle')}</h1>
      <nav class="ways" aria-label={say('messagesKinds')}>
        {kinds.map((kind) => (
          <a
            key={kind.name}
            href={hrefOf(['messages', kind.name])}
            aria-current={kind === chosen ? 'page' : undefined}
          >
            {say(kind.title)}
          </a>
        ))}
      </nav>
      <chosen.List />
    </>
  );
}
