/** The audit log. */
export const auditTexts = {
  auditTitle: { zh: '审计记录', en: 'Audit log' },
  auditCaption: { zh: '谁在何时做了什么，新的在前', en: 'Who did what and when, the newest first' },
  auditActor: { zh: '由谁', en: 'Who' },
  auditAction: { zh: '操作', en: 'What' },
  auditSubject: { zh: '对象', en: 'To what' },
  auditFrom: { zh: '从', en: 'From' },
  auditTo: { zh: '到', en: 'Until' },
} as const;
