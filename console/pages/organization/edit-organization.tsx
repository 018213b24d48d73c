import type { Organization } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { say } from '../../texts/say.ts';

export interface EditOrganizationProps {
  organization: Organization;
  onClose: (isDone: boolean) => void;
}

/** What signers read of an organisation, and what it has bought. What is left empty is taken away. */
export function EditOrganization({ organization, onClose }: EditOrganizationProps) {
  const doing = useDoing();
  const { ProxyOrganizationOpenId, DisplayName, Contact, ContractsBought, Version } = organization;

  async function save(data: FormData): Promise<void> {
    const textOf = (name: string) => String(data.get(name) ?? '').trim() || null;
    const bought = textOf('bought');
    const changes = {
      DisplayName: textOf('name'),
      ContactZh: textOf('contactZh'),
      ContactEn: textOf('contactEn'),
      // The same number again would begin to count anew.
      ...(bought !== String(ContractsBought ?? '') && {
        ContractsBought: bought === null ? null : Number(bought),
      }),
    };
    const isDone = await doing.run(async () => {
      const options = { step: 'stepSaveOrganization', idempotencyKey: newIdempotencyKey() } as const;
      await call('ModifyOrganization', { ProxyOrganizationOpenId, Version, ...changes }, options);
    });
    if (isDone) onClose(true);
  }

  return (
    <FormDialog
      title={ProxyOrganizationOpenId}
      send={say('save')}
      doing={doing}
      onSend={(data) => void save(data)}
      onClose={() => onClose(false)}
    >
      <TextField
        label={say('organizationName')}
        name="name"
        maxLength={100}
        defaultValue={DisplayName ?? ''}
      />
      <TextField
        label={say('organizationContactZh')}
        name="contactZh"
        maxLength={200}
        defaultValue={Contact.Zh ?? ''}
      />
      <TextField
        label={say('organizationContactEn')}
        name="contactEn"
        maxLength={200}
        defaultValue={Contact.En ?? ''}
      />
      <TextField
        label={say('organizationBought')}
        name="bought"
        type="number"
        min={0}
        step={1}
        defaultValue={ContractsBought === null ? '' : String(ContractsBought)}
      />
    </FormDialog>
  );
}
