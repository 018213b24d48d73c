import { createHash } from 'node:crypto';
import { isText } from '../../../../shared/text.ts';
import { type Found, found } from '../../../cloud-api/outcome.ts';
import { codeLimitBytes } from '../account-limits.ts';
import { refuse } from '../gateway/refuse.ts';
import type { CodeMembers } from '../schemas/code.ts';
import type { Code } from './function-record.ts';
import { readZip } from './zip-archive.ts';

/** The members of which one says where the code is; of these, only the archive itself is taken here. */
const sources = ['ZipFile', 'CosObjectName', 'TempCosObjectName', 'DemoId', 'GitUrl', 'ImageConfig'] as const;

/** The code of a request, or the refusal of it. `limitBytes` is of the archive. */
export function receiveCode(members: CodeMembers, limitBytes: number): Found<Code> {
  const named = sources.filter((source) => members[source] !== undefined);
  if (named.length > 1) return refuse('InvalidParameterValue.Code', named.join(', '));
  const { ZipFile } = members;
  if (ZipFile === undefined) {
    return named.length === 0
      ? refuse('InvalidParameterValue.Code', { zh: '没有代码', en: 'there is no code' })
      : refuse('UnsupportedOperation', { zh: '此处只接受 ZipFile', en: 'only ZipFile is taken here' });
  }
  const zip = Buffer.from(ZipFile, 'base64');
  // Node reads whatever looks like base64; the platform does not.
  if (zip.toString('base64') !== ZipFile) {
    return refuse('InvalidParameterValue.ZipFileBase64BinasciiError', 'ZipFile');
  }
  if (zip.byteLength > limitBytes) {
    return refuse('InvalidParameterValue.Code', `ZipFile: ${zip.byteLength} > ${limitBytes} bytes`);
  }
  const files = readZip(zip, codeLimitBytes);
  if (isText(files)) return refuse('InvalidParameterValue.ZipFile', files);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  return found({ files, sizeBytes: zip.byteLength, sha256 });
}
