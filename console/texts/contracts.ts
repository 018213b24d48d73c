/** Contracts, and what it means to forget one. */
export const contractTexts = {
  contractsTitle: { zh: '合同', en: 'Contracts' },
  contractsCaption: {
    zh: '扫码发起的合同，新的在前',
    en: 'Contracts that scans have started, the newest first',
  },
  contractsFind: { zh: '按 FlowId 查找', en: 'Find by FlowId' },
  contractsFindAll: {
    zh: '按 FlowId 在所有签署码中查找合同',
    en: 'Find a contract of any code by its FlowId',
  },
  contractsFindGo: { zh: '查找', en: 'Find' },
  contractsState: { zh: '状态', en: 'State' },
  contractsUnfinished: { zh: '未签完的', en: 'Not finished' },
  contractsGeneration: { zh: '代', en: 'Generation' },
  contractCode: { zh: '签署码', en: 'Code' },
  contractFlowId: { zh: 'FlowId', en: 'FlowId' },
  contractStarted: { zh: '发起', en: 'Started' },
  contractLeft: { zh: '剩余', en: 'Left' },
  contractHours: { zh: '{count} 小时', en: '{count} h' },
  contractInferred: { zh: '推断属于此码', en: 'inferred' },
  contractCharged: { zh: '已扣费', en: 'charged' },
  contractNone: { zh: '没有符合条件的合同。', en: 'No contract fits.' },
  contractUnknown: { zh: '没有 FlowId 为 {id} 的合同。', en: 'There is no contract with the FlowId {id}.' },
  forget: { zh: '抹除', en: 'Forget' },
  forgetOf: { zh: '抹除 {id}', en: 'Forget {id}' },
  forgetSure: { zh: '抹除此合同的资料？', en: 'Forget this contract?' },
  forgetTakes: { zh: '将抹除', en: 'What is taken away' },
  forgetContent: {
    zh: '与此合同有关的回调的内容，以及它们与合同的关联',
    en: 'the content of the notifications about it, and their link to it',
  },
  forgetTimes: { zh: '发起与状态变化的具体时刻、签署期限', en: 'its times of day, and its deadline' },
  forgetEvents: { zh: '事件中的合同编号', en: 'its id in events' },
  forgetStays: { zh: '仍会保留', en: 'What stays' },
  forgetCount: {
    zh: '此签署码曾有一份处于此状态的合同，用量因此仍然准确；迟到的回调只计数，不保存',
    en: 'that the code had a contract in this state, so that counts stay right; a notification that comes late is counted and not kept',
  },
  forgetAudit: {
    zh: '审计记录中的一行：谁在何时抹除了哪个编号',
    en: 'a line of the audit log: who has forgotten which id, and when',
  },
  forgetElsewhere: {
    zh: '腾讯电子签与您自己的系统中的资料，请另行处理',
    en: 'whatever Tencent and your own systems keep: see to that there',
  },
  forgetForGood: {
    zh: '不能撤销。此合同从此不再出现在任何列表中。',
    en: 'It cannot be undone. The contract is in no list any more.',
  },
  forgotten: { zh: '已抹除', en: 'Forgotten' },
  forgottenNote: {
    zh: '已抹除 {id}：清除了 {count} 条回调的内容。',
    en: '{id} is forgotten: the content of {count} {count|notification|notifications} was taken away.',
  },
  stepForget: { zh: '抹除合同资料', en: 'Forget a contract' },
} as const;
