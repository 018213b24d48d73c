/** What a line of the log says to a person: a table of kinds. What is in none of them did not happen to anybody. */
import * as z from 'zod/mini';
import { rejections } from '../../shared/callback/rejections.ts';
import { catalogue } from '../../shared/errors.ts';
import { inBoth, type Text, untranslated } from '../../shared/text.ts';
import { type LogEntry, type LogRecord, readLogEntry } from './log-entry.ts';

export interface Happening {
  tone: 'good' | 'plain' | 'warning' | 'bad';
  text: Text;
  /** How often it happened. */
  count: number;
  /** The code that it happened to: its id, or that of one of its generations. */
  codeId?: string;
}

type Tone = Happening['tone'];

const happening = (tone: Tone, text: Text, count = 1, codeId?: string): Happening => ({
  tone,
  text,
  count,
  ...(codeId !== undefined && { codeId }),
});

/** Calls that changed something. Who only looks gets an answer, and that is enough. */
const calls: Readonly<Record<string, Text>> = {
  ChannelCreateMultiFlowSignQRCode: { en: 'a code was made', zh: '创建了签署码' },
  ChannelCancelMultiFlowSignQRCode: { en: 'a code was cancelled', zh: '取消了签署码' },
  ModifyMultiFlowSignQRCode: { en: 'a code was changed', zh: '修改了签署码' },
  BatchCreateMultiFlowSignQRCode: { en: 'a batch of codes was asked for', zh: '提交了一批签署码' },
  BatchModifyMultiFlowSignQRCode: { en: 'a change of many codes was asked for', zh: '提交了批量修改' },
  CancelBatch: { en: 'a batch was cancelled', zh: '取消了批次' },
  ModifyOrganization: { en: 'the settings of an organisation were changed', zh: '修改了企业设置' },
  ForgetContract: { en: "a person's contract was forgotten", zh: '删除了一份合同的信息' },
  CreateApiKey: { en: 'an API key was made', zh: '新建了 API 密钥' },
  RotateApiKey: { en: 'an API key was replaced', zh: '更换了 API 密钥' },
  RevokeApiKey: { en: 'an API key was revoked', zh: '吊销了 API 密钥' },
  CreateEventSubscription: { en: 'a subscription to events was made', zh: '新增了事件订阅' },
  ModifyEventSubscription: { en: 'a subscription to events was changed', zh: '修改了事件订阅' },
  DeleteEventSubscription: { en: 'a subscription to events was ended', zh: '删除了事件订阅' },
  SendTestEvent: { en: 'a test event was sent', zh: '发送了测试事件' },
  ReplayEvent: { en: 'events were put in line again', zh: '事件已重新排队' },
  ReplayNotification: { en: "a notification of Tencent's was applied again", zh: '重新处理了腾讯的回调' },
};

const renewed: Text = {
  en: 'a code was renewed: its link leads to the successor',
  zh: '签署码已续期，稳定链接已指向新一代',
};

/** Members of what a timer reports, each a number. */
const counts: Readonly<Record<string, Readonly<Record<string, readonly [Tone, Text]>>>> = {
  'renew-expired-codes': {
    renewed: ['good', renewed],
    held: [
      'warning',
      { en: 'a code waits: its organisation has no contracts left', zh: '企业额度不足，续期暂缓' },
    ],
    retrying: ['warning', { en: 'a renewal failed and is tried again', zh: '续期失败，将自动重试' }],
    failed: ['bad', { en: 'a renewal was refused for good', zh: '续期被永久拒绝' }],
    unknown: [
      'bad',
      { en: 'no answer came to a renewal: its outcome is unknown', zh: '续期未收到应答，结果未知' },
    ],
    broken: ['bad', { en: 'a renewal broke off', zh: '续期异常中断' }],
    warned: [
      'warning',
      { en: 'a code ends soon, with no successor in sight', zh: '签署码即将失效，且暂无新一代' },
    ],
    expired: ['plain', { en: 'a generation of a code has expired', zh: '签署码的一代已过期' }],
    settled: ['plain', { en: 'a create that was left behind was settled', zh: '已了结一次遗留的创建' }],
    released: [
      'good',
      { en: 'a code is in line again: its organisation has contracts', zh: '企业已有额度，签署码恢复续期' },
    ],
    cancelled: ['plain', { en: 'a predecessor was cancelled', zh: '已取消上一代签署码' }],
    cancelsFailed: ['warning', { en: 'a cancel failed and is tried again', zh: '取消失败，将自动重试' }],
    retried: ['good', { en: 'a notification that had waited was applied', zh: '积压的回调已处理' }],
    retriesFailed: ['warning', { en: 'a notification could not be applied yet', zh: '回调暂未能处理' }],
  },
  'work-off-batches': {
    done: ['good', { en: 'a row of a batch was done', zh: '批次中的一行已完成' }],
    failed: ['bad', { en: 'a row of a batch has failed', zh: '批次中的一行失败' }],
    unknown: ['bad', { en: 'a row of a batch was never answered', zh: '批次中的一行未收到应答' }],
    putOff: ['warning', { en: 'a row of a batch is tried again', zh: '批次中的一行将重试' }],
  },
  'deliver-events': {
    delivered: ['good', { en: 'an event was delivered', zh: '事件已送达' }],
    retrying: ['warning', { en: 'a delivery failed and is tried again', zh: '事件投递失败，将自动重试' }],
    dead: [
      'bad',
      {
        en: 'a delivery was given up: ReplayEvent sends it again',
        zh: '事件投递已放弃，可用 ReplayEvent 重发',
      },
    ],
    buried: [
      'plain',
      { en: 'a delivery of a disabled subscription was given up', zh: '订阅已停用，其投递已放弃' },
    ],
  },
  'migrate-database': {
    applied: [
      'plain',
      { en: 'the schema of the database went one version up', zh: '数据库表结构升级了一个版本' },
    ],
  },
};

