import type { Code } from '../../api/answers.ts';

/** What people call a code: the name on its poster, else their own id, else the name of its contracts. */
export const nameOf = ({
  QrCodeName,
  ExternalId,
  FlowName,
}: Pick<Code, 'QrCodeName' | 'ExternalId' | 'FlowName'>) => QrCodeName || ExternalId || FlowName;
