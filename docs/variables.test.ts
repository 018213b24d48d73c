/** Every variable of the environment that is read is documented, and every one that is documented is read. */
import { describe, expect, it } from 'vitest';
import { variables } from '../shared/runtime/config.ts';
import { readText, tableCellsOf } from './testing/read-markdown.ts';
import { sourceFiles } from './testing/source-files.ts';

/** Tests, benchmarks and what they share: no user runs them. */
const isOurs = (path: string) =>
  /\.(test|bench)\.|\.test\.kit\.|\/testing\/|^(vitest|bench|findings|\.ci)/.test(path);

const sources = sourceFiles(/\.(ts|mjs|cjs)$/)
  .filter((path) => path !== 'docs/variables.test.ts' && path !== 'docs/mentions.test.ts')
  .map((path) => ({ path, text: readText(path) }));

/** Texts in the form of a variable's name, and members of what holds the environment. */
function namesIn({ path, text }: (typeof sources)[number]): string[] {
  // There every text in capitals is a variable, also of one word.
  const words = /^local\/.*configuration\.ts$/.test(path) ? [...text.matchAll(/'([A-Z]{3,})'/g)] : [];
  const form =
    /['"`]([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)['"`]|\b(?:env|environment|values)(?:\??\.|\[['"])([A-Za-z]\w*)/g;
  return [...words, ...text.matchAll(form)]
    .map(([, literal, member]) => literal ?? member ?? '')
    .filter((name) => /^[A-Z]/.test(name) || name.includes('_'));
}

/** In the form of a variable's name, and none that anybody sets for qianma. */
const others = new Set([
  // Values of upstream's members.
  ...['HONGKONG_AND_MACAO', 'HONGKONG_MACAO_AND_TAIWAN', 'ID_CARD', 'OCR_ESIGN', 'SIGN_DATE', 'SIGN_SEAL'],
  ...['SIGN_SIGNATURE', 'SYSTEM_ESIGN'],
  // Codes of Node, OpenSSL and PostgreSQL; a file of PostgreSQL.
  ...['CERT_HAS_EXPIRED', 'ERR_MODULE_NOT_FOUND', 'PG_VERSION'],
  // Of Node, npm, proxies and the system: what is ignored, taken away or handed on.
  ...[
    'HOME',
    'HTTP_PROXY',
    'NODE_EXTRA_CA_CERTS',
    'NODE_PATH',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'PATH',
    'USER_CODE_ROOT',
    'npm_execpath',
  ],
  // Set by `deploy`, for the engine of Serverless Devs.
  ...['SERVERLESS_DEVS_CICD', 'default_serverless_devs_registry_mode', 'serverless_devs_config_home'],
  // Of the official SDKs: read by code that the console writes, and not by qianma.
  ...['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'],
  // An example in a comment; names that SCF reserves.
  ...['NAME', 'QCLOUD_A', 'SCF_NAMESPACE', 'TENCENTCLOUD_A'],
]);

const unique = (names: readonly string[]) => [...new Set(names)].filter((name) => !others.has(name)).sort();

const product = unique([
  ...Object.keys(variables),
  ...[...readText('serverless.yml').matchAll(/\$\{env\((\w+)/g)].map(([, name = '']) => name),
  ...[...readText('serverless.yml').matchAll(/^access: (\w+)/gm)].map(([, name = '']) => name),
  ...sources.filter(({ path }) => !isOurs(path)).flatMap(namesIn),
]);

/** What the first column of the tables of a page names. */
const documented = (path: string) =>
  unique(
    tableCellsOf(readText(path)).flatMap(([first = '']) =>
      [...first.matchAll(/`([A-Za-z]\w*)`/g)].map(([, name = '']) => name),
    ),
  );

describe.each(['docs/configuration.md', 'docs/configuration.zh-CN.md'])('%s', (path) => {
  it('has every variable that is read', () => {
    expect(product.length).toBeGreaterThan(30);
    expect(product.filter((name) => !documented(path).includes(name))).toEqual([]);
  });

  it('has no variable that is not read', () => {
    expect(documented(path).filter((name) => !product.includes(name))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  it('has every variable that tests and benchmarks take from a person, and no other', () => {
    const read = sources
      .filter(({ path }) => isOurs(path))
      .flatMap(({ text }) => [...text.matchAll(/process\.env(?:\.|\[['"])([A-Z]\w*)/g)])
      .map(([, name = '']) => name);
    // Set by the tests themselves: by one process for another, or by the mode of a run.
    const own = [
      'AA',
      'CHAOS_PLAN',
      'QIANMA_KEY',
      'QIANMA_MUTATED_ROOM',
      'QIANMA_TEST_CASES',
      'QIANMA_TEST_DATABASE_URL',
      'QIANMA_TEST_NETWORK',
      'QIANMA_URL',
      'WATCH_FILE',
    ];
    const asked = unique(read).filter(
      (name) => !own.includes(name) && !/^(LANG|LC_|ESS_|HOME|npm)/.test(name),
    );
    expect(documented('CONTRIBUTING.md').filter((name) => /^[A-Z]+_/.test(name))).toEqual(asked);
  });
});
