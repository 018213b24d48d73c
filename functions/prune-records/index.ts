import { timerTask } from '../../shared/runtime/task.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import { prune } from '../../shared/store/upkeep/retention.ts';

/** Rows of one statement: few enough that no other statement waits for it. */
const batch = 500;

/** Every hour: deletes what the retention policy says is over, batch by batch, as far as the time goes. */
export const main_handler = timerTask({
  name: 'prune-records',
  needs: ['DATABASE_URL'],
  open: (config, time) => openPgDatabase(config.DATABASE_URL, time),
  run: ({ resources, deadlineMs }) => prune(resources, { deadlineMs, batch }),
});
