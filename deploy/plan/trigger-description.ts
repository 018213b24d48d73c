import type { CorsRules, HttpTrigger, TimerTrigger } from '../../shared/scf/function-service.ts';

/**
 * Describes a Function URL, in one order and without what the platform adds (URLs) or leaves out (empty lists), so
 * that two descriptions can be compared as text.
 */
export function describeHttp(trigger: HttpTrigger): string {
  return JSON.stringify(
    httpForm(trigger.auth ?? 'NONE', true, false, trigger.cors && toCorsConfig(trigger.cors)),
  );
}

function toCorsConfig(cors: CorsRules): CorsConfig {
  return {
    Enable: true,
    Origins: [...cors.origins],
    Methods: [...(cors.methods ?? [])],
    Headers: [...(cors.headers ?? [])],
    ExposeHeaders: [...(cors.exposeHeaders ?? [])],
    MaxAge: cors.maxAgeS ?? 0,
    Credentials: cors.credentials ?? false,
  };
}

interface CorsConfig {
  Enable: boolean;
  Origins: string[];
  Methods: string[];
  Headers: string[];
  ExposeHeaders: string[];
  MaxAge: number;
  Credentials: boolean;
}

function httpForm(auth: string, isPublic: boolean, isInternal: boolean, cors: CorsConfig | undefined) {
  return {
    AuthType: auth,
    NetConfig: { EnableIntranet: isInternal, EnableExtranet: isPublic },
    CorsConfig: cors ?? { Enable: false },
  };
}

/** A timer is sent as its bare expression, and returned as `{"cron":"…"}`. */
export const describeTimer = ({ cron }: TimerTrigger): string => cron.trim().replaceAll(/\s+/g, ' ');

/** What `ListTriggers` returned, in the form of this module; and the public URL, empty where there is none yet. */
export function readDescription(type: string, text: string): { description: string; url: string } {
  const content = parse(text);
  if (type === 'timer') {
    const cron = typeof content === 'string' ? content : textOf(content['cron']);
    return { description: cron.trim().replaceAll(/\s+/g, ' '), url: '' };
  }
  if (type !== 'http' || typeof content === 'string') return { description: text, url: '' };
  const net = mappingOf(content['NetConfig']);
  const description = JSON.stringify(
    httpForm(
      textOf(content['AuthType']) || 'NONE',
      net['EnableExtranet'] === true,
      net['EnableIntranet'] === true,
      readCors(mappingOf(content['CorsConfig'])),
    ),
  );
  return { description, url: textOf(net['ExtranetUrl']) };
}

function readCors(cors: Record<string, unknown>): CorsConfig | undefined {
  if (cors['Enable'] !== true) return undefined;
  return {
    Enable: true,
    Origins: textsOf(cors['Origins']),
    Methods: textsOf(cors['Methods']),
    Headers: textsOf(cors['Headers']),
    ExposeHeaders: textsOf(cors['ExposeHeaders']),
    MaxAge: typeof cors['MaxAge'] === 'number' ? cors['MaxAge'] : 0,
    Credentials: cors['Credentials'] === true,
  };
}

function parse(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? mappingOf(value) : text;
  } catch {
    return text;
  }
}

const mappingOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);
