import { QianmaError, UpstreamError } from '../errors.ts';
import { inBoth, type Text, untranslated } from '../text.ts';

/** An error as one line for a person: what is wrong and, where the code of the system alone would be said, what to do. */
export function failureText(error: unknown): Text {
  const text = error instanceof QianmaError ? ofOurs(error) : ofTheSystem(error);
  return inBoth((language) => text[language].replaceAll(/\s+/g, ' ').trim());
}

/** The code of Tencent says more than its text; what is wrong with the database may be said inside the house. */
function ofOurs(error: QianmaError): Text {
  const { cause, code } = error;
  const theirs = error instanceof UpstreamError ? `${code}: ` : '';
  const why = code === 'DatabaseUnavailable' && cause instanceof Error ? ` (${cause.message})` : '';
  return inBoth((language) => `${theirs}${error.sentence(language)}${why}`);
}

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: { zh: '不存在', en: 'is not there' },
  EACCES: { zh: '没有权限', en: 'may not be read or written by this user' },
  EPERM: { zh: '没有权限', en: 'may not be read or written by this user' },
  EISDIR: { zh: '是文件夹而不是文件', en: 'is a folder, not a file' },
  ENOTDIR: { zh: '上级不是文件夹', en: 'lies below something that is no folder' },
  ENOSPC: { zh: '磁盘已满', en: 'has no room left on its disk' },
  EROFS: { zh: '所在磁盘为只读', en: 'is on a disk that cannot be written' },
  EMFILE: { zh: '打开的文件过多', en: 'cannot be opened: too many files are open' },
};

/** What Node throws for a file, and for a package that is not installed. */
function ofTheSystem(error: unknown): Text {
  if (!(error instanceof Error)) return untranslated(String(error));
  const { code, path, message } = error as NodeJS.ErrnoException; // absent members are undefined
  const reason = reasons[code ?? ''];
  if (reason !== undefined && path !== undefined) return inBoth((language) => `${path} ${reason[language]}`);
  if (code === 'ERR_MODULE_NOT_FOUND')
    return {
      zh: `缺少依赖包，请运行 npm ci（${message}）`,
      en: `a package is missing: run npm ci (${message})`,
    };
  return untranslated(`${error.name}: ${message}`);
}
