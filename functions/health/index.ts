import { httpHandler } from '../../shared/runtime/http/http-handler.ts';
import { connectEarlier, openBasis } from '../basis.ts';
import { createReadiness } from './readiness.ts';

const needs = ['DATABASE_URL'] as const;
const early = connectEarlier(needs);

/**
 * `GET /health/live`: the function runs. `GET /health/ready`: it has the database, and that has the tables of this
 * release. Anybody may ask, so that nothing is answered but yes or no.
 */
export const main_handler = httpHandler({
  name: 'health',
  needs,
  open: (config, time) => ({ isReady: createReadiness(openBasis(config, time, early).db) }),
  methods: ['GET', 'HEAD'],
  async handle(event) {
    const asksReady = /\/ready\/?$/.test(event.request.path);
    const passes = !asksReady || (await (await event.open()).isReady(event));
    return {
      status: passes ? 200 : 503,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ status: passes ? 'pass' : 'fail' }),
    };
  },
});
