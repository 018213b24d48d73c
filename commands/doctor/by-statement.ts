import type { Misfit } from '../../shared/store/postgres/database-fitness.ts';
import type { Text } from '../../shared/text.ts';

/** What to do about it: the statement, and who may run it. */
export function byStatement({ statement }: Misfit): Text {
  return {
    en: `As an administrator of the database: ${statement}`,
    zh: `以数据库管理员身份执行：${statement}`,
  };
}
