import { describe, expect, it } from 'vitest';
import { parseKeysCommand } from './arguments.ts';

const words = (line: string) => line.split(' ').filter((word) => word !== '');

describe('parseKeysCommand', () => {
  it('reads create with everything', () => {
    const argv = [
      ...words('create --role operator --organization o1 --operator p1 --expires-days 30'),
      '--name',
      '门店 1',
    ];
    expect(parseKeysCommand(argv)).toEqual({
      command: 'create',
      name: '门店 1',
      role: 'operator',
      organizations: ['o1'],
      agent: { ProxyOrganizationOpenId: 'o1', ProxyOperatorOpenId: 'p1' },
      expiresDays: 30,
    });
  });

  it('reads create with little: all organisations, no agent, no end', () => {
    expect(parseKeysCommand(words('create --name n --role admin'))).toEqual({
      command: 'create',
      name: 'n',
      role: 'admin',
      organizations: null,
      agent: null,
      expiresDays: null,
    });
  });

  it('takes several organisations, each once', () => {
    const line = 'create --name n --role viewer --organization a --organization b --organization a';
    expect(parseKeysCommand(words(line))).toMatchObject({ organizations: ['a', 'b'], agent: null });
  });

  it.each([
    ['list', { command: 'list' }],
    ['reseal', { command: 'reseal' }],
    ['revoke k1', { command: 'revoke', keyId: 'k1' }],
    ['rotate k1', { command: 'rotate', keyId: 'k1', graceHours: 24 }],
    ['rotate k1 --grace-hours 0', { command: 'rotate', keyId: 'k1', graceHours: 0 }],
    ['hash', { command: 'hash', key: undefined }],
    ['hash qm_1', { command: 'hash', key: 'qm_1' }],
  ])('reads %s', (line, command) => {
    expect(parseKeysCommand(words(line))).toEqual(command);
  });

  it.each([
    ['', ['a command is needed: create, list, revoke, rotate, hash']],
    ['constructor', ['there is no command constructor: they are create, list, revoke, rotate, hash']],
    ['list now', ['list takes no argument beside its options']],
    ['revoke', ['revoke needs a key id']],
    ['rotate a b', ['rotate takes one argument']],
    ['list --name x --role y', ['--name does not belong to list', '--role does not belong to list']],
    ['create --nmae x', ['there is no option --nmae']],
    ['create --role admin', ['--name is needed: 1 to 100 characters on one line']],
    ['create --name n', ['--role is needed: viewer, operator or admin']],
    ['create --name n --role boss', ['--role must be viewer, operator or admin']],
    ['create --name', ['--name needs a value']],
    [
      'create --role root --operator p --expires-days 0',
      [
        '--name is needed',
        '--role must be viewer, operator or admin',
        '--operator needs exactly one',
        '--expires-days must be',
      ],
    ],
    [
      'create --name n --role admin --organization a --organization b --operator p',
      ['--operator needs exactly one'],
    ],
    [
      'create --name n --role admin --expires-days 1.5',
      ['--expires-days must be a whole number from 1 to 87600'],
    ],
    ['rotate k1 --grace-hours 99999', ['--grace-hours must be a whole number from 0']],
  ])('refuses "%s" and names everything that is wrong', (line, messages) => {
    let thrown: unknown;
    try {
      parseKeysCommand(words(line));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'InvalidRequest',
      problems: messages.map((message) => ({
        path: '',
        message: { zh: expect.any(String), en: expect.stringContaining(message) },
      })),
    });
  });

  it.each([[''], ['a'.repeat(101)], ['line\nbreak'], ['\u0007']])('refuses the name %j', (name) => {
    expect(() => parseKeysCommand(['create', '--role', 'admin', '--name', name])).toThrow(
      '--name must be 1 to 100 characters on one line',
    );
  });
});
