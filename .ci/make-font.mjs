/**
 * Makes `shared/poster/font/noto-sans-sc-500.ttf`, once for each version of the typeface:
 *
 *   npm pack @fontsource/noto-sans-sc@5.3.0 && tar xzf fontsource-noto-sans-sc-5.3.0.tgz
 *   node .ci/make-font.mjs package/files/noto-sans-sc-chinese-simplified-500-normal.woff
 *
 * The result is in the repository, and not the package: that is 73 MB, of which a poster needs 2.4. WOFF 1.0
 * (https://www.w3.org/TR/WOFF/) is a TrueType font whose tables are deflated one by one. Tables that set lines upright or
 * put other pictures in the place of characters are left out: of what is left each character has one picture and one width.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const leftOut = ['BASE', 'GDEF', 'GPOS', 'GSUB', 'STAT', 'gasp', 'vhea', 'vmtx'];
const woff = readFileSync(process.argv[2]);

const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
  const entry = 44 + index * 20;
  const [offset, packed, length, checksum] = [4, 8, 12, 16].map((at) => woff.readUInt32BE(entry + at));
  const bytes = woff.subarray(offset, offset + packed);
  const tag = woff.toString('latin1', entry, entry + 4);
  return { tag, checksum, bytes: packed < length ? inflateSync(bytes) : bytes };
}).filter(({ tag }) => !leftOut.includes(tag));

const header = Buffer.alloc(12 + tables.length * 16);
woff.copy(header, 0, 4, 8);
header.writeUInt16BE(tables.length, 4);
const power = Math.floor(Math.log2(tables.length));
header.writeUInt16BE(2 ** power * 16, 6);
header.writeUInt16BE(power, 8);
header.writeUInt16BE((tables.length - 2 ** power) * 16, 10);

const parts = [header];
let offset = header.length;
for (const [index, { tag, checksum, bytes }] of tables.entries()) {
  const entry = 12 + index * 16;
  header.write(tag, entry, 'latin1');
  header.writeUInt32BE(checksum, entry + 4);
  header.writeUInt32BE(offset, entry + 8);
  header.writeUInt32BE(bytes.length, entry + 12);
  const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
  parts.push(bytes, padding);
  offset += bytes.length + padding.length;
}
writeFileSync('shared/poster/font/noto-sans-sc-500.ttf', Buffer.concat(parts));
