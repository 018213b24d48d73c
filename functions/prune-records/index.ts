import { timerTask } from '../../shared/runtime/timer-task.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { prune } from '../../shared/store/retention.ts';

/** Rows of one statement: small enough that nobody waits for it. */
const batch = 500;

/** Every hour: deletes what the retention policy says is over, batch by batch, as far as the time goes. */
export const main_handler = timerTask({
  name: 'prune-records',
  needs: ['DATABASE_URL'],
  open: (config) => openPgDatabase(config.DATABASE_URL),
  run: ({ resources, deadlineMs }) => prune(resources, { deadlineMs, batch }),
});
