import { describe, expect, it } from 'vitest';
import { TransportError } from '../../shared/errors.ts';
import { readConfig } from '../../shared/runtime/config.ts';
import { removing } from '../plan/plan.ts';
import { type CloudModel, createCloudModel, isWrite } from '../testing/cloud-model.ts';
import { deployOnce, removeOnce } from '../testing/deployer.ts';
import { desiredIn, projectYaml, secret } from '../testing/project.ts';
import type { CloudApi } from './cloud-api.ts';

const says = (en: string) => ({ zh: expect.any(String), en: expect.stringContaining(en) });

const writesOf = ({ calls }: CloudModel) => calls.filter(isWrite);
const actionsOf = (model: CloudModel, name: string) =>
  writesOf(model).flatMap(({ action, parameters }) => (parameters['FunctionName'] === name ? [action] : []));

/** The state of the cloud without the history of how it came about. */
const shape = ({ functions, domains }: CloudModel) => ({
  functions: Object.fromEntries([...functions].sort()),
  domains: Object.fromEntries(domains),
});

describe('a deployment into an empty cloud', () => {
  it('creates everything in an order in which nothing runs that is not ready', async () => {
    const model = createCloudModel();
    const { failed } = await deployOnce(model.api, desiredIn());
    expect(failed).toEqual([]);
    expect(actionsOf(model, 'qianma-dev-stable-link')).toEqual([
      'CreateFunction',
      'CreateTrigger',
      'UpdateFunctionConfiguration',
      'PublishVersion',
      'UpdateAlias',
    ]);
    expect(actionsOf(model, 'qianma-dev-renew-expired-codes')).toEqual([
      'CreateFunction',
      'UpdateFunctionEventInvokeConfig',
      'PutReservedConcurrencyConfig',
      'UpdateFunctionConfiguration',
      'PublishVersion',
      'PutProvisionedConcurrencyConfig',
      'UpdateAlias',
      'CreateTrigger',
    ]);
    const order = writesOf(model).map(({ action }) => action);
    expect(order.indexOf('Invoke')).toBeLessThan(order.indexOf('PublishVersion'));
    expect(order.indexOf('PublishVersion')).toBeLessThan(order.lastIndexOf('CreateTrigger'));
  });

  it('tells every function where it is reached', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn());
    const { members } = model.functions.get('qianma-dev-renew-expired-codes') ?? {};
    expect(members?.['Environment']).toEqual({
      Variables: [
        { Key: 'CALLBACK_BASE_URL', Value: expect.stringContaining('qianma-dev-callback-handler') },
        { Key: 'DATABASE_URL', Value: secret },
        { Key: 'PUBLIC_BASE_URL', Value: expect.stringMatching(/^https:.*qianma-dev-stable-link/) },
      ],
    });
  });

  it('tells the console where the actions are, and the actions where the console is, where there is no domain', async () => {
    const http = (name: string, variable: string) =>
      `  ${name}: { props: { <<: *function, environment: [${variable}], triggers: [{ type: http }] } }`;
    const service = [
      http('console', 'FUNCTION_URLS'),
      http('DescribeThing', 'CONSOLE_ORIGIN'),
      http('ModifyThing', 'CONSOLE_ORIGIN'),
    ].join('\n');
    const valueIn = (model: CloudModel, name: string, variable: string) => {
      const environment = model.functions.get(`qianma-dev-${name}`)?.members['Environment'];
      const { Variables } = environment as { Variables: { Key: string; Value: string }[] }; // as SCF has it
      return Variables.find(({ Key }) => Key === variable)?.Value;
    };
    const bare = createCloudModel();
    await deployOnce(bare.api, desiredIn({ yaml: projectYaml({ service }) }));
    const told = { FUNCTION_URLS: valueIn(bare, 'console', 'FUNCTION_URLS') };
    expect(told.FUNCTION_URLS).toMatch(
      /^https:.*\*.*,stable-link=stable-link,DescribeThing=describething,ModifyThing=modifything$/,
    );
    expect(readConfig(told, ['FUNCTION_URLS']).FUNCTION_URLS).toEqual({
      'stable-link': expect.stringMatching(/^https:.*qianma-dev-stable-link/),
      DescribeThing: expect.stringMatching(/^https:.*qianma-dev-describething/),
      ModifyThing: expect.stringMatching(/^https:.*qianma-dev-modifything/),
    });
    expect(valueIn(bare, 'DescribeThing', 'CONSOLE_ORIGIN')).toMatch(
      /^https:\/\/[^/]*qianma-dev-console[^/]*$/,
    );
    const behind = createCloudModel();
    const values = { CUSTOM_DOMAIN: 'sign.example.com', CERTIFICATE_ID: 'c-1' };
    await deployOnce(behind.api, desiredIn({ yaml: projectYaml({ service }), values }));
    expect(valueIn(behind, 'console', 'FUNCTION_URLS')).toBeUndefined();
    expect(valueIn(behind, 'DescribeThing', 'CONSOLE_ORIGIN')).toBeUndefined();
  });

  it('uses a custom domain where there is one, and leads each path to its function', async () => {
    const model = createCloudModel();
    const values = { CUSTOM_DOMAIN: 'sign.example.com', CERTIFICATE_ID: 'c-1' };
    await deployOnce(model.api, desiredIn({ values }));
    const link = JSON.stringify(model.functions.get('qianma-dev-stable-link')?.members['Environment']);
    expect(link).toContain('"https://sign.example.com"');
    expect(link).toContain('"https://sign.example.com/callback-handler"');
    const paths = model.domains.get('sign.example.com')?.['EndpointsConfig'];
    expect(paths).toContainEqual({
      Namespace: 'default',
      FunctionName: 'qianma-dev-stable-link',
      Qualifier: '$DEFAULT',
      PathMatch: '/s/*',
    });
    const { failed } = await removeOnce(model.api, desiredIn({ values }));
    expect([failed, model.functions.size, model.domains.size]).toEqual([[], 0, 0]);
  });
});

