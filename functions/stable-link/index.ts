import { randomIds } from '../../shared/codes/ids.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { registerReads } from '../../shared/store/register-reads.ts';
import { follow } from './follow.ts';

/** `GET /s/<slug>`: what a printed poster encodes. Leads to the current generation, whatever it is by then. */
export const main_handler = httpHandler({
  name: 'stable-link',
  needs: ['DATABASE_URL', 'PUBLIC_BASE_URL', 'CORS_ORIGINS'],
  open: (config) => ({
    register: registerReads(openPgDatabase(config.DATABASE_URL)),
    surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    publicBaseUrl: config.PUBLIC_BASE_URL,
  }),
  methods: ['GET', 'HEAD'],
  handle: async ({ request, resources, language }) => follow(request.path, await resources(), language),
});
