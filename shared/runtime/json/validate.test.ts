import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Failure } from '../../errors.ts';
import { request as createRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { casesOf } from '../../testing/cases.ts';
import type { Language } from '../../text.ts';
import { type Told, told } from '../testing/told.ts';
import { maxProblems, validate } from './validate.ts';

function refusalOf(schema: z.ZodMiniType, value: unknown): Failure {
  try {
    validate(schema, value);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const failureOf = (schema: z.ZodMiniType, value: unknown, language: Language = 'en'): Told =>
  told(refusalOf(schema, value), language);

const problemsOf = (...given: Parameters<typeof failureOf>): Told['problems'] => failureOf(...given).problems;

describe('a value that fits', () => {
  it('comes back as the schema reads it', () => {
    const schema = z.strictObject({ a: z._default(z.int(), 5), b: z.optional(z.string()) });
    const value: { a: number; b?: string | undefined } = validate(schema, { b: 'x' });
    expect(value).toEqual({ a: 5, b: 'x' });
  });
});

describe('a value that does not fit', () => {
  it('is told in our words in both languages, whatever another package has set for its own', () => {
    const { localeError } = z.config();
    z.config({ localeError: () => 'words of somebody else' });
    try {
      const schema = z.object({ a: z.int(), b: z.union([z.string(), z.boolean()]) });
      expect(problemsOf(schema, { a: 'x', b: 1 }, 'zh')).toEqual([
        { path: 'a', message: '应为数字' },
        { path: 'b', message: '应为字符串，或应为true 或 false' },
      ]);
    } finally {
      z.config({ localeError });
    }
  });

  it('is refused with all problems at once, each with its path', () => {
    const failure = failureOf(createRequest, {
      Agent: { ProxyOrganizationOpenId: '', ProxyOperator: {} },
      FlowName: 'x'.repeat(201),
      MaxFlowNum: 1.5,
      FlowEffectiveDay: 31,
      Restrictions: [{ Name: 'a' }, { Mobile: '123', IdCardType: 'PASSPORT', Nickname: 'b', Age: 5 }],
      ApproverComponentLimitTypes: {},
      ForbidPersonalMultipleSign: 'yes',
      Extra: 1,
    });
    expect(failure.code).toBe('InvalidRequest');
    expect(failure.status).toBe(400);
    expect(failure.detail).toBe('There are 14 problems, see errors');
    expect(Object.fromEntries(failure.problems.map(({ path, message }) => [path, message]))).toEqual({
      'Agent.AppId': 'is missing',
      'Agent.ProxyOrganizationOpenId': 'must not be empty',
      'Agent.ProxyOperator.OpenId': 'is missing',
      TemplateId: 'is missing',
      FlowName: 'must have at most 200 characters',
      MaxFlowNum: 'must be an integer',
      FlowEffectiveDay: 'must be at most 30',
      'Restrictions[1].Mobile': 'must match /^(?:\\d{11})?$/',
      'Restrictions[1].IdCardType':
        'must be one of "", "ID_CARD", "HONGKONG_AND_MACAO", "HONGKONG_MACAO_AND_TAIWAN"',
      'Restrictions[1].Nickname': 'is not a known field',
      'Restrictions[1].Age': 'is not a known field',
      ApproverComponentLimitTypes: 'must be an array',
      ForbidPersonalMultipleSign: 'must be true or false',
      Extra: 'is not a known field',
    });
  });

  it('is refused in Chinese where that is asked for', () => {
    const failure = failureOf(
      createRequest,
      { FlowName: '', MaxFlowNum: -1, Agent: null, TemplateId: 5 },
      'zh',
    );
    expect(failure.detail).toBe('共 4 处问题，见 errors');
    expect(Object.fromEntries(failure.problems.map(({ path, message }) => [path, message]))).toEqual({
      Agent: '应为对象',
      TemplateId: '应为字符串',
      FlowName: '不能为空',
      MaxFlowNum: '应不小于 0',
    });
  });

  const choice = z.union([z.string(), z.int(), z.literal(true)]);
  const forms = z.union([
    z.strictObject({ kind: z.literal('a'), name: z.string() }),
    z.strictObject({ kind: z.literal('b'), size: z.int(), colour: z.string() }),
  ]);
  const tagged = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('a') }),
    z.strictObject({ kind: z.literal('b') }),
  ]);
  const text = z.string();

  it.each<[string, z.ZodMiniType, unknown, string, string]>([
    ['a missing value', text, undefined, '缺失', 'is missing'],
    ['a missing choice', z.enum(['a', 'b']), undefined, '缺失', 'is missing'],
    ['a missing union', choice, undefined, '缺失', 'is missing'],
    ['a value that may not be left out', z.nonoptional(z.optional(text)), undefined, '缺失', 'is missing'],
    ['null', text, null, '应为字符串', 'must be a string'],
    ['not a number', z.number(), Number.NaN, '应为数字', 'must be a number'],
    ['infinity', z.int(), Number.POSITIVE_INFINITY, '应为数字', 'must be a number'],
    ['a fraction', z.int(), 1.5, '应为整数', 'must be an integer'],
    [
      'an integer too large',
      z.int(),
      2 ** 60,
      '应不大于 9007199254740991',
      'must be at most 9007199254740991',
    ],
    ['a list for an object', z.looseObject({}), [], '应为对象', 'must be an object'],
    ['a list for a record', z.record(text, text), [], '应为对象', 'must be an object'],
    ['no null', z.null(), 0, '应为null', 'must be null'],
    ['a kind without a name', z.symbol(), 'x', '应为symbol', 'must be symbol'],
    ['what is never there', z.never(), 1, '不允许填写', 'is not allowed'],
    ['what must be absent', z.undefined(), 1, '不允许填写', 'is not allowed'],
    ['an empty text', z.string().check(z.minLength(1)), '', '不能为空', 'must not be empty'],
    ['an empty list', z.array(text).check(z.minLength(1)), [], '不能为空', 'must not be empty'],
    [
      'a short text',
      z.string().check(z.minLength(3)),
      'ab',
      '至少应有 3 个字符',
      'must have at least 3 characters',
    ],
    [
      'a long text',
      z.string().check(z.maxLength(1)),
      'ab',
      '最多可有 1 个字符',
      'must have at most 1 character',
    ],
    [
      'a wrong length',
      z.string().check(z.length(3)),
      'ab',
      '应正好有 3 个字符',
      'must have exactly 3 characters',
    ],
    [
      'a short list',
      z.array(text).check(z.minLength(2)),
      ['x'],
      '至少应有 2 项',
      'must have at least 2 items',
    ],
    [
      'a long list',
      z.array(text).check(z.maxLength(1)),
      ['x', 'y'],
      '最多可有 1 项',
      'must have at most 1 item',
    ],
    ['a long tuple', z.tuple([text]), ['x', 'y'], '最多可有 1 项', 'must have at most 1 item'],
    ['a small number', z.number().check(z.minimum(3)), 2, '应不小于 3', 'must be at least 3'],
    ['a number on the open edge below', z.number().check(z.gt(3)), 3, '应大于 3', 'must be greater than 3'],
    ['a large number', z.number().check(z.maximum(3)), 4, '应不大于 3', 'must be at most 3'],
    ['a number on the open edge above', z.number().check(z.lt(3)), 3, '应小于 3', 'must be less than 3'],
    ['one constant', z.literal('a'), 'b', '应为 "a"', 'must be "a"'],
    ['a choice', z.literal(['a', 3, null]), 'b', '应为其中之一："a"、3、null', 'must be one of "a", 3, null'],
    ['a pattern', z.string().check(z.regex(/^a+$/)), 'b', '应符合格式 /^a+$/', 'must match /^a+$/'],
    ['a format', z.jwt(), 'b', '应为 jwt', 'must be a valid jwt'],
    ['a text of the author', z.string('Give a name'), 3, 'Give a name', 'Give a name'],
    ['a rule without a text', z.string().check(z.refine(() => false)), 'x', '不合法', 'is not valid'],
    [
      'a rule with a text in both languages',
      z.string().check(z.refine(() => false, { params: { zh: '应为 https', en: 'must be https' } })),
      'x',
      '应为 https',
      'must be https',
    ],
    [
      'a union of kinds',
      choice,
      {},
      '应为字符串，或应为数字，或应为 true',
      'must be a string or must be a number or must be true',
    ],
    ['a tag that nobody knows', tagged, { kind: 'z' }, '应为其中之一："a"、"b"', 'must be one of "a", "b"'],
    [
      'several forms at once',
      z.xor([text, z.literal('a')]),
      'a',
      '符合多种形式，无法区分',
      'fits several forms at once',
    ],
    ['the form that is closest', forms, { kind: 'a' }, '缺失', 'is missing'],
  ])('says clearly what is expected: %s', (_name, schema, value, zh, en) => {
    expect(problemsOf(schema, value, 'en').map(({ message }) => message)).toEqual([en]);
    expect(problemsOf(schema, value, 'zh').map(({ message }) => message)).toEqual([zh]);
  });

  it('is told where in a union, a record or a missing tag', () => {
    expect(problemsOf(z.object({ list: z.array(forms) }), { list: [{ kind: 'b', size: 'x' }] })).toEqual([
      { path: 'list[0].size', message: 'must be a number' },
      { path: 'list[0].colour', message: 'is missing' },
    ]);
    expect(problemsOf(z.object({ a: tagged }), { a: {} })).toEqual([
      { path: 'a.kind', message: 'is missing' },
    ]);
    const names = z.record(z.string().check(z.minLength(3)), z.int());
    expect(problemsOf(names, { ab: 1, abc: 'x' })).toEqual([
      { path: 'ab', message: 'must have at least 3 characters' },
      { path: 'abc', message: 'must be a number' },
    ]);
  });

  it('with more problems than anybody reads names the first ones and counts the rest', () => {
    const many = z.array(z.int());
    const problems = problemsOf(many, Array(5000).fill('x'));
    expect(problems).toHaveLength(maxProblems + 1);
    expect(problems.at(-1)).toEqual({ path: '', message: `and ${5000 - maxProblems} more problems` });
    expect(failureOf(many, Array(5000).fill('x'), 'zh').detail).toBe('共 5000 处问题，见 errors');
  });

  it('is never repeated, whatever it is', () => {
    const planted = '张三13812345678';
    const names = fc.constantFrom(
      'Agent',
      'ProxyOperator',
      'Restrictions',
      'Mobile',
      'Name',
      'TemplateId',
      'FlowName',
    );
    const values = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constant(planted),
        fc.constant([planted]),
        fc.dictionary(names, tie('any'), { maxKeys: 5 }),
      ),
    })).any;
    fc.assert(
      fc.property(values, (value) => {
        const failure = refusalOf(createRequest, value);
        expect(JSON.stringify([failure.message, failure.problems, failure.stack])).not.toContain('138');
        expect(failure.cause).toBeUndefined();
        expect(JSON.stringify(failure.problems)).not.toContain('Invalid input');
      }),
      casesOf(500),
    );
  });
});
