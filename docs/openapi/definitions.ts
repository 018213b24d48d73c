import { readdirSync } from 'node:fs';
import type { ActionHandler } from '../../functions/action.ts';

export type Definition = ActionHandler['definition'];

/** What each action takes, as its own wiring has it, by name. From the root of the repository. */
export async function actionDefinitions(): Promise<readonly Definition[]> {
  const names = readdirSync('functions').filter((name) => /^[A-Z]/.test(name));
  return Promise.all(
    names.map(async (name): Promise<Definition> => {
      const { main_handler } = await import(`../../functions/${name}/index.ts`);
      return main_handler.definition;
    }),
  );
}
