import { relative } from 'node:path';
import type { ApiKey } from './api-key.ts';
import { type FirstCode, firstCodePath, firstCodeRequest } from './first-code.ts';
import { terminalQrCode } from './terminal-qr-code.ts';

export interface StartReport {
  functionsUrl: string;
  emulatorUrl: string;
  /** Without a password. */
  databaseUrl: string;
  apiKey: ApiKey;
  code: FirstCode;
  /** Does the terminal understand colours? */
  colour: boolean;
}

/** What `npm start` tells, the last line beginning with `ready`. */
export function describeStart(report: StartReport): string {
  return [
    ...describeCode(report.code, report.colour),
    ...describeKey(report.apiKey),
    '',
    'Create another code:',
    curl(report.functionsUrl),
    '',
    `ready  functions ${report.functionsUrl}  emulator ${report.emulatorUrl}  database ${report.databaseUrl}`,
  ].join('\n');
}

function describeCode({ QrCode, SignUrls, StableUrl }: FirstCode, colour: boolean): string[] {
  return [
    '',
    terminalQrCode(SignUrls.HttpSignUrl, { colour }),
    '',
    `Code ${QrCode.QrCodeId} of 「${firstCodeRequest.FlowName}」, for ${firstCodeRequest.MaxFlowNum} contracts`,
    `  expires  ${new Date(QrCode.ExpiredTime * 1000).toISOString()}`,
    `  link     ${StableUrl}   (for posters: outlives every renewal)`,
    `  page     ${SignUrls.HttpSignUrl}`,
    `  app      ${SignUrls.AppSignUrl}`,
    `  picture  ${QrCode.QrCodeUrl}`,
    '',
  ];
}

function describeKey({ key, isNew, file }: ApiKey): string[] {
  const shown = relative('', file);
  if (isNew) return [`The API key, shown this once (${shown} keeps its hash):`, `  export API_KEY=${key}`];
  if (key !== undefined) return ['The API key is the one in API_KEY.'];
  return [`The API key is the one that an earlier start has shown. To get another one delete ${shown}.`];
}

function curl(functionsUrl: string): string {
  return [
    `  curl ${functionsUrl}${firstCodePath} \\`,
    '    -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/json" \\',
    `    -d '${JSON.stringify(firstCodeRequest)}'`,
  ].join('\n');
}
