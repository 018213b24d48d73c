import * as z from 'zod/mini';

/** Links that lead to the same place as the QR code. */
export const SignUrl = z.looseObject({
  /** Path inside the mini-programme, for apps that open it themselves. */
  AppSignUrl: z.optional(z.string()),
  /** `2022-08-05 15:55:01`, or the empty string: both occur in published answers. */
  EffectiveTime: z.optional(z.string()),
  /** Page that opens the mini-programme. */
  HttpSignUrl: z.optional(z.string()),
});
export type SignUrl = z.infer<typeof SignUrl>;
