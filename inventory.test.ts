/** What is listed in more than one place is the same in each of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map((entry) => entry.name)
    .sort();
const modules = (path: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith('.ts') && !/\.(test|docs|bench)\.ts$/.test(name))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();

interface Service {
  component: string;
  props: { triggers: { type: string }[]; environment: string[] };
}
const { services } = parse(readFileSync('serverless.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
}; // our own file

/** Names in upstream's style: the actions that upstream itself has, and ours in its vocabulary. */
const isAction = (name: string) => /^[A-Z]/.test(name);
const upstreamActions = modules('shared/essbasic').filter(isAction);

describe('the inventory', () => {
  it('has one service in serverless.yml for each folder of functions/', () => {
    expect(Object.keys(services).sort()).toEqual(folders('functions'));
  });

  it('has the built component in each of them: no engine of Serverless Devs finds it elsewhere', () => {
    const strays = Object.entries(services).filter(([, { component }]) => component !== './dist/deploy');
    expect(strays.map(([name]) => name)).toEqual([]);
  });

  it('has each upstream action of the contract in the emulator, and no other', () => {
    expect(modules('local/essbasic/actions').filter(isAction)).toEqual(upstreamActions);
  });

  it('has a function for each upstream action of the contract', () => {
    expect(folders('functions')).toEqual(expect.arrayContaining(upstreamActions));
  });

  it('has each action reachable over HTTP', () => {
    const unreachable = Object.entries(services).filter(
      ([name, { props }]) => isAction(name) && !props.triggers.some(({ type }) => type === 'http'),
    );
    expect(unreachable.map(([name]) => name)).toEqual([]);
  });

  it('tells each action where the console is, whose page calls it', () => {
    const deaf = Object.entries(services).filter(
      ([name, { props }]) => isAction(name) && !props.environment.includes('CONSOLE_ORIGIN'),
    );
    expect(deaf.map(([name]) => name)).toEqual([]);
  });

  it('has every file that ARCHITECTURE.md says enforces an invariant, and no invariant without one', () => {
    const invariants = readFileSync('ARCHITECTURE.md', 'utf8').split('## Invariants')[1] ?? '';
    const lines = invariants.split('\n').filter((line) => /^\d+\. /.test(line));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !/ — enforced by: `/.test(line))).toEqual([]);
    const files = [...invariants.matchAll(/`([\w./-]+\.(?:ts|mjs))`/g)].map(([, file]) => file ?? '');
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
