/** What the register says at the end, what upstream and the callers know, and where the two differ. */
import type { FailoverWorld } from './failover-world.ts';

interface GenerationRow {
  codeId: string;
  number: number;
  qrCodeId: string;
  used: number;
  state: string;
}

interface CodeRow {
  codeId: string;
  flowName: string;
  state: string;
}

interface AttemptRow {
  codeId: string | null;
  state: string;
  possibleOrphan: boolean;
  /** Null: its answer never came. */
  qrCodeId: string | null;
}

export interface EventRow {
  eventId: string;
  type: string;
  codeId: string | null;
  data: Record<string, unknown>;
}

interface UpstreamCode {
  qrCodeId: string;
  flowName: string;
  used: number;
  /** Neither cancelled nor expired. */
  isLive: boolean;
  /** Nobody can scan it any more, though it lives; and upstream takes no cancel of it. */
  isUsedUp: boolean;
}

export interface Books {
  codes: CodeRow[];
  generations: GenerationRow[];
  /** Creates. */
  creates: AttemptRow[];
  events: EventRow[];
  /** The `MsgId` of each notification that is stored. */
  notifications: string[];
  /** Ids of events as they came to the receiver. */
  told: string[];
  upstream: UpstreamCode[];
}

/** @param names of the creates of this run: upstream has other codes, too */
export async function readBooks(
  world: Pick<FailoverWorld, 'platform' | 'receiver' | 'ask'>,
  names: ReadonlySet<string>,
): Promise<Books> {
  const { emulator } = world.platform;
  const nowS = emulator.clock.nowS();
  const own = emulator.codes.list().filter(({ FlowName }) => names.has(FlowName));
  const upstream = own.map((code) => ({
    qrCodeId: code.QrCodeId,
    flowName: code.FlowName,
    used: code.used,
    isUsedUp: code.used >= code.maxFlowNum,
    isLive: code.cancelledAtS === undefined && code.expiresAtS > nowS,
  }));
  const told = world.receiver.received.map(({ id }) => id);
  const register = await world.ask(async (db) => {
    const rowsOf = async <Row extends object>(text: string) => (await db.query<Row>(text)).rows;
    const events = await rowsOf<Omit<EventRow, 'data'> & { data: string }>(
      'select event_id as "eventId", type, code_id as "codeId", data from events',
    );
    const notifications = await rowsOf<{ msgId: string }>('select msg_id as "msgId" from messages');
    return {
      codes: await rowsOf<CodeRow>('select code_id as "codeId", flow_name as "flowName", state from codes'),
      generations: await rowsOf<GenerationRow>(
        'select code_id as "codeId", number, qr_code_id as "qrCodeId", used, state from generations',
      ),
      creates: await rowsOf<AttemptRow>(
        `select code_id as "codeId", state, possible_orphan as "possibleOrphan",
           qr_code_id as "qrCodeId" from attempts where kind = 'create'`,
      ),
      events: events.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) })), // as emit() wrote it
      notifications: notifications.map(({ msgId }) => msgId),
    };
  });
  return { ...register, told, upstream };
}
