/**
 * What upstream documents as limits and defaults. Zero in one of the three counts means "not set": the seed
 * document's own example sends zeros. That `QrCodeExpiredOn` reads a zero in the same way is assumed, and so is that
 * upstream refuses negative numbers.
 *
 * Lengths are counted in Unicode code points, which is how zod counts. The documents say "characters" and not
 * which unit; this is the reading that refuses least, and what upstream still refuses comes back as its own error.
 */
export const limits = {
  FlowName: { maxLength: 200 },
  QrCodeName: { maxLength: 200 },
  CallbackUrl: { maxLength: 1000 },
  /** No upper bound is documented. */
  MaxFlowNum: { default: 5 },
  /** Days, counted from the start of each contract. */
  FlowEffectiveDay: { default: 7, max: 30 },
  /** Days, counted from the creation of the code to the second. */
  QrEffectiveDay: { default: 7, max: 90 },
  /** Days between creation and the farthest permitted `QrCodeExpiredOn`. */
  QrCodeExpiredOn: { maxDays: 365 },
  /** 合同, 文件, 协议 or 文书: the word that signers read. */
  FlowDisplayType: { default: 0, values: [0, 1, 2, 3] },
} as const;