describe('a second deployment', () => {
  it('of the same makes no call that writes', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn());
    model.calls.length = 0;
    const { done, failed } = await deployOnce(model.api, desiredIn());
    expect([done, failed, writesOf(model)]).toEqual([[], [], []]);
  });

  it('touches only the function whose code has changed', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn());
    model.calls.length = 0;
    await deployOnce(model.api, desiredIn({ code: { 'stable-link': 'new code' } }));
    expect(writesOf(model).map(({ action, parameters }) => [action, parameters['FunctionName']])).toEqual(
      [
        'UpdateFunctionConfiguration',
        'UpdateFunctionCode',
        'UpdateFunctionConfiguration',
        'PublishVersion',
        'UpdateAlias',
      ].map((action) => [action, 'qianma-dev-stable-link']),
    );
  });

  it('migrates before anything new serves', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn());
    model.calls.length = 0;
    await deployOnce(model.api, desiredIn({ code: { 'stable-link': 'new', 'migrate-database': 'new' } }));
    const order = writesOf(model).map(({ action, parameters }) => `${action} ${parameters['FunctionName']}`);
    expect(order.indexOf('Invoke qianma-dev-migrate-database')).toBeGreaterThan(-1);
    expect(order.indexOf('Invoke qianma-dev-migrate-database')).toBeLessThan(
      order.indexOf('PublishVersion qianma-dev-stable-link'),
    );
  });

  it('clears what is no longer described', async () => {
    const model = createCloudModel();
    await deployOnce(
      model.api,
      desiredIn({ yaml: projectYaml({ link: 'environment: [DATABASE_URL]\n      role: r' }) }),
    );
    const { failed } = await deployOnce(
      model.api,
      desiredIn({ yaml: projectYaml({ link: 'environment: []' }) }),
    );
    expect(failed).toEqual([]);
    expect(model.functions.get('qianma-dev-stable-link')?.members).toMatchObject({
      Environment: { Variables: [] },
      Role: '',
    });
  });
});

