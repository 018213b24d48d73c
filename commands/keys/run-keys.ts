import { Failure } from '../../shared/errors.ts';
import { hashApiKey, mintApiKey, type NewApiKey } from '../../shared/runtime/api-keys.ts';
import { readConfig } from '../../shared/runtime/config.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { recordAudit } from '../../shared/store/audit.ts';
import type { Database } from '../../shared/store/database.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { repeatableTransaction } from '../../shared/store/repeatable-transaction.ts';
import { type ExitCode, runCommand, type Shell } from '../shell/run-command.ts';
import { type KeysCommand, parseKeysCommand, usage } from './arguments.ts';
import { keysTable } from './keys-table.ts';

const actor = 'cli';
const hourS = 3_600;
const dayS = 24 * hourS;

export interface KeysSurroundings {
  open(url: string): Database;
  mint(): NewApiKey;
  nowS(): number;
}

const production: KeysSurroundings = {
  open: openPgDatabase,
  mint: mintApiKey,
  nowS: () => Math.floor(Date.now() / 1000),
};

type Of<Name extends KeysCommand['command']> = Extract<KeysCommand, { command: Name }>;

/** Keys go to standard output, once and alone on their line; everything else that is said goes to standard error. */
export async function runKeys(
  argv: readonly string[],
  shell: Shell,
  surroundings: KeysSurroundings = production,
): Promise<ExitCode> {
  const code = await runCommand(shell, async () => {
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
  if (code === 2) shell.tell(usage);
  return code;
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
      return list(db, shell, surroundings);
    case 'revoke':
      return revoke(command, db, shell);
    case 'rotate':
      return rotate(command, db, shell, surroundings);
  }
}

async function create(
  { name, role, organizations, agent, expiresDays }: Of<'create'>,
  db: Database,
  shell: Shell,
  { mint, nowS }: KeysSurroundings,
): Promise<void> {
  const { key, keyId, hash: keyHash } = mint();
  const expiresAtS = expiresDays === null ? null : nowS() + expiresDays * dayS;
  await repeatableTransaction(db, async (tx) => {
    await createApiKeys(tx).insert({ keyId, hash: keyHash, name, role, organizations, agent, expiresAtS });
    await recordAudit(tx, { actor, action: 'api-key.create', subject: keyId, reason: `created as ${role}` });
  });
  const whom = organizations === null ? 'all organisations' : organizations.join(', ');
  shell.tell(`API key ${keyId}: ${role} for ${whom}. This is the only time that it is shown:`);
  shell.print(key);
}

async function list(db: Database, shell: Shell, { nowS }: KeysSurroundings): Promise<void> {
  const keys = await createApiKeys(db).list();
  if (keys.length === 0) return shell.tell('There are no API keys yet: npm run keys -- create');
  for (const line of keysTable(keys, nowS())) shell.print(line);
}

async function revoke({ keyId }: Of<'revoke'>, db: Database, shell: Shell): Promise<void> {
  const found = await repeatableTransaction(db, async (tx) => {
    const revoked = await createApiKeys(tx).revoke(keyId);
    if (revoked) {
      await recordAudit(tx, {
        actor,
        action: 'api-key.revoke',
        subject: keyId,
        reason: 'revoked from the shell',
      });
    }
    return revoked;
  });
  if (!found) throw new Failure('NotFound', { detail: `There is no API key ${keyId}` });
  shell.tell(`API key ${keyId} is revoked`);
}

async function rotate(
  { keyId, graceHours }: Of<'rotate'>,
  db: Database,
  shell: Shell,
  { mint }: KeysSurroundings,
): Promise<void> {
  const successor = mint();
  await repeatableTransaction(db, async (tx) => {
    await createApiKeys(tx).rotate(keyId, successor, graceHours * hourS);
    const reason = `replaced by ${successor.keyId}, ends within ${graceHours} hours`;
    await recordAudit(tx, { actor, action: 'api-key.rotate', subject: keyId, reason });
  });
  shell.tell(
    `API key ${successor.keyId} replaces ${keyId}, which ends within ${graceHours} hours. This is the only time that it is shown:`,
  );
  shell.print(successor.key);
}

function hash({ key }: Of<'hash'>, shell: Shell, { mint }: KeysSurroundings): void {
  if (key === undefined) {
    const minted = mint();
    shell.tell('A new API key, and what API_KEY_HASH takes. This is the only time that the key is shown:');
    shell.print(minted.key);
    shell.print(minted.hash);
    return;
  }
  // A hash of anything else would be configured and then never match.
  if (!/^qm_[0-9A-Za-z]{12}_[\w-]{43,86}$/.test(key)) {
    throw new Failure('InvalidRequest', {
      detail: 'that is not an API key: they have the form qm_<id>_<secret>',
    });
  }
  shell.print(hashApiKey(key));
}
