import type { SignQrCode } from '../../../shared/essbasic/structs/SignQrCode.ts';
import type { SignUrl } from '../../../shared/essbasic/structs/SignUrl.ts';
import type { SignCode } from '../state/entities.ts';

/** The page behind a code: what a person who scans it opens. The real one leads into the mini-programme. */
export function jumpPageUrl({ QrCodeId, expiresAtS }: SignCode, baseUrl: string): string {
  return `${baseUrl}/h5/jump-mp.html?where=mini&from=MSG&to=CHANNEL_CONTRACT_COVER&qrCodeId=${encodeURIComponent(QrCodeId)}&expiredTime=${expiresAtS}`;
}

export function pictureUrl({ QrCodeId }: SignCode, baseUrl: string): string {
  return `${baseUrl}/imgs/multiSignQrCodes/QrCode/${encodeURIComponent(QrCodeId)}.png`;
}

/** Where `WeixinQrCodeUrl` keeps the id of the code. The real key is opaque. */
const hkeyOf = (QrCodeId: string) => Buffer.from(QrCodeId).toString('hex');

/** The answer of a create, in upstream's shapes, with hosts replaced by the emulator. */
export function linksOf(code: SignCode, baseUrl: string): { QrCode: SignQrCode; SignUrls: SignUrl } {
  const { QrCodeId, expiresAtS } = code;
  return {
    QrCode: {
      ExpiredTime: expiresAtS,
      QrCodeId,
      QrCodeUrl: pictureUrl(code, baseUrl),
      WeixinQrCodeUrl: `${baseUrl}/bresource/resource/resource/0/0.PNG?hkey=${hkeyOf(QrCodeId)}`,
    },
    SignUrls: {
      AppSignUrl: `pages/guide?from=default&where=mini&autoJumpBack=true&to=CHANNEL_CONTRACT_COVER&qrCodeId=${QrCodeId}&expiredTime=${expiresAtS}`,
      // Empty in the published examples of this product, though its description promises a date.
      EffectiveTime: '',
      HttpSignUrl: jumpPageUrl(code, baseUrl),
    },
  };
}
