import { useState } from 'preact/hooks';
import type { Organization } from '../api/answers.ts';
import { useList } from '../api/use-list.ts';
import { Forecast } from '../parts/code/forecast.tsx';
import { Tag } from '../parts/code/state-tag.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import type { Column } from '../parts/table.tsx';
import { isAdmin } from '../state/session.ts';
import { number, saidBy, say } from '../texts/say.ts';
import { EditOrganization } from './organization/edit-organization.tsx';

const pageSize = 20;

/** The organisations: what signers read of them, whether they have quota, and when that will end. */
export function OrganizationsPage() {
  const list = useList('DescribeOrganizations', { Limit: pageSize }, 'stepOrganizations');
  const [edited, setEdited] = useState<Organization>();
  const found = list.answer?.Organizations ?? [];
  // What signers read is an administrator's; one of this organisation alone will do.
  const mayEdit = isAdmin.value;

  const columns: readonly Column<Organization>[] = [
    {
      title: 'organization',
      isHead: true,
      cell: ({ ProxyOrganizationOpenId, DisplayName }) => (
        <>
          {DisplayName ?? <code class="id">{ProxyOrganizationOpenId}</code>}
          {DisplayName !== null && (
            <span class="small">
              <code class="id">{ProxyOrganizationOpenId}</code>
            </span>
          )}
        </>
      ),
    },
    {
      title: 'organizationQuota',
      isWide: true,
      cell: ({ Quota: { State, Reason } }) => (
        <>
          <Tag mood={State === 'Ok' ? 'good' : 'bad'}>
            {say(State === 'Ok' ? 'quota_Ok' : 'quota_Blocked')}
          </Tag>{' '}
          {Reason !== null && <span class="small why">{saidBy(Reason)}</span>}
        </>
      ),
    },
    {
      title: 'organizationUsed',
      cell: ({ ContractsBought, ContractsUsed }) =>
        ContractsBought === null
          ? '–'
          : say('useOf', { used: number(ContractsUsed ?? 0), max: number(ContractsBought) }),
    },
    { title: 'forecast', cell: ({ Forecast: forecast }) => <Forecast forecast={forecast} /> },
    {
      title: 'organizationContact',
      cell: ({ Contact: { Zh, En } }) => [Zh, En].filter((word) => word !== null).join(' / ') || '–',
    },
    ...(mayEdit
      ? [
          {
            title: 'organizationEdit',
            cell: (one: Organization) => (
              <button
                type="button"
                aria-label={say('organizationEditOf', {
                  name: one.DisplayName ?? one.ProxyOrganizationOpenId,
                })}
                onClick={() => setEdited(one)}
              >
                {say('organizationEdit')}
              </button>
            ),
          } as const,
        ]
      : []),
  ];

  return (
    <>
      <h1>{say('organizationsTitle')}</h1>
      <ProblemNote problem={list.problem} />
      <ListTable
        list={list}
        exportAs="organizationsTitle"
        caption="organizationsCaption"
        columns={columns}
        rows={found}
        keyOf={({ ProxyOrganizationOpenId }) => ProxyOrganizationOpenId}
      />
      {edited !== undefined && (
        <EditOrganization
          organization={edited}
          onClose={(isDone) => {
            setEdited(undefined);
            if (isDone) list.reload();
          }}
        />
      )}
    </>
  );
}
