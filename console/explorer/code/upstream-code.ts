/**
 * A call of the upstream API as code, for those who call Tencent themselves. What is written is whole: a file that runs
 * as it stands, with the keys in `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`. Names of packages, classes and
 * methods are those of the official SDKs of 2026-08.
 */
import { cppCode } from './cpp-code.ts';
import { curlCode } from './curl-code.ts';
import { dotnetCode } from './dotnet-code.ts';
import { goCode } from './go-code.ts';
import { javaCode } from './java-code.ts';
import { nodeCode } from './node-code.ts';
import { phpCode } from './php-code.ts';
import { pythonCode } from './python-code.ts';
import { tccliCode } from './tccli-code.ts';
import type { UpstreamCall } from './upstream-call.ts';

export type { UpstreamCall } from './upstream-call.ts';

export const upstreamLanguages = [
  'Node.js',
  'Python',
  'Go',
  'Java',
  'PHP',
  '.NET',
  'C++',
  'tccli',
  'curl',
] as const;
export type UpstreamLanguage = (typeof upstreamLanguages)[number];

/** Tests carry out a create with them, on the emulator. The others they compile and run on stand-ins for the SDKs. */
export const languagesRun: readonly UpstreamLanguage[] = ['Node.js', 'tccli', 'curl'];

const writers: Readonly<Record<UpstreamLanguage, (call: UpstreamCall) => string>> = {
  'Node.js': nodeCode,
  Python: pythonCode,
  Go: goCode,
  Java: javaCode,
  PHP: phpCode,
  '.NET': dotnetCode,
  'C++': cppCode,
  tccli: tccliCode,
  curl: curlCode,
};

export const upstreamCodeOf = (language: UpstreamLanguage, call: UpstreamCall) => writers[language](call);
