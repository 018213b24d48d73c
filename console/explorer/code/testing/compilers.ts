import { execFile, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { stubSdks } from './stub-sdks.ts';

/** A language whose code is compiled, or read, and run by its own tools. */
interface Toolchain {
  /** All of them have to be there. */
  programs: readonly string[];
  /** Where the code belongs. */
  file: string;
  /** What is called in the folder, one after the other; the last prints what the code prints. */
  steps(folder: string): readonly (readonly [string, ...string[]])[];
}

export type CompiledLanguage = keyof typeof stubSdks;

export const toolchains: Readonly<Record<CompiledLanguage, Toolchain>> = {
  Python: {
    programs: ['python3'],
    file: 'main.py',
    steps: () => [['python3', 'main.py']],
  },
  PHP: {
    programs: ['php'],
    file: 'main.php',
    steps: () => [
      ['php', '-l', 'main.php'],
      ['php', '-d', 'zend.assertions=1', '-d', 'assert.exception=1', 'main.php'],
    ],
  },
  Go: {
    programs: ['go'],
    file: 'src/app/main.go',
    steps: (folder) => {
      const inWorkspace = ['env', `GOPATH=${folder}`, 'GO111MODULE=off', 'GOFLAGS='] as const;
      return [
        [...inWorkspace, 'go', 'vet', './src/app'],
        [...inWorkspace, 'go', 'run', './src/app'],
      ];
    },
  },
  Java: {
    programs: ['javac', 'java'],
    file: 'Main.java',
    steps: () => [
      ['javac', '-encoding', 'UTF-8', '-source', '8', '-target', '8', '-nowarn', '-cp', '.', 'Main.java'],
      ['java', '-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', '-cp', '.', 'Main'],
    ],
  },
  '.NET': {
    programs: ['mcs', 'mono'],
    file: 'main.cs',
    steps: () => [
      ['mcs', '-codepage:utf8', '-out:main.exe', 'main.cs', 'Stub.cs'],
      ['env', 'LC_ALL=C.UTF-8', 'mono', 'main.exe'],
    ],
  },
  'C++': {
    programs: ['g++'],
    file: 'main.cpp',
    steps: () => [['g++', '-std=c++11', '-Wall', '-Werror', '-I', '.', '-o', 'main', 'main.cpp'], ['./main']],
  },
};

export const isThere = (program: string) => spawnSync('which', [program]).status === 0;

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** What the code prints. */
export async function runCode(language: CompiledLanguage, folder: string, code: string): Promise<string> {
  const { file, steps } = toolchains[language];
  await writeFiles(folder, { [file]: code });
  const env = { ...process.env, TENCENTCLOUD_SECRET_ID: 'id', TENCENTCLOUD_SECRET_KEY: 'key' };
  let printed = '';
  for (const [program, ...args] of steps(folder)) {
    ({ stdout: printed } = await promisify(execFile)(program, args, { cwd: folder, env }));
  }
  return printed;
}
