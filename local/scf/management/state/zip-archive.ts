import { crc32, inflateRawSync } from 'node:zlib';
import { isText, type Text } from '../../../../shared/text.ts';

export interface ArchivedFile {
  /** With `/` between folders, none at the start. */
  path: string;
  bytes: Uint8Array;
  executable: boolean;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const headerSignature = 0x04034b50;
const endBytes = 22;
const longestCommentBytes = 0xffff;
const stored = 0;
const deflated = 8;

/**
 * The files of a zip archive, or one sentence saying why it is none that the platform could unpack.
 *
 * Read by its central directory, as APPNOTE.TXT (PKWARE) describes it; every length and checksum is verified. Encrypted,
 * split and 64-bit archives are not taken, nor names that leave the folder.
 */
export function readZip(zip: Uint8Array, maxBytes: number): ArchivedFile[] | Text {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(bytes);
  if (end === undefined) return { zh: '缺少中央目录结尾', en: 'it has no end of central directory' };
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at === 0xffffffff || count === 0xffff) return { zh: '是 zip64 压缩包', en: 'it is a zip64 archive' };
  const files: ArchivedFile[] = [];
  let total = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== entrySignature)
      return { zh: '中央目录已损坏', en: 'its central directory is broken' };
    const entry = readEntry(bytes, at);
    at = entry.nextAt;
    if (isOutside(entry.path)) return { zh: '文件名越出文件夹', en: 'a name leaves the folder' };
    total += entry.size;
    if (total > maxBytes)
      return { zh: `解压后超过 ${maxBytes} 字节`, en: `it has more than ${maxBytes} bytes uncompressed` };
    if (entry.path.endsWith('/')) continue;
    const content = contentOf(bytes, entry);
    if (isText(content)) return content;
    files.push({ path: entry.path, bytes: content, executable: entry.executable });
  }
  return files;
}

/** Where the end of the central directory begins: it is followed by a comment that is as long as it says. */
function endOf(bytes: Buffer): number | undefined {
  const lowest = Math.max(0, bytes.length - endBytes - longestCommentBytes);
  for (let at = bytes.length - endBytes; at >= lowest; at -= 1) {
    if (
      bytes.readUInt32LE(at) === endSignature &&
      at + endBytes + bytes.readUInt16LE(at + 20) === bytes.length
    )
      return at;
  }
  return undefined;
}

interface Entry {
  path: string;
  encrypted: boolean;
  method: number;
  checksum: number;
  compressedSize: number;
  size: number;
  headerAt: number;
  executable: boolean;
  nextAt: number;
}

function readEntry(bytes: Buffer, at: number): Entry {
  const nameBytes = bytes.readUInt16LE(at + 28);
  const restBytes = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  return {
    encrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
    method: bytes.readUInt16LE(at + 10),
    checksum: bytes.readUInt32LE(at + 16),
    compressedSize: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    // The upper half of the external attributes is a Unix mode, where one is given.
    executable: ((bytes.readUInt32LE(at + 38) >>> 16) & 0o111) !== 0,
    headerAt: bytes.readUInt32LE(at + 42),
    path: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
    nextAt: at + 46 + nameBytes + restBytes,
  };
}

const isOutside = (path: string) =>
  path === '' ||
  path.startsWith('/') ||
  path.includes('\\') ||
  path.includes('\0') ||
  path.split('/').includes('..');

function contentOf(bytes: Buffer, entry: Entry): Uint8Array | Text {
  const { headerAt, compressedSize, method, size, checksum } = entry;
  if (entry.encrypted) return { zh: '已加密', en: 'it is encrypted' };
  if (headerAt + 30 > bytes.length || bytes.readUInt32LE(headerAt) !== headerSignature)
    return { zh: '缺少文件头', en: 'a header is missing' };
  const start = headerAt + 30 + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  if (start + compressedSize > bytes.length) return { zh: '内容不完整', en: 'it is cut short' };
  const compressed = bytes.subarray(start, start + compressedSize);
  const content = decompress(compressed, method, size);
  if (content === undefined) return { zh: '文件无法解压', en: 'a file cannot be decompressed' };
  if (content.length !== size || crc32(content) !== checksum)
    return { zh: '校验和不符', en: 'a checksum is wrong' };
  return content;
}

function decompress(compressed: Buffer, method: number, size: number): Buffer | undefined {
  if (method === stored) return compressed;
  if (method !== deflated) return undefined;
  try {
    return inflateRawSync(compressed, { maxOutputLength: Math.max(1, size) });
  } catch {
    return undefined;
  }
}
