import { QianmaError } from '../../shared/errors.ts';
import { type Config, readConfig, type VariableName } from '../../shared/runtime/config.ts';
import { inBoth, type Text } from '../../shared/text.ts';
import { type Check, type Finding, fail, skipped } from './check.ts';
import type { Examination } from './examination.ts';

export interface CheckedItem extends Finding {
  id: string;
}

/**
 * Makes the checks one after the other, each of them whatever became of the others, unless it needs one that did not
 * go well or a variable that cannot be used.
 */
export async function runChecks(
  checks: readonly Check[],
  examination: Examination,
  skip: ReadonlySet<string>,
): Promise<CheckedItem[]> {
  const items: CheckedItem[] = [];
  for (const check of checks) {
    const isUnmet = (id: string) => items.some((item) => item.id === id && !allowsMore(item));
    const unmet = check.needs.find(isUnmet);
    const finding = skip.has(check.id)
      ? skipped({ en: 'Left out by --skip', zh: '已用 --skip 跳过' })
      : unmet !== undefined
        ? skipped({ en: `Depends on the check ${unmet}`, zh: `取决于检查项 ${unmet}` })
        : await runCheck(check, examination);
    items.push({ id: check.id, ...finding });
  }
  return items;
}

const allowsMore = ({ outcome }: Finding) => outcome === 'ok' || outcome === 'warn';

async function runCheck(check: Check, examination: Examination): Promise<Finding> {
  const config = usableConfig(check, examination);
  if ('unusable' in config) return skipped(config.unusable);
  try {
    return await check.run(config.values, examination);
  } catch (error) {
    return unforeseen(error);
  }
}

function usableConfig(
  { variables }: Check,
  { env }: Examination,
): { values: Config<VariableName> } | { unusable: Text } {
  try {
    return { values: readConfig(env, variables) };
  } catch (error) {
    if (!(error instanceof QianmaError)) throw error;
    const names = error.problems.map(({ path }) => path).join(', ');
    return { unusable: { en: `Needs ${names}`, zh: `需要先正确设置 ${names}` } };
  }
}

function unforeseen(error: unknown): Finding {
  const reason = reasonOf(error);
  return fail(
    { en: `The check itself failed: ${reason.en}`, zh: `检查未能完成：${reason.zh}` },
    { en: 'Run it again; if it stays, report this line', zh: '请重试；若仍出现，请反馈此行' },
  );
}

/** What an error says of itself that may be shown, in one line. */
export function reasonOf(error: unknown): Text {
  if (!(error instanceof QianmaError)) {
    const text = error instanceof Error ? error.message : String(error);
    return { en: text, zh: text };
  }
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return inBoth((language) => `${error.sentence(language)}${cause}`);
}
