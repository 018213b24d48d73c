import type { WorldContent } from '../state/world.ts';
import { seedCodes } from './codes.ts';
import { applications, organisations } from './organisations.ts';
import { templates } from './templates.ts';

/** What the emulator begins with, and returns to. */
export function seedContent(nowS: number): WorldContent {
  return {
    applications: [...applications],
    organisations: [...organisations],
    templates: [...templates],
    codes: seedCodes(nowS),
    contracts: [],
    plans: [],
    quotaBlocks: [],
    messages: [],
  };
}
