import type { Problem } from '../../errors.ts';
import type { Text } from '../../text.ts';

/** What people say of an organisation. */
export interface OrganizationSettings {
  readonly appId: string;
  readonly organization: string;
  /** How it is called where signers read it. */
  readonly displayName: string | null;
  /** Whom signers may ask, for those who read Chinese and for those who read English. */
  readonly contactZh: string | null;
  readonly contactEn: string | null;
  /** Contracts that it had left to spend at a time; null: nobody has said so. */
  readonly contractsBought: number | null;
  /** That time. Unix seconds. */
  readonly contractsBoughtAtS: number | null;
  /** Counts the changes, for optimistic concurrency; 0: there was none. */
  readonly version: number;
  /** Unix seconds. */
  readonly updatedAtS: number;
}

/** What may be changed; what is left out stays, null takes it away. */
export interface SettingsChanges {
  readonly displayName?: string | null;
  readonly contactZh?: string | null;
  readonly contactEn?: string | null;
  readonly contractsBought?: number | null;
  readonly contractsBoughtAtS?: number | null;
}

/** Unicode code points: what fits on a poster and on a phone. */
const longest = { DisplayName: 100, ContactZh: 200, ContactEn: 200 } as const;

/** The settings after a change, one version on. Contracts that were bought count from now on unless a time is given. */
export function changedSettings(
  before: OrganizationSettings,
  changes: SettingsChanges,
  nowS: number,
): OrganizationSettings {
  const { contractsBought = before.contractsBought } = changes;
  const sinceS = changes.contractsBought === undefined ? (before.contractsBoughtAtS ?? nowS) : nowS;
  return {
    ...before,
    ...changes,
    contractsBoughtAtS: contractsBought === null ? null : (changes.contractsBoughtAtS ?? sinceS),
    version: before.version + 1,
    updatedAtS: nowS,
  };
}

/** Everything that is wrong with a change, beyond its shape. */
export function settingsProblems(
  before: OrganizationSettings,
  changes: SettingsChanges,
  nowS: number,
): Problem[] {
  const { displayName, contactZh, contactEn, contractsBoughtAtS } = changes;
  const problems = [
    ...lineProblems('DisplayName', displayName),
    ...lineProblems('ContactZh', contactZh),
    ...lineProblems('ContactEn', contactEn),
  ];
  if (typeof contractsBoughtAtS === 'number') {
    const { contractsBought = before.contractsBought } = changes;
    if (contractsBought === null) problems.push({ path: 'ContractsBoughtOn', message: texts.nothingBought });
    if (contractsBoughtAtS > nowS) problems.push({ path: 'ContractsBoughtOn', message: texts.future });
  }
  return problems;
}

/** A text that is printed stands on one line. */
function lineProblems(path: keyof typeof longest, text: string | null | undefined): Problem[] {
  if (typeof text !== 'string') return [];
  const most = longest[path];
  if (text.trim() === '') return [{ path, message: texts.empty }];
  if ([...text].length > most) {
    return [{ path, message: { zh: `超过 ${most} 个字符`, en: `is longer than ${most} characters` } }];
  }
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? [{ path, message: texts.oneLine }] : [];
}

const texts = {
  empty: { zh: '为空：请不填，或填 null', en: 'is empty: leave it out, or send null' },
  oneLine: { zh: '只能有一行，不能含控制字符', en: 'must be one line without control characters' },
  future: { zh: '在将来', en: 'is in the future' },
  nothingBought: {
    zh: '须与 ContractsBought 同时填写',
    en: 'makes no sense without ContractsBought',
  },
} as const satisfies Record<string, Text>;
