import { callbackUrlVariables } from '../../shared/runtime/config.ts';
import { timerTask } from '../../shared/runtime/task.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { openBasis } from '../basis.ts';
import { openBatches, workOff } from '../open-batches.ts';

/** Every ten seconds: works batches off within what interactive calls leave of upstream's limit, all organisations alike. */
export const main_handler = timerTask({
  name: 'work-off-batches',
  needs: ['DATABASE_URL', 'REGISTER_KEYS', ...callbackUrlVariables, ...upstreamVariables],
  open: (config, time) => openBatches(config, openBasis(config, time)),
  run: ({ resources, deadlineMs, log }) => workOff(resources, { deadlineMs, log }),
});
