import { Failure } from '../../shared/errors.ts';
import { requireRole } from '../../shared/runtime/http/api-keys.ts';
import { actionVariables } from '../../shared/runtime/http/http-action.ts';
import { httpHandler } from '../../shared/runtime/http/http-handler.ts';
import { createApiKeys } from '../../shared/store/access/api-keys.ts';
import { figures } from '../../shared/store/upkeep/figures.ts';
import { connectEarlier, openBasis } from '../basis.ts';
import { principalOf } from '../presented-key.ts';
import { gaugesOf } from './gauges.ts';
import { openMetrics, openMetricsType } from './open-metrics.ts';

const needs = ['DATABASE_URL', ...actionVariables] as const;
const early = connectEarlier(needs);

/** `GET /metrics`: what the database says of all organisations in numbers, for those who watch. No name of anybody. */
export const main_handler = httpHandler({
  name: 'metrics',
  needs,
  open(config, time) {
    const { db } = openBasis(config, time, early);
    return { apiKeys: createApiKeys(db), db };
  },
  methods: ['GET'],
  async handle(event) {
    const { open } = event;
    const principal = await principalOf(event);
    requireRole(principal, 'viewer');
    if (principal.organizations !== null) throw new Failure('Forbidden', { detail: everybodyOnly });
    event.beginWork({ readOnly: true });
    const { db } = await open();
    const body = openMetrics(gaugesOf(await figures(db), event.language));
    return { status: 200, headers: { 'Content-Type': openMetricsType }, body };
  },
});

const everybodyOnly = {
  zh: '指标涵盖所有企业，仅不限定企业的密钥可以读取',
  en: 'Metrics are of all organisations: they are read with a key that is made for all of them',
};
