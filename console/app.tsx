import { effect } from '@preact/signals';
import { AuditPage } from './pages/audit.tsx';
import { BatchPage } from './pages/batch.tsx';
import { BatchesPage } from './pages/batches.tsx';
import { CodePage } from './pages/code.tsx';
import { CodesPage } from './pages/codes.tsx';
import { ContractsPage } from './pages/contracts.tsx';
import { CreatePage } from './pages/create.tsx';
import { ExplorerPage } from './pages/explorer.tsx';
import { KeysPage } from './pages/keys.tsx';
import { MessagesPage } from './pages/messages.tsx';
import { OrganizationsPage } from './pages/organizations.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { SignaturePage } from './pages/signature.tsx';
import { Header } from './parts/header.tsx';
import type { PageEntry } from './parts/page-entry.ts';
import { hrefOf, route } from './state/route.ts';
import { identity, mayChange, maySeeAll } from './state/session.ts';
import { say } from './texts/say.ts';

const pages: readonly PageEntry[] = [
  {
    name: 'codes',
    title: 'pageCodes',
    Page: ({ path: [codeId] }) =>
      codeId === undefined ? <CodesPage /> : <CodePage key={codeId} codeId={codeId} />,
  },
  {
    name: 'batches',
    title: 'pageBatches',
    under: 'codes',
    Page: ({ path: [batchId] }) =>
      batchId === undefined ? <BatchesPage /> : <BatchPage key={batchId} batchId={batchId} />,
  },
  { name: 'contracts', title: 'pageContracts', Page: ContractsPage },
  { name: 'create', title: 'pageCreate', Page: CreatePage, isFor: 'changes' },
  { name: 'messages', title: 'pageMessages', Page: MessagesPage },
  { name: 'organizations', title: 'pageOrganizations', Page: OrganizationsPage },
  { name: 'keys', title: 'pageKeys', Page: KeysPage, isFor: 'all' },
  { name: 'signature', title: 'pageSignature', Page: SignaturePage },
  { name: 'audit', title: 'pageAudit', Page: AuditPage, isFor: 'all' },
  { name: 'explorer', title: 'pageExplorer', Page: ExplorerPage },
];

/** The page that the address names, or the way in. */
export function App() {
  const [name = 'codes', ...path] = route.value.path;
  const offered = pages.filter(isOffered);
  const page = offered.find((one) => one.name === name);
  return (
    <>
      <Header pages={offered} />
      <main id="page" tabIndex={-1}>
        {identity.value === undefined ? (
          <SignIn />
        ) : page === undefined ? (
          <NoPage />
        ) : (
          <page.Page path={path} />
        )}
      </main>
    </>
  );
}

const isOffered = ({ isFor }: PageEntry) =>
  isFor === undefined || (isFor === 'changes' ? mayChange.value : maySeeAll.value);

function NoPage() {
  return (
    <>
      <h1>{say('notFound')}</h1>
      <p>
        <a href={hrefOf(['codes'])}>{say('toCodes')}</a>
      </p>
    </>
  );
}

effect(() => {
  const [name = 'codes'] = route.value.path;
  const page = pages.find((one) => one.name === name);
  const title = identity.value === undefined || page === undefined ? undefined : say(page.title);
  document.title = title === undefined ? say('product') : `${title} · ${say('product')}`;
});
