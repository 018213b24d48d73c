import type { FieldDocs } from '../field-doc.ts';
import type { UserFlowType } from './UserFlowType.ts';

export const userFlowTypeDocs: FieldDocs<typeof UserFlowType> = {
  UserFlowTypeId: { zh: '合同类型编号', en: 'Id of the contract type' },
  Name: { zh: '合同类型名称', en: 'Name of the contract type' },
  Description: { zh: '合同类型说明', en: 'Description of the contract type' },
};
