import { inBoth, inLanguage, type Language, type Text } from '../../shared/text.ts';
import type { Note } from '../plan/plan.ts';
import type { Step } from '../plan/plan-step.ts';

/** Something that happened, for a person or for a machine. */
export type Event =
  | { event: 'begin'; method: string; stage: string; region: string; functions: number }
  | { event: 'step'; target: string; action: string; reason: Text }
  | { event: 'done'; target: string; action: string; durationMs: number }
  | { event: 'planned'; target: string; action: string; reason: Text }
  | { event: 'note'; target: string; text: Text }
  | { event: 'failed'; target: string; text: Text }
  | { event: 'smoke'; target: string; ok: boolean; text: Text }
  | { event: 'function'; target: string; status: string; version: string; url: string; timers: string[] }
  | { event: 'text'; text: Text }
  | { event: 'end'; ok: boolean; calls: number; text: Text; callbackUrl?: string; publicBaseUrl?: string };

export type Report = (event: Event) => void;

export interface ReportOptions {
  json: boolean;
  language: Language;
  print: (line: string) => void;
  /** Never appear, whatever text quotes them. */
  secrets: readonly string[];
  /** What all targets begin with; not repeated in every line. */
  prefix: string;
}

export function createReport({ json, language, print, secrets, prefix }: ReportOptions): Report {
  const hidden = [...secrets]
    .filter((secret) => secret.length >= 6)
    .sort((one, other) => other.length - one.length);
  const hide = (line: string) => hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line);
  return (event) => {
    const lines = json ? [toJson(event, language)] : toLines(event, prefix, language);
    for (const line of lines) print(hide(line));
  };
}

function toJson(event: Event, language: Language): string {
  const members = Object.entries(event).map(([name, value]) => [
    name,
    name === 'text' || name === 'reason' ? inLanguage(value as string | Text, language) : value, // by the type of events
  ]);
  return JSON.stringify(Object.fromEntries(members));
}

function toLines(event: Event, prefix: string, language: Language): string[] {
  const name = 'target' in event ? event.target.replace(prefix, '') : '';
  const lines = linesOf(event, name, prefix);
  return lines.map((line) => inLanguage(line, language));
}

function linesOf(event: Event, name: string, prefix: string): (string | Text)[] {
  switch (event.event) {
    case 'begin': {
      const { method, functions, region } = event;
      return [
        {
          zh: `${method} ${prefix}*（${functions} 个函数，${region}）`,
          en: `${method} ${prefix}* (${functions} functions, ${region})`,
        },
      ];
    }
    case 'step':
    case 'planned':
      return [prefixed(`  ${name}  ${event.action}`, event.reason)];
    case 'done': {
      const seconds = Math.round(event.durationMs / 1000);
      const what = `  ${name}  ${event.action}`;
      // Its beginning has been printed; what took long is worth a line.
      return event.durationMs < 10_000
        ? []
        : [{ zh: `${what}  用时 ${seconds} 秒`, en: `${what}  took ${seconds} s` }];
    }
    case 'note':
      return [prefixed(`! ${name}`, event.text)];
    case 'failed':
      return [prefixed(`✗ ${name}`, event.text)];
    case 'smoke':
      return [prefixed(`${event.ok ? '✓' : '✗'} ${name}`, event.text)];
    case 'function': {
      const { status, version, url, timers } = event;
      const facts = (served: string) => [status, served, url, ...timers].filter(Boolean).join('  ');
      const served =
        version === ''
          ? { zh: '尚无版本', en: 'no version yet' }
          : { zh: `版本 ${version}`, en: `version ${version}` };
      return [{ zh: `  ${name}  ${facts(served.zh)}`, en: `  ${name}  ${facts(served.en)}` }];
    }
    case 'text':
      return [event.text];
    case 'end': {
      const { text, publicBaseUrl } = event;
      const links = `${publicBaseUrl}/s/`;
      return [
        text,
        ...(publicBaseUrl === undefined
          ? []
          : [{ zh: `链接以 ${links} 开头`, en: `Links begin with ${links}` }]),
      ];
    }
  }
}

const prefixed = (prefix: string, text: Text): Text => inBoth((language) => `${prefix}  ${text[language]}`);

export const stepEvent = (event: 'step' | 'planned', step: Step): Event => ({
  event,
  target: step.target,
  action: step.kind === 'call' ? step.action : 'wait',
  reason: step.reason,
});

export const noteEvent = (event: 'note' | 'failed', { target, text }: Note): Event => ({
  event,
  target,
  text,
});
