/** Many codes at once. */
export const batchTexts = {
  batchTitle: { zh: '批次', en: 'The batch' },
  batchProgress: { zh: '{done} / {all} 完成，{failed} 失败', en: '{done} of {all} done, {failed} failed' },
  batchCalledOff: { zh: '{count} 行已停止', en: '{count} called off' },
  batchGoesOn: {
    zh: '关闭本页后仍会继续。“停在这里”只停止尚未开始的，已完成的不变。',
    en: 'It goes on when this is closed. “Stop here” calls off what is not begun; what is done stays.',
  },
  batchRowsCaption: { zh: '批次的各行及结果', en: 'The rows of the batch, and what became of each' },
  batchRow: { zh: '第 {number} 行', en: 'Row {number}' },
  batchOutcome: { zh: '结果', en: 'Outcome' },
  row_Waiting: { zh: '等待中', en: 'Waiting' },
  row_Done: { zh: '完成', en: 'Done' },
  row_Failed: { zh: '失败', en: 'Failed' },
  row_Unknown: { zh: '结果未知', en: 'Outcome unknown' },
  row_Cancelled: { zh: '已停止', en: 'Called off' },
  stepBatch: { zh: '批量处理', en: 'Many codes at once' },
  stepStopBatch: { zh: '停止批次', en: 'Call off a batch' },
} as const;