const waits: Text = {
  en: "a notification of Tencent's is stored, and its effect is tried again",
  zh: '腾讯的回调已存储，稍后重试处理',
};

/** By `MsgType`, where the emulator's message says all that there is to say. */
const scans: Readonly<Record<string, readonly [Tone, Text]>> = {
  MultiFlowSignQrCodeCost: [
    'good',
    { en: 'a person scanned: a contract was charged for', zh: '有人扫码，合同已扣费' },
  ],
  CreateFlowByQrCode: [
    'bad',
    {
      en: 'a person scanned in vain: the organisation has no contracts left',
      zh: '有人扫码，但企业额度不足',
    },
  ],
};

/** By `Operate`, in the words of the emulator. */
const operations: Readonly<Record<string, readonly [Tone, Text]>> = {
  sign: ['plain', { en: 'a party signed', zh: '有一方已签署' }],
  finish: ['good', { en: 'a contract is signed by everybody', zh: '合同已由各方签署完成' }],
  reject: ['plain', { en: 'a signer rejected the contract', zh: '签署人拒签了合同' }],
  deadline: ['plain', { en: 'a contract ran out of time', zh: '合同已过签署截止时间' }],
  cancel: ['plain', { en: 'a contract was withdrawn', zh: '合同已撤销' }],
  invalid: ['plain', { en: 'a contract became invalid', zh: '合同已失效' }],
  relieve: ['plain', { en: 'a contract was dissolved', zh: '合同已解除' }],
};

/** What one line of the log tells; most lines tell nothing that anybody needs to see. */
export function happeningsIn(line: string): Happening[] {
  const entry = readLogEntry(line);
  if (entry.source === 'clock') return moved(entry.rest);
  if (entry.record === undefined) return entry.source === 'emulator' ? ofEmulator(entry) : ofHost(entry);
  const { record } = entry;
  if (record.message === 'done') return done(entry.source, record);
  if (record.message === 'failed') return failed(entry.source, record);
  return noticed(entry.source, record);
}

/** The line begins with the time. */
function moved(line: string): Happening[] {
  const [time = ''] = /^\d[\dT:-]+/.exec(line) ?? [];
  return time === ''
    ? []
    : [happening('plain', { en: `the clock was moved: it is ${time}Z`, zh: `时钟已拨动，现为 ${time}Z` })];
}

/** Names come from messages, which may hold any: `constructor` is in no table. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function done(source: string, record: LogRecord): Happening[] {
  const { codeId, renewal, result = {}, status } = record;
  const successor = renewal === 'renewed' ? [happening('good', renewed, 1, codeId)] : [];
  if (source === 'callback-handler') return [...received(record), ...successor];
  if (source === 'stable-link') {
    // A page that waits asks with HEAD whether to go on, and 200 is a picture: nobody has opened anything.
    const isOpened = record.method !== 'HEAD' && status !== 200;
    return isOpened ? [...successor, followed(status, codeId)] : successor;
  }
  const call = own(calls, source);
  if (call !== undefined) return [happening('good', call, 1, codeId), ...successor];
  const codes = NamedCodes.safeParse(result['codes']).data ?? {};
  return Object.entries(own(counts, source) ?? {}).flatMap(([member, [tone, text]]) => {
    const count = result[member];
    if (typeof count !== 'number' || count <= 0) return [];
    const ids = own(codes, member) ?? [];
    const rest = count - ids.length;
    return [
      ...ids.map((id) => happening(tone, text, 1, id)),
      ...(rest > 0 ? [happening(tone, text, rest)] : []),
    ];
  });
}

/** Of a timer's report: some of the codes, by what became of them. */
const NamedCodes = z.record(z.string(), z.array(z.string()));

