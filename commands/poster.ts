/** `npm run poster -- …`: the posters of codes, from the function `poster` to a file. */
import { processShell } from '../shared/shell/shell.ts';
import { runPoster } from './poster/run-poster.ts';

process.exitCode = await runPoster(process.argv.slice(2), processShell());
