/** The policies allow what the deployment does, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Policy {
  statement: { effect: 'allow' | 'deny'; action: string[]; resource?: string[] }[];
}

const read = (name: string) => JSON.parse(readFileSync(`deploy/policies/${name}.json`, 'utf8')) as Policy; // our own files
const actionsOf = ({ statement }: Policy) => statement.flatMap(({ action }) => action);

const filesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Names of SCF's actions in the sources of the deployment; what a function's status is called looks much the same. */
function actionsInSources(): string[] {
  const sources = filesOf('deploy').filter(
    (file) => /\.ts$/.test(file) && !/\.test\.|\/testing\//.test(file),
  );
  const literals = sources.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(
      /'((?:Get|List|Create|Update|Delete|Put|Publish)[A-Z][A-Za-z]*|Invoke)'/g,
    ),
  ]);
  return [...new Set(literals.map(([, name]) => name ?? ''))]
    .filter((name) => !name.endsWith('Failed'))
    .sort();
}

describe('the policy of the deployer', () => {
  const policy = read('deployer');

  it('allows every action that the deployment calls, and no other', () => {
    const allowed = actionsOf(policy).filter((action) => action !== 'cam:PassRole');
    expect(allowed.sort()).toEqual(actionsInSources().map((name) => `scf:${name}`));
  });

  it('names each action by itself, once', () => {
    const actions = actionsOf(policy);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
    expect(policy.statement.every(({ effect }) => effect === 'allow')).toBe(true);
  });

  it('lets a role be passed by its name alone', () => {
    const passing = policy.statement.filter(({ action }) => action.includes('cam:PassRole'));
    expect(passing.map(({ resource }) => resource)).toEqual([[`qcs::cam::uin/\${uin}:roleName/\${role}`]]);
  });
});

describe('the role of the functions', () => {
  it('may do nothing', () => {
    expect(read('function-role').statement).toEqual([{ effect: 'deny', action: ['*'], resource: ['*'] }]);
  });

  it('is not missed: no bundle looks for the credentials that a role would give', () => {
    const bundles = readdirSync('functions', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
      .map(({ name }) => `dist/${name}/index.js`);
    expect(bundles.length).toBeGreaterThan(5);
    const asking = bundles.filter((file) => readFileSync(file, 'utf8').includes('TENCENTCLOUD_'));
    expect(asking).toEqual([]);
  });
});
