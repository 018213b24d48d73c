import type { Poster } from '../make-posters.ts';

export function samplePoster(changes: Partial<Poster> = {}): Poster {
  return {
    codeId: 'Cvc8kC84uPNYbXBGDLhsnw',
    slug: 'AbCdEfGhJkLm',
    link: 'https://sign.example.com/s/AbCdEfGhJkLm',
    externalId: 'GATE-3',
    id: 'GATE-3',
    name: '三号门（北）劳务入口',
    organization: '北京某某建筑劳务有限公司',
    contact: { zh: '门卫室王工 138 0000 0000', en: 'Mr Wang, gatehouse, 138 0000 0000' },
    ...changes,
  };
}
