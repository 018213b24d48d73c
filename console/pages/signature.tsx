import { later } from '../parts/later.tsx';

/** Why a signature is not taken; for the few who sign requests themselves, so its code is fetched when it is opened. */
export const SignaturePage = later<{ path: readonly string[] }>(
  async () => (await import('../explorer/signature/signature-page.tsx')).SignaturePage,
);
