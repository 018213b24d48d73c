import { describe, expect, it } from 'vitest';
import { examined } from '../testing/examined.ts';
import { configuration } from './configuration.ts';

describe('configuration', () => {
  it('is in order when every variable can be read', async () => {
    expect(await examined(configuration)).toMatchObject({ outcome: 'ok' });
  });

  it('names everything that is wrong at once, and no value', async () => {
    const env = { ESS_SECRET_KEY: undefined, DATABASE_URL: 'mysql://geheim', ESS_CALLBACK_KEYS: 'tooshort' };
    const { outcome, text } = await examined(configuration, { env });
    expect(outcome).toBe('fail');
    for (const part of [
      'ESS_SECRET_KEY is not set',
      'DATABASE_URL must be',
      'ESS_CALLBACK_KEYS must have 32',
    ])
      expect(text.en).toContain(part);
    expect(text.zh).toContain('ESS_SECRET_KEY 未设置');
    expect(`${text.en}${text.zh}`).not.toMatch(/geheim|tooshort/);
  });

  it('takes a variable that nobody has replaced for no value', async () => {
    const env = { ESS_APP_ID: `\${env(ESS_APP_ID)}` };
    expect(await examined(configuration, { env })).toMatchObject({
      outcome: 'fail',
      text: {
        en: `ESS_APP_ID holds \${…}, which nothing has replaced`,
        zh: `ESS_APP_ID 含有未被替换的 \${…}`,
      },
    });
  });
});
