import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createUrl, FunctionName, says } from './deployed.test.kit.ts';
import { httpDesc } from './good-requests.ts';
import { managementSuite } from './management-suite.test.kit.ts';

const { started, start } = managementSuite();

interface Heard {
  status: number;
  text: string;
}
/** A request with a `Host` of its own, which `fetch` does not let one choose. */
function get(url: string, host: string): Promise<Heard> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers: { host } }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

describe('a custom domain', () => {
  const endpoint = { Namespace: 'default', FunctionName, Qualifier: '$LATEST' };

  it('leads each path to the function of its rule, whole or rewritten', async () => {
    await start();
    const path = {
      'index.js':
        "exports.main_handler = async ({ path, queryString }) => [path, JSON.stringify(queryString)].join(' ');",
    };
    await started.deploy({ FunctionName }, path);
    await createUrl(started);
    await started.deploy({ FunctionName: 'stable-link' }, says('link'));
    await started.done('CreateTrigger', {
      FunctionName: 'stable-link',
      TriggerName: 'url',
      Type: 'http',
      TriggerDesc: httpDesc,
    });
    await started.done('CreateCustomDomain', {
      Domain: 'sign.example.com',
      Protocol: 'HTTPS',
      CertConfig: { CertificateId: 'made-up' },
      EndpointsConfig: [
        { ...endpoint, PathMatch: '/fine/*' },
        { ...endpoint, FunctionName: 'stable-link', PathMatch: '/s/*' },
        {
          ...endpoint,
          PathMatch: '/old/*',
          PathRewrite: [{ Path: '/old/*', Type: 'WildcardRules', Rewrite: '/fine/$' }],
        },
      ],
    });
    const at = (url: string) => get(`${started.url}${url}`, 'sign.example.com:443');
    expect((await at('/fine/a?b=1')).text).toBe('/fine/a {"b":"1"}');
    expect((await at('/old/a/b?c=2')).text).toBe('/fine/a/b {"c":"2"}');
    expect((await at('/s/slug')).text).toBe('link');
    expect((await at('/elsewhere')).status).toBe(404);
    expect(await started.done('ListTriggers', { FunctionName })).toMatchObject({
      Triggers: [{ BoundResources: '["sign.example.com"]' }],
    });
    await started.done('DeleteCustomDomain', { Domain: 'sign.example.com' });
    expect((await at('/s/slug')).status).toBe(404);
  });
});