/** What a message was about stands in the emulator's line, which knows the code. */
function received({ outcome, reason }: LogRecord): Happening[] {
  if (outcome === 'pending' || outcome === 'failed') return [happening('warning', waits)];
  if (outcome !== 'applied') return [];
  const isRestored = reason === 'CostRestoredQuota' || reason === 'ContractRestoredQuota';
  return isRestored ? [happening('good', quotaRestored)] : [];
}

const quotaRestored: Text = { en: 'the organisation has contracts again', zh: '企业额度已恢复' };

function followed(status: number | undefined, codeId: string | undefined): Happening {
  if (status === 302) return happening('plain', opened, 1, codeId);
  return happening('warning', status === 503 ? soon : gone, 1, codeId);
}

const opened: Text = { en: 'a stable link was opened', zh: '有人打开了稳定链接' };

const soon: Text = {
  en: 'a stable link was opened, and there is nothing to sign at the moment',
  zh: '有人打开了稳定链接，但暂时无可签署的合同',
};
const gone: Text = {
  en: 'a stable link was opened that leads nowhere',
  zh: '有人打开了已失效的稳定链接',
};

/** A refusal is the caller's to mend, a failure ours. */
function failed(source: string, { status = 500, code = '', verdict }: LogRecord): Happening[] {
  // Told with its reason already, by the line before.
  if (verdict !== undefined) return [];
  const title: Text = Object.hasOwn(catalogue, code)
    ? catalogue[code as keyof typeof catalogue] // one of its own names
    : untranslated(code);
  const named = Object.hasOwn(catalogue, code) ? ` (${code})` : '';
  const isRefusal = status < 500;
  return [
    happening(
      isRefusal ? 'warning' : 'bad',
      inBoth((language) =>
        language === 'zh'
          ? `${source} ${isRefusal ? '拒绝了请求' : '失败'}：${title.zh}${named}`
          : `${source} ${isRefusal ? 'refused a call' : 'failed'}: ${title.en}${named}`,
      ),
    ),
  ];
}

/** What a function survived, or found worth a word of its own. */
function noticed(source: string, { level, message, verdict = '', error, codeId }: LogRecord): Happening[] {
  if (level === 'info') return [];
  if (Object.hasOwn(rejections, verdict)) {
    const why = rejections[verdict as keyof typeof rejections]; // one of its own names
    return [
      happening('warning', {
        en: `a notification was turned away: ${why.en}`,
        zh: `拒收了一条回调：${why.zh}`,
      }),
    ];
  }
  const code = error?.code === undefined ? '' : ` (${error.code})`;
  const tone = level === 'error' ? 'bad' : 'warning';
  return [happening(tone, untranslated(`${source}: ${message}${code}`), 1, codeId)];
}

/** `notification <MsgType> [<operation>] <status or error> … [<id> <QrCodeId>]`, `POST <Action> <ok or code>: …` */
function ofEmulator({ rest }: LogEntry): Happening[] {
  const posted =
    /^notification (?<type>\S+)(?: (?<operation>[a-z]+))? (?<answer>\d{3}|\S.*?)(?<troubles>(?: \([^)]*\))*) \[\S*(?: (?<qrCodeId>\S+))?\]$/.exec(
      rest,
    );
  if (posted?.groups !== undefined) return notified(posted.groups);
  if (/^[A-Z]+ \S+ ok/.test(rest)) return [];
  const shown = rest.replace(/^[A-Z]+ /, '').replace(/ \[[^\]]*\]$/, '');
  const text = { en: `upstream refused ${shown}`, zh: `上游拒绝了 ${shown}` };
  return [rest.startsWith('defect') ? happening('bad', untranslated(rest)) : happening('warning', text)];
}

function notified(posted: Readonly<Record<string, string | undefined>>): Happening[] {
  const { type = '', operation = '', answer = '', troubles = '', qrCodeId } = posted;
  if (/^2\d\d$/.test(answer)) {
    const known = own(scans, type) ?? own(operations, operation);
    // What is posted twice, or will be, is told once.
    return known === undefined || /\((sent again|lost)/.test(troubles)
      ? []
      : [happening(...known, 1, qrCodeId)];
  }
  const text = {
    en: `a notification of Tencent's was not taken (${answer}): it comes again`,
    zh: `腾讯的回调未被接收（${answer}），将再次发送`,
  };
  return [happening('warning', text, 1, qrCodeId)];
}

/** The host says what functions cannot: that one ran out of time or of memory. */
function ofHost({ source, rest }: LogEntry): Happening[] {
  // The function has said why, in the line before.
  if (rest.includes('user code exception caught')) return [];
  return [happening('bad', untranslated(source === '' ? rest : `${source}: ${rest}`))];
}
