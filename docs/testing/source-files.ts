import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the repository that people write; what is built, installed or kept is in others. */
const folders = [
  '.ci',
  'bench',
  'commands',
  'cli',
  'client',
  'console',
  'deploy',
  'docs',
  'findings',
  'functions',
  'local',
  'shared',
];

/**
 * Files of the repository whose names end in this way, paths from its root. It asks no version control: an archive of
 * the repository has none.
 */
export function sourceFiles(ending: RegExp): string[] {
  const nested = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  return [...nested, ...readdirSync('.')].filter((path) => ending.test(path));
}
