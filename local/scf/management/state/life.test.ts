import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActName,
  acts,
  begin,
  canBegin,
  type Life,
  observed,
  type Settling,
  type Status,
} from './life.ts';

const failure = { ErrorCode: 'Made.Up', ErrorMessage: 'made up' };
const polls = { polls: 2 };
const active: Life = { status: 'Active', reasons: [] };

function lookedAt(life: Life, looks: number, nowMs = 0): Life {
  return Array.from({ length: looks }).reduce<Life>((seen) => observed(seen, nowMs, true), life);
}

describe('an act that takes so many observations', () => {
  it('is seen under way so many times', () => {
    const creating = begin(undefined, 'create', polls, 0);
    expect(creating.status).toBe('Creating');
    expect(lookedAt(creating, 2).status).toBe('Creating');
    expect(lookedAt(creating, 3)).toEqual(active);
  });

  it('does not end by being looked at without counting', () => {
    const creating = begin(undefined, 'create', polls, 0);
    expect(observed(creating, 1e12, false)).toBe(creating);
  });
});

describe('an act that takes time', () => {
  it('ends when the time has come, however often it is looked at', () => {
    const updating = begin(active, 'update', { ms: 1000 }, 500);
    expect(lookedAt(updating, 50, 1499).status).toBe('Updating');
    expect(observed(updating, 1500, false)).toEqual(active);
  });
});

describe('an act that fails', () => {
  it.each([
    [undefined, 'create', 'CreateFailed'],
    [undefined, 'publish', 'PublishFailed'],
    [active, 'update', 'UpdateFailed'],
    [active, 'delete', 'DeleteFailed'],
  ] as const)('from %j, %s, ends in %s with the reason', (life, act, status) => {
    const ended = observed(begin(life, act, { polls: 0 }, 0, failure), 0, true);
    expect(ended).toEqual({ status, reasons: [failure] });
  });
});

const names = Object.keys(acts) as ActName[]; // the keys of an object of our own

describe('an act', () => {
  it.each(names)('%s does not begin while another is under way', (act) => {
    for (const other of names) {
      const from = acts[other].from[0];
      const busy = begin(from === 'nothing' ? undefined : { status: from, reasons: [] }, other, polls, 0);
      expect(canBegin(busy, act)).toBe(false);
      expect(() => begin(busy, act, polls, 0)).toThrow(TypeError);
    }
  });

  it('of updating does not begin where the creation failed', () => {
    expect(canBegin({ status: 'CreateFailed', reasons: [] }, 'update')).toBe(false);
    expect(canBegin({ status: 'CreateFailed', reasons: [] }, 'delete')).toBe(true);
  });
});

/** The published picture: from where to where a status may go. */
const published: Readonly<Record<string, readonly Status[]>> = {
  nothing: ['Creating', 'Publishing'],
  Creating: ['Active', 'CreateFailed'],
  Publishing: ['Active', 'PublishFailed'],
  Active: ['Updating', 'Deleting'],
  Updating: ['Active', 'UpdateFailed'],
  UpdateFailed: ['Updating', 'Deleting'],
  CreateFailed: ['Deleting'],
  PublishFailed: ['Deleting'],
  Deleting: ['Gone', 'DeleteFailed'],
  DeleteFailed: ['Deleting'],
  Gone: [],
};

const Step = fc.oneof(
  fc.record({
    act: fc.constantFrom(...names),
    fails: fc.boolean(),
    ms: fc.option(fc.nat(50)),
    polls: fc.nat(3),
  }),
  fc.record({ passMs: fc.nat(60), counts: fc.boolean() }),
);

describe('whatever is begun and observed', () => {
  it('goes the published ways only, and never rests under way', () => {
    fc.assert(
      fc.property(fc.array(Step, { maxLength: 60 }), (steps) => {
        let life: Life | undefined;
        let nowMs = 0;
        const move = (to: Life) => {
          if (to.status !== life?.status) expect(published[life?.status ?? 'nothing']).toContain(to.status);
          life = to;
          const underWay = /ing$/.test(to.status);
          expect(to.pending !== undefined).toBe(underWay);
          expect(to.reasons.length > 0).toBe(/Failed$/.test(to.status));
        };
        for (const step of steps) {
          if ('act' in step) {
            const settling: Settling = step.ms === null ? { polls: step.polls } : { ms: step.ms };
            if (canBegin(life, step.act))
              move(begin(life, step.act, settling, nowMs, step.fails ? failure : undefined));
          } else {
            nowMs += step.passMs;
            if (life !== undefined) move(observed(life, nowMs, step.counts));
          }
        }
        // Observations, or time, bring the end.
        for (let look = 0; look < 5 && life !== undefined; look += 1) move(observed(life, nowMs + 100, true));
        expect(life?.pending).toBeUndefined();
      }),
    );
  });
});
