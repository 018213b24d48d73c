/** Loaded before each file of tests: whatever fast-check makes up follows from the seed of the run. */
import fc from 'fast-check';
import { expect, inject, vi } from 'vitest';
import { seed } from './cases.ts';

fc.configureGlobal({ seed });

const { files, timeoutMs } = inject('long');
if (files.includes(expect.getState().testPath ?? ''))
  vi.setConfig({ testTimeout: timeoutMs, hookTimeout: timeoutMs });
