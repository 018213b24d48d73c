/** The bytes of both directions, against `pg-protocol`, which others have written. */
import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { parse as theirParse, serialize as theirs } from 'pg-protocol';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../testing/cases.ts';
import * as ours from './requests.ts';
import { createMessageReader, readColumns, readRow, readRowCount, ServerError } from './responses.ts';

const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\0', ''));

/** Any value of a row: a text with whatever in it, or none. */
const value = fc.option(fc.string({ unit: 'grapheme' }), { nil: null });

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int16 = (number: number) => Buffer.from([number >> 8, number & 255]);
const int32 = (number: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(number);
  return bytes;
};
const cstring = (given: string) => Buffer.from(`${given}\0`);

const description = (names: readonly string[]) =>
  message(
    'T',
    Buffer.concat([
      int16(names.length),
      ...names.map((name) =>
        Buffer.concat([cstring(name), int32(1), int16(1), int32(25), int16(-1), int32(-1), int16(0)]),
      ),
    ]),
  );

const row = (values: readonly (string | null)[]) =>
  message(
    'D',
    Buffer.concat([
      int16(values.length),
      ...values.map((one) =>
        one === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(one)), Buffer.from(one)]),
      ),
    ]),
  );

/** What comes, cut into pieces at these places. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

function heard(chunks: readonly Buffer[]): [string, string][] {
  const messages: [string, string][] = [];
  const read = createMessageReader((type, { bytes, from, to }) =>
    messages.push([type, bytes.toString('latin1', from, to)]),
  );
  for (const chunk of chunks) read(chunk);
  return messages;
}

describe('what is sent', () => {
  it('is what pg-protocol sends, byte for byte', async () => {
    const given = fc.record({ name: text, sql: text, user: text, response: text });
    await fc.assert(
      fc.property(given, ({ name, sql, user, response }) => {
        expect(ours.startup({ user, database: name, client_encoding: 'UTF8' })).toEqual(
          theirs.startup({ user, database: name }),
        );
        expect(ours.password(name)).toEqual(theirs.password(name));
        expect(ours.query(sql)).toEqual(theirs.query(sql));
        expect(ours.saslInitialResponse(name, response)).toEqual(
          theirs.sendSASLInitialResponseMessage(name, response),
        );
        expect(ours.saslResponse(response)).toEqual(theirs.sendSCRAMClientFinalMessage(response));
        const flight = new ours.Requests(16);
        ours.parse(flight, name.slice(0, 10), sql);
        ours.describeStatement(flight, name.slice(0, 10));
        flight.messages(ours.describeAndExecute).messages(ours.sync);
        expect(flight.bytes()).toEqual(
          Buffer.concat([
            theirs.parse({ name: name.slice(0, 10), text: sql }),
            theirs.describe({ type: 'S', name: name.slice(0, 10) }),
            theirs.describe({ type: 'P' }),
            theirs.execute(),
            theirs.sync(),
          ]),
        );
      }),
      casesOf(500),
    );
    expect(ours.sslRequest()).toEqual(theirs.requestSsl());
    expect(ours.execute).toEqual(theirs.execute());
    expect(ours.terminate).toEqual(theirs.end());
  });

  it('says of parameters and results that they are text, once for all of them', () => {
    const flight = new ours.Requests(4);
    ours.bind(flight, 'n', ['签', null, '']);
    const body = Buffer.concat([
      ...[cstring(''), cstring('n'), int16(0), int16(3)],
      ...[int32(3), Buffer.from('签'), int32(-1), int32(0), int16(0)],
    ]);
    expect(flight.bytes()).toEqual(message('B', body));
  });

  it('holds no zero where a zero would end it', () => {
    expect(() => ours.query('select 1\0; drop table codes')).toThrow('U+0000');
    expect(() => ours.startup({ user: 'u\0replication\0true' })).toThrow('U+0000');
  });
});

describe('what is heard', () => {
  it('is the same wherever the network has cut it, and what pg-protocol hears', async () => {
    const answer = fc.record({
      names: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 6 }),
      rows: fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { maxLength: 5 }),
      cuts: fc.array(fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(answer, async ({ names, rows, cuts }) => {
        const cells = rows.map((cell) => cell.slice(0, names.length));
        const bytes = Buffer.concat([
          description(names),
          ...cells.map(row),
          message('C', cstring(`SELECT ${cells.length}`)),
        ]);
        const chunks = pieces(bytes, cuts);
        expect(heard(chunks)).toEqual(heard([bytes]));

        let columns: ReturnType<typeof readColumns> = [];
        let count = -1;
        const own: unknown[] = [];
        const read = createMessageReader((type, body) => {
          if (type === 'T') columns = readColumns(body);
          else if (type === 'D') own.push(readRow(body, columns));
          else count = readRowCount(body);
        });
        for (const chunk of chunks) read(chunk);
        expect(count).toBe(rows.length);

        const stream = new PassThrough();
        const others: unknown[] = [];
        const ended = theirParse(stream, (one) => {
          const fields: unknown = Reflect.get(one, 'fields');
          if (one.name === 'dataRow' && Array.isArray(fields))
            others.push(Object.fromEntries(names.map((name, at) => [name, fields[at]])));
        });
        stream.end(bytes);
        await ended;
        expect(own).toEqual(others);
      }),
      casesOf(300),
    );
  });

  it('of an error is what it is about, without the values that it quotes', () => {
    const fields = 'SFEHLER\0VERROR\0C23505\0Mduplicate\0DKey (name)=(geheim)\0nunique_name\0\0';
    const bytes = message('E', Buffer.from(fields));
    const error = new ServerError({ bytes, from: 5, to: bytes.length });
    expect(error).toMatchObject({ code: '23505', severity: 'ERROR', constraint: 'unique_name' });
    expect(error.message).toBe('duplicate');
    expect(error.isFatal).toBe(false);
    expect(Object.values(error).join()).not.toContain('geheim');
  });

  it.each([
    ['SELECT 5', 5],
    ['INSERT 0 12', 12],
    ['UPDATE 0', 0],
    ['CREATE TABLE', 0],
    ['', 0],
  ])('of %j as its end is %i rows', (tag, count) => {
    const bytes = message('C', cstring(tag));
    expect(readRowCount({ bytes, from: 5, to: bytes.length })).toBe(count);
  });

  it('is refused where it cannot be the protocol, or contradicts itself', () => {
    const read = createMessageReader(() => {});
    expect(() => read(Buffer.from([72, 0, 0, 0, 3]))).toThrow('does not speak the protocol');
    expect(() => read(Buffer.from([72, 255, 0, 0, 3]))).toThrow('does not speak the protocol');
    const two = row(['a', 'b']);
    const body = { bytes: two, from: 5, to: two.length };
    const column = { name: 'a', read: undefined };
    expect(() => readRow(body, [column])).toThrow('does not fit');
    expect(() => readRow({ ...body, to: two.length - 1 }, [column, column])).toThrow('amid a value');
  });
});
