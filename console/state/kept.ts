/** What is kept in the browser. Where it keeps nothing (private windows, policies), the page works without. */

export interface Kept {
  read(): string | null;
  write(value: string | null): void;
}

/** For this tab alone, a reload survived. */
export const keptInTab = (name: string): Kept => kept(() => sessionStorage, `qianma.${name}`);

/** For all tabs, for good. Nothing that is a secret. */
export const keptInBrowser = (name: string): Kept => kept(() => localStorage, `qianma.${name}`);

function kept(storage: () => Storage, name: string): Kept {
  return {
    read() {
      try {
        return storage().getItem(name);
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        if (value === null) storage().removeItem(name);
        else storage().setItem(name, value);
      } catch {
        // Nothing is kept, and nothing depends on it.
      }
    },
  };
}
