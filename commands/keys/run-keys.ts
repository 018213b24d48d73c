import { readConfig } from '../../shared/runtime/config.ts';
import { hashApiKey, mintApiKey, type NewApiKey } from '../../shared/runtime/http/api-keys.ts';
import { createSeal, sealKeyIds } from '../../shared/runtime/seal.ts';
import { wrong } from '../../shared/shell/arguments.ts';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { manageApiKeys } from '../../shared/store/access/api-key-management.ts';
import { issueApiKey, revokeApiKey, rotateApiKey } from '../../shared/store/access/issue-api-keys.ts';
import { reseal } from '../../shared/store/access/reseal.ts';
import { sealedKeyUses } from '../../shared/store/access/sealed-keys.ts';
import type { Database } from '../../shared/store/postgres/database.ts';
import { databaseNowMs } from '../../shared/store/postgres/database-facts.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import { type KeysCommand, parseKeysCommand, usage } from './arguments.ts';
import { keysTable } from './keys-table.ts';

const actor = 'cli';
const dayS = 86_400;

export interface KeysSurroundings {
  open(url: string): Database;
  mint(): NewApiKey;
}

const production: KeysSurroundings = {
  open: openPgDatabase,
  mint: mintApiKey,
};

/** Of the database: that of a local run may be far ahead of this machine's. */
const nowS = async (db: Database) => Math.floor((await databaseNowMs(db)) / 1000);

type Of<Name extends KeysCommand['command']> = Extract<KeysCommand, { command: Name }>;

/** Keys go to standard output, once and alone on their line; everything else that is said goes to standard error. */
export function runKeys(
  argv: readonly string[],
  shell: Shell,
  surroundings: KeysSurroundings = production,
): Promise<ExitCode> {
  return runCommand({ argv, shell, usage }, async () => {
    const command = parseKeysCommand(argv);
    if (command.command === 'hash') return hash(command, shell, surroundings);
    const { DATABASE_URL } = readConfig(shell.env, ['DATABASE_URL']);
    const db = surroundings.open(DATABASE_URL);
    try {
      await runOnDatabase(command, db, shell, surroundings);
    } finally {
      await db.close();
    }
  });
}

async function runOnDatabase(
  command: Exclude<KeysCommand, { command: 'hash' }>,
  db: Database,
  shell: Shell,
  surroundings: KeysSurroundings,
): Promise<void> {
  switch (command.command) {
    case 'create':
      return create(command, db, shell, surroundings);
    case 'list':
      return list(db, shell);
    case 'revoke':
      return revoke(command, db, shell);
    case 'rotate':
      return rotate(command, db, shell, surroundings);
    case 'reseal':
      return resealAll(db, shell);
  }
}

async function create(
  { name, role, organizations, agent, expiresDays }: Of<'create'>,
  db: Database,
  shell: Shell,
  { mint }: KeysSurroundings,
): Promise<void> {
  const { key, ...minted } = mint();
  const { keyId } = minted;
  const expiresAtS = expiresDays === null ? null : (await nowS(db)) + expiresDays * dayS;
  await issueApiKey(db, minted, { name, role, organizations, agent, expiresAtS }, actor);
  const list = organizations?.join(', ');
  shell.tell({
    zh: `API 密钥 ${keyId}：${role}，${list ?? '所有企业'}。仅显示这一次：`,
    en: `API key ${keyId}: ${role} for ${list ?? 'all organisations'}. This is the only time that it is shown:`,
  });
  shell.print(key);
}

async function list(db: Database, shell: Shell): Promise<void> {
  const keys = await manageApiKeys(db).list();
  if (keys.length === 0) {
    return shell.tell({
      zh: '还没有 API 密钥：npm run keys -- create',
      en: 'There are no API keys yet: npm run keys -- create',
    });
  }
  for (const line of keysTable(keys, await nowS(db), shell.language)) shell.print(line);
}

async function revoke({ keyId }: Of<'revoke'>, db: Database, shell: Shell): Promise<void> {
  await revokeApiKey(db, keyId, { actor, reason: 'keys revoke' });
  shell.tell({ zh: `API 密钥 ${keyId} 已吊销`, en: `API key ${keyId} is revoked` });
}

async function rotate(
  { keyId, graceHours }: Of<'rotate'>,
  db: Database,
  shell: Shell,
  { mint }: KeysSurroundings,
): Promise<void> {
  const successor = mint();
  await rotateApiKey(db, keyId, successor, { graceHours, actor });
  shell.tell({
    zh: `API 密钥 ${successor.keyId} 取代 ${keyId}，后者将在 ${graceHours} 小时内失效。新密钥仅显示这一次：`,
    en: `API key ${successor.keyId} replaces ${keyId}, which ends within ${graceHours} hours. This is the only time that it is shown:`,
  });
  shell.print(successor.key);
}

/** Functions must have the newest key by now: what is sealed with it, they have to open. */
async function resealAll(db: Database, shell: Shell): Promise<void> {
  const { REGISTER_KEYS } = readConfig(shell.env, ['REGISTER_KEYS']);
  const [newest, ...older] = sealKeyIds(REGISTER_KEYS);
  if (newest === undefined) throw wrong([{ zh: '未设置 REGISTER_KEYS', en: 'REGISTER_KEYS is not set' }]);
  const count = await reseal(db, createSeal(REGISTER_KEYS), older);
  const left = (await sealedKeyUses(db)).filter(({ keyId }) => keyId !== newest);
  shell.tell({
    zh: `${count} 条内容已改用密钥 ${newest} 加密`,
    en: `${count} texts are sealed anew, with the key ${newest}`,
  });
  const list = left.map((use) => `${use.keyId}: ${use.count}`).join(', ');
  shell.tell(
    left.length === 0
      ? { zh: '其余密钥均可去掉', en: 'All other keys can be taken out' }
      : {
          zh: `仍需其他密钥（${list}）：请稍后再运行一次`,
          en: `Other keys are still needed (${list}): run it again later`,
        },
  );
}

function hash({ key }: Of<'hash'>, shell: Shell, { mint }: KeysSurroundings): void {
  if (key === undefined) {
    const minted = mint();
    shell.tell({
      zh: '一个新的 API 密钥，以及 API_KEY_HASH 的取值。密钥仅显示这一次：',
      en: 'A new API key, and what API_KEY_HASH takes. This is the only time that the key is shown:',
    });
    shell.print(minted.key);
    shell.print(minted.hash);
    return;
  }
  // A hash of anything else would be configured and then never match.
  if (!/^qm_[0-9A-Za-z]{12}_[\w-]{43,86}$/.test(key)) {
    throw wrong([
      {
        zh: '这不是 API 密钥：其形式为 qm_<编号>_<密文>',
        en: 'that is not an API key: they have the form qm_<id>_<secret>',
      },
    ]);
  }
  shell.print(hashApiKey(key));
}
