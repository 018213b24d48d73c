import { Failure } from '../../shared/errors.ts';

/** Why a server cannot listen, in one sentence, and which variable names another port. */
export function portFailure(port: number, variable: string, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const why =
    code === 'EADDRINUSE'
      ? { zh: '已被占用', en: 'is in use' }
      : { zh: `无法使用（${code}）`, en: `cannot be used (${code})` };
  const detail = {
    zh: `端口 ${port} ${why.zh}：请用 ${variable} 指定其他端口`,
    en: `port ${port} ${why.en}: set ${variable} to another one`,
  };
  return new Failure('Misconfigured', { detail, cause });
}
