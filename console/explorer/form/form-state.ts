import type { Contract } from '../contracts.ts';
import type { Path } from '../value.ts';

/** What every field of a form needs to know. */
export interface FormState {
  value: unknown;
  schemas: Contract['schemas'];
  /** Members that may be left out, and are, are not shown. */
  requiredOnly: boolean;
  /** What is wrong, by the place. */
  problems: ReadonlyMap<string, string>;
  change(path: Path, next: unknown): void;
}

/** The id of the field of a place. */
export const fieldId = (path: string) => `member-${path}`;

/** Shows a field, and puts the keyboard there. */
export function goToField(path: string): void {
  const field = document.getElementById(fieldId(path));
  if (field === null) return;
  for (let around = field.closest('details'); around !== null; ) {
    around.open = true;
    around = around.parentElement?.closest('details') ?? null;
  }
  field.scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
}
