import { describe, expect, it } from 'vitest';
import type { Answer } from '../../shared/runtime/http/http-handler.ts';
import { createStrangers, strangerLimits } from '../../shared/runtime/http/strangers.ts';
import { turnAway } from './turn-away.ts';

const unknown: Answer = { status: 404, headers: { 'Content-Type': 'text/html' }, body: 'no such link' };
const known: Answer = { status: 302, headers: { Location: 'https://example.com' }, body: '' };

function visitor(sourceIp = '192.0.2.1') {
  const strangers = createStrangers();
  const warnings: unknown[] = [];
  const clock = { ms: Date.UTC(2026, 10, 24, 8, 0, 30) };
  const ask = (answer = unknown) => {
    const facts: { leftOut?: boolean } = {};
    const log = {
      info() {},
      error() {},
      warn: (message: string, fields?: object) => void warnings.push([message, fields]),
    };
    const given = turnAway(answer, { request: { sourceIp }, facts, log, now: () => clock.ms }, strangers);
    return { ...given, leftOut: facts.leftOut };
  };
  return { ask, clock, warnings };
}

describe('links that do not exist', () => {
  it('are answered 404 so often, then 429 with the time to wait, with the page that says so', () => {
    const { ask, clock } = visitor();
    for (let time = 0; time < strangerLimits.turnedAway; time += 1) expect(ask().status).toBe(404);
    expect(ask()).toMatchObject({
      status: 429,
      headers: { 'Content-Type': 'text/html', 'Retry-After': '30' },
      body: 'no such link',
    });
    clock.ms += 30_000;
    expect(ask().status).toBe(404);
  });

  it('keep no link that exists from those who share the address', () => {
    const { ask } = visitor();
    for (let time = 0; time < 10 * strangerLimits.turnedAway; time += 1) ask();
    expect(ask(known)).toMatchObject(known);
    expect(ask(known).leftOut).toBeUndefined();
  });

  it('fill no log', () => {
    const { ask, clock, warnings } = visitor();
    const written = Array.from({ length: 1_000 }, () => ask().leftOut).filter((leftOut) => !leftOut);
    expect(written).toHaveLength(strangerLimits.logLines);
    clock.ms += 60_000;
    ask();
    expect(warnings).toEqual([
      ['lines about strangers were left out', { lines: 1_000 - strangerLimits.logLines }],
    ]);
  });
});
