import * as z from 'zod/mini';

/** The QR code that was made. Its id is indispensable; the rest is documented as given, and not relied on. */
export const SignQrCode = z.looseObject({
  /** 32 characters. A cancel needs it, and upstream has no call that lists it. */
  QrCodeId: z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/)),
  /** The documents disagree whether this is a picture or a URL to be drawn as one; treat as opaque. */
  QrCodeUrl: z.optional(z.string()),
  /** Unix seconds. */
  ExpiredTime: z.optional(z.int()),
  /** Picture of the mini-programme code, since 2024-12-20. */
  WeixinQrCodeUrl: z.optional(z.string()),
});
export type SignQrCode = z.infer<typeof SignQrCode>;
