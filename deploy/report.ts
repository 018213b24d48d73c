import type { Note } from './plan.ts';
import type { Step } from './step.ts';

/** Something that happened, for a person or for a machine. */
export type Event =
  | { event: 'begin'; method: string; stage: string; region: string; functions: number }
  | { event: 'step'; target: string; action: string; reason: string }
  | { event: 'done'; target: string; action: string; durationMs: number }
  | { event: 'planned'; target: string; action: string; reason: string }
  | { event: 'note'; target: string; text: string }
  | { event: 'failed'; target: string; text: string }
  | { event: 'smoke'; target: string; ok: boolean; text: string }
  | { event: 'function'; target: string; status: string; version: string; url: string; timers: string[] }
  | { event: 'text'; text: string }
  | { event: 'end'; ok: boolean; calls: number; text: string; callbackUrl?: string; publicBaseUrl?: string };

export type Report = (event: Event) => void;

export interface ReportOptions {
  json: boolean;
  print: (line: string) => void;
  /** Never appear, whoever quotes them. */
  secrets: readonly string[];
  /** What all targets begin with; not repeated in every line. */
  prefix: string;
}

export function createReport({ json, print, secrets, prefix }: ReportOptions): Report {
  const hidden = [...secrets]
    .filter((secret) => secret.length >= 6)
    .sort((one, other) => other.length - one.length);
  const hide = (line: string) => hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line);
  return (event) => {
    const lines = json ? [JSON.stringify(event)] : toLines(event, prefix);
    for (const line of lines) print(hide(line));
  };
}

function toLines(event: Event, prefix: string): string[] {
  const name = 'target' in event ? event.target.replace(prefix, '') : '';
  switch (event.event) {
    case 'begin':
      return [`${event.method} ${prefix}* (${event.functions} functions, ${event.region})`];
    case 'step':
    case 'planned':
      return [`  ${name}  ${event.action}  ${event.reason}`];
    case 'done':
      // Its beginning has been told; what took long is worth a line.
      return event.durationMs < 10_000
        ? []
        : [`  ${name}  ${event.action}  took ${seconds(event.durationMs)} s`];
    case 'note':
      return [`! ${name}  ${event.text}`];
    case 'failed':
      return [`✗ ${name}  ${event.text}`];
    case 'smoke':
      return [`${event.ok ? '✓' : '✗'} ${name}  ${event.text}`];
    case 'function':
      return [
        `  ${name}  ${[event.status, `version ${event.version}`, event.url, ...event.timers].filter(Boolean).join('  ')}`,
      ];
    case 'text':
      return [event.text];
    case 'end':
      return [
        event.text,
        ...(event.publicBaseUrl === undefined ? [] : [`Links begin with ${event.publicBaseUrl}/s/`]),
      ];
  }
}

const seconds = (durationMs: number) => Math.round(durationMs / 1000);

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
