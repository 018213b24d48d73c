import * as z from 'zod/mini';
import { schemaError } from '../../../shared/text.ts';
import { CallbackChange } from '../callbacks/callback-settings.ts';
import { probes } from '../callbacks/callbacks.ts';
import { HandMade, type OutboxMessage } from '../callbacks/outbox-message.ts';
import type { Emulator } from '../emulator.ts';
import { parseInput } from '../parse-input.ts';
import type { ControlRoute } from './control-route.ts';

const Input = z
  .extend(CallbackChange(), {
    send: z.optional(HandMade()),
    probe: z.optional(z.enum(Object.keys(probes) as (keyof typeof probes)[])), // its own keys
    deliver: z.optional(z.literal(true)),
  })
  .check(
    z.refine(
      (input) => Object.keys(input).length > 0,
      schemaError({
        zh: '没有要设置、发送、探测或投递的内容',
        en: 'has nothing to set, to send, to probe or to deliver',
      }),
    ),
  );

const Query = z.strictObject({
  MsgType: z.optional(z.string()),
  QrCodeId: z.optional(z.string()),
  limit: z._default(z.string().check(z.regex(/^\d{1,4}$/)), '50'),
  /** The messages themselves, which name people. */
  data: z.optional(z.enum(['true', 'false'])),
});
type Filter = z.infer<typeof Query>;

/** Neither key nor token, only how many there are. */
function settingsShown({ callbacks }: Emulator) {
  const { keys, tokens, shape, ...settings } = callbacks.settings();
  const name = typeof shape === 'string' ? shape : shape.name;
  return { ...settings, keys: keys.length, tokens: tokens.length, shape: name };
}

function shown(emulator: Emulator, { MsgType, QrCodeId, limit, data }: Filter) {
  const chosen = emulator.callbacks
    .messages()
    .filter(({ envelope }) => MsgType === undefined || envelope.MsgType === MsgType)
    .filter((message) => QrCodeId === undefined || message.QrCodeId === QrCodeId);
  const newest = Number(limit) === 0 ? [] : chosen.slice(-Number(limit));
  return {
    settings: settingsShown(emulator),
    counts: emulator.callbacks.counts(),
    outbox: newest.map((message) => messageShown(message, data === 'true')),
  };
}

function messageShown({ envelope, QrCodeId, createdAtMs, deliveries }: OutboxMessage, withData: boolean) {
  const { MsgData, ...head } = envelope;
  return {
    ...head,
    ...(QrCodeId !== undefined && { QrCodeId }),
    at: rfc3339(createdAtMs),
    ...(withData && { MsgData }),
    deliveries: deliveries.map(({ dueMs, attempts, state, ...delivery }) => ({
      ...delivery,
      state,
      ...(state === 'waiting' && { next: rfc3339(dueMs) }),
      attempts: attempts.map(({ atMs, ...attempt }) => ({ at: rfc3339(atMs), ...attempt })),
    })),
  };
}

const rfc3339 = (ms: number) => new Date(ms).toISOString();

export const callbackRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'callbacks',
    summary: {
      zh: '通知：设置、计数与发件箱，含每次投递的结果与下次时间；可按 ?MsgType=、?QrCodeId=、?limit= 筛选，?data=true 显示内容（含姓名）',
      en: 'notifications: settings, counts and the outbox with each attempt and the next; narrowed by ?MsgType=, ?QrCodeId= and ?limit=; ?data=true shows what they say, names included',
    },
    example: '?MsgType=CreateFlowByQrCode&limit=10',
    handle: (emulator, { query }) => shown(emulator, parseInput(Query, query)),
  },
  {
    method: 'POST',
    path: 'callbacks',
    summary: {
      zh: '设置 urls、targets（code-first、both、application）、keys、tokens、shape（flat、nested、minimal 或自定模板）、retryPausesS、timeoutMs 与 misbehaviour（整体替换，比例 0 至 1：duplicates、reorder、unknownTypes、wrongKey、wrongSignature、noSignature、reencodedBody、plainText、cutBody、lostAnswers，另有 reorderS、delayS、form、slow）；send 发送自拟消息，probe（empty、dummy）探测地址，deliver 立即投递到期通知',
      en: 'sets urls, targets (code-first, both, application), keys, tokens, shape (flat, nested, minimal, or a template of your own), retryPausesS, timeoutMs and misbehaviour (as a whole; shares from 0 to 1: duplicates, reorder, unknownTypes, wrongKey, wrongSignature, noSignature, reencodedBody, plainText, cutBody, lostAnswers; also reorderS, delayS, form, slow); send posts a message made by hand, probe (empty, dummy) tries the addresses, deliver posts what is due at once',
    },
    example:
      '{"urls": ["http://127.0.0.1:9000/callback-handler"], "misbehaviour": {"duplicates": 0.05, "reorder": 0.2, "wrongSignature": 0.01, "slow": {"share": 0.1, "ms": 3000}}}',
    async handle(emulator, { body }) {
      const { send, probe, deliver, ...change } = parseInput(Input, body);
      emulator.callbacks.configure(change);
      const MsgId = send && emulator.callbacks.send(send);
      const probed = probe && (await emulator.callbacks.probe(probe));
      const posts = deliver && (await emulator.callbacks.deliverDue());
      return {
        ...(send && { sent: MsgId ?? null }),
        ...(probed && { probed }),
        ...(posts !== undefined && { posts }),
        settings: settingsShown(emulator),
        counts: emulator.callbacks.counts(),
      };
    },
  },
];
