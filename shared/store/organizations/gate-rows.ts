import type { Gate } from '../../codes/reading/ports.ts';

/** Of a code and the settings of its organisation, what people at its gate may know. `c`: codes, `s`: {@link joinSettings}. */
export const gateColumns = `c.qr_code_name as "qrCodeName", s.display_name as "displayName",
  s.contact_zh as "contactZh", s.contact_en as "contactEn"`;

/** `c`: codes. An organisation of which nothing is said has no row. */
export const joinSettings =
  'left join organization_settings s on s.app_id = c.app_id and s.organization = c.organization';

export interface GateRow {
  qrCodeName: string | null;
  displayName: string | null;
  contactZh: string | null;
  contactEn: string | null;
}

/** Who has said whom to ask in one language alone is understood best in that one. */
export function toGate({ qrCodeName, displayName, contactZh, contactEn }: GateRow): Gate {
  const [zh, en] = [contactZh ?? contactEn, contactEn ?? contactZh];
  return {
    name: qrCodeName,
    ...(displayName !== null && { organization: displayName }),
    ...(zh !== null && en !== null && { contact: { zh, en } }),
  };
}
