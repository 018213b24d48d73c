import { ContractList } from '../parts/code/contract-list.tsx';
import { say } from '../texts/say.ts';

/** The contracts of all codes: for who looks for one, or for those that somebody still has to sign. */
export function ContractsPage() {
  return (
    <>
      <h1>{say('contractsTitle')}</h1>
      <ContractList />
    </>
  );
}
