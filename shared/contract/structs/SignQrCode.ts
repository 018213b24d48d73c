import * as z from 'zod/mini';

/** The QR code that was made. */
export const SignQrCode = z.looseObject({
  /** 32 characters. Needed to cancel, and nowhere to be looked up again. */
  QrCodeId: z.string().check(z.minLength(1)),
  /** The documents disagree whether this is a picture or a URL to be drawn as one; treat as opaque. */
  QrCodeUrl: z.string(),
  /** Unix seconds. */
  ExpiredTime: z.int(),
  /** Picture of the mini-programme code, since 2024-12-20. */
  WeixinQrCodeUrl: z.optional(z.string()),
});
export type SignQrCode = z.infer<typeof SignQrCode>;