describe('trouble', () => {
  it('with a creation is undone and begun anew in the next run', async () => {
    const model = createCloudModel();
    model.failingCreations.set('qianma-dev-renew-expired-codes', 1);
    const first = await deployOnce(model.api, desiredIn());
    expect(first.failed).toEqual([
      {
        target: 'qianma-dev-renew-expired-codes',
        text: says('CreateFailed: Cause made up'),
      },
    ]);
    model.calls.length = 0;
    const second = await deployOnce(model.api, desiredIn());
    expect(second.failed).toEqual([]);
    expect(actionsOf(model, 'qianma-dev-renew-expired-codes').slice(0, 2)).toEqual([
      'DeleteFunction',
      'CreateFunction',
    ]);
    expect(actionsOf(model, 'qianma-dev-stable-link')).toEqual([]);
  });

  it('with the migration lets nothing new serve', async () => {
    const model = createCloudModel();
    model.failingInvocations.add('qianma-dev-migrate-database');
    const { failed } = await deployOnce(model.api, desiredIn());
    expect(failed).toEqual([{ target: 'qianma-dev-migrate-database', text: says('DatabaseUnavailable') }]);
    expect(writesOf(model).map(({ action }) => action)).not.toContain('PublishVersion');
    expect(model.functions.get('qianma-dev-renew-expired-codes')?.triggers).toEqual([]);
  });

  it('with a platform that takes a call and changes nothing is an error, not an endless loop', async () => {
    const model = createCloudModel();
    const deaf: CloudApi = async (action, parameters) =>
      action === 'UpdateFunctionEventInvokeConfig' ? {} : model.api(action, parameters);
    const { failed } = await deployOnce(deaf, desiredIn());
    expect(failed).toEqual([{ target: 'qianma-dev-renew-expired-codes', text: says('did not change') }]);
  });

  it('of a lost answer is looked into, whether the call was carried out or not', async () => {
    const expected = createCloudModel();
    await deployOnce(expected.api, desiredIn());
    const count = writesOf(expected).length;
    for (let lost = 0; lost < count; lost += 1) {
      for (const isCarriedOut of [true, false]) {
        const model = createCloudModel();
        let writes = 0;
        const lossy: CloudApi = async (action, parameters) => {
          const isLost = isWrite({ action }) && writes++ === lost;
          if (!isLost || isCarriedOut) {
            const answer = await model.api(action, parameters);
            if (!isLost) return answer;
          }
          throw new TransportError('UnknownOutcome', 'after-send');
        };
        const { failed } = await deployOnce(lossy, desiredIn());
        expect(failed).toEqual([]);
        expect(shape(model)).toEqual(shape(expected));
      }
    }
  });
});

describe('removal', () => {
  const values = { CUSTOM_DOMAIN: 'sign.example.com', CERTIFICATE_ID: 'c-1' };
  const pathsOf = (model: CloudModel) =>
    ((model.domains.get('sign.example.com')?.['EndpointsConfig'] ?? []) as { PathMatch: string }[]).map(
      ({ PathMatch }) => PathMatch,
    );

  it('finds the paths on a domain that the deployer does not name any more', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn({ values }));
    await deployOnce(model.api, desiredIn({ values: { STAGE: 'prod' } }));
    await model.api('CreateCustomDomain', { Domain: 'of.somebody', EndpointsConfig: [] });
    const { failed } = await removeOnce(model.api, desiredIn());
    expect([failed, [...model.domains.keys()], model.functions.size]).toEqual([[], ['of.somebody'], 4]);
  });

  it('leaves what others have on the same domain, and its protocol', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn({ values }));
    const others = [
      { Namespace: 'default', FunctionName: 'of-somebody', Qualifier: '$DEFAULT', PathMatch: '/theirs' },
      {
        Namespace: 'theirs',
        FunctionName: 'qianma-dev-stable-link',
        Qualifier: '$DEFAULT',
        PathMatch: '/too',
      },
    ];
    const domain = model.domains.get('sign.example.com') ?? {};
    domain['EndpointsConfig'] = [...((domain['EndpointsConfig'] ?? []) as unknown[]), ...others];
    domain['Protocol'] = 'HTTP&HTTPS';
    const { failed } = await removeOnce(model.api, desiredIn({ values }));
    expect([failed, model.functions.size, pathsOf(model)]).toEqual([[], 0, ['/theirs', '/too']]);
    expect(model.domains.get('sign.example.com')).toMatchObject({
      Protocol: 'HTTP&HTTPS',
      CertConfig: { CertificateId: 'c-1' },
    });
  });

  it('of one function takes its paths alone from the domain, then the function', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn({ values }));
    const desired = desiredIn({ values });
    const { failed } = await deployOnce(
      model.api,
      desired,
      removing(desired, (name) => name === 'qianma-dev-stable-link'),
    );
    expect([failed, model.functions.size]).toEqual([[], 3]);
    expect(pathsOf(model)).toEqual(['/callback-handler', '/callback-handler/*']);
  });

  it('leaves nothing of this stage, and everything else', async () => {
    const model = createCloudModel();
    await deployOnce(model.api, desiredIn());
    await deployOnce(model.api, desiredIn({ values: { STAGE: 'prod' } }));
    const { failed } = await removeOnce(model.api, desiredIn());
    expect(failed).toEqual([]);
    expect([...model.functions.keys()].every((name) => name.startsWith('qianma-prod-'))).toBe(true);
    expect(model.functions.size).toBe(4);
  });
});
