/** `npm run conformance -- …`: does the emulator, or Tencent, answer as the documents say? */
import { appendFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { processShell } from '../../shared/shell/shell.ts';
import { emulatedTarget } from './emulated-target.ts';
import { realTarget } from './real-target.ts';
import { runConformance } from './run-conformance.ts';

process.exitCode = await runConformance(process.argv.slice(2), processShell(), {
  emulated: emulatedTarget,
  real: realTarget,
  pause: (ms) => pause(ms),
  async open(file) {
    await writeFile(file, '');
    return (text) => appendFile(file, text);
  },
});
