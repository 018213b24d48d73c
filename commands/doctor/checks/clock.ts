import { api } from '../../../shared/essbasic/api.ts';
import { type Check, fail, ok, warn } from '../check.ts';
import { clockSkewMs } from '../clock-skew.ts';
import { type Reply, Unreachable } from '../http-probe.ts';

/** Signatures are refused beyond this. Seconds. */
const failFromS = api.timestampToleranceS;
/** A clock that is watched over is not off by so much. Seconds. */
const warnFromS = 30;

const syncClock = {
  en: 'Let this machine keep its time by NTP (chrony); the functions have the clock of the platform',
  zh: '请用 NTP（如 chrony）校准本机时钟；云函数使用平台时钟，不受影响',
};

/** Is upstream reached at all, and does its clock agree with ours? */
export const clock: Check<'ESS_ENDPOINT'> = {
  id: 'clock',
  needs: [],
  variables: ['ESS_ENDPOINT'],
  async run({ ESS_ENDPOINT }, { http }) {
    const reply = await http(ESS_ENDPOINT, { method: 'GET' }).catch(unreachable);
    if (reply instanceof Unreachable) {
      const { host } = new URL(ESS_ENDPOINT);
      return fail(
        { en: `${host} cannot be reached: ${reply.why.en}`, zh: `无法连接 ${host}：${reply.why.zh}` },
        {
          en: 'Check ESS_ENDPOINT, the name resolution, and the way out of the network',
          zh: '检查 ESS_ENDPOINT、域名解析与出网线路',
        },
      );
    }
    const dateMs = Date.parse(reply.headers.get('date') ?? '');
    if (Number.isNaN(dateMs)) {
      return warn(
        { en: 'Upstream answers without a Date header', zh: '上游应答没有 Date 头，无法比对时钟' },
        { en: 'Compare the clock by hand', zh: '请手动核对时钟' },
      );
    }
    return judge(clockSkewMs(dateMs, reply.sentAtMs, reply.receivedAtMs));
  },
};

function unreachable(error: unknown): Reply | Unreachable {
  if (error instanceof Unreachable) return error;
  throw error;
}

function judge(skewMs: number) {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds <= warnFromS) {
    return ok({
      en: `This machine's clock and upstream's are ${seconds} s apart, to the second; ${failFromS} s are allowed`,
      zh: `本机时钟与上游相差 ${seconds} 秒（精确到秒），允许 ${failFromS} 秒`,
    });
  }
  const finding = seconds < failFromS ? warn : fail;
  return finding(
    {
      en: `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} upstream's; ${failFromS} s are allowed`,
      zh: `本机时钟比上游${skewMs > 0 ? '快' : '慢'} ${seconds} 秒，允许 ${failFromS} 秒`,
    },
    syncClock,
  );
}
