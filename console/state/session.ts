import { computed, signal } from '@preact/signals';
import type { CallerIdentity } from '../api/answers.ts';
import { keptInTab } from './kept.ts';

const keptKey = keptInTab('key');

/** The API key of whoever has signed in: kept for this tab alone, in no address and in no list of calls. */
export const apiKey = signal(keptKey.read());
/** Undefined: it has not been asked yet whose key it is. */
export const identity = signal<CallerIdentity | undefined>(undefined);

/** May this key change something? The functions ask for themselves; this hides what they would refuse. */
export const mayChange = computed(() => identity.value !== undefined && identity.value.Role !== 'viewer');
/** May it do what cannot be undone for a person, and set what people read? */
export const isAdmin = computed(() => identity.value?.Role === 'admin');
/** May it look at what concerns all organisations? */
export const maySeeAll = computed(
  () => identity.value?.Role === 'admin' && identity.value.Organizations === null,
);

/** Has the last session ended because its key works no longer? */
export const isEnded = signal(false);

export function signIn(key: string, caller: CallerIdentity): void {
  isEnded.value = false;
  keptKey.write(key);
  identity.value = caller;
  apiKey.value = key;
}

export function signOut(): void {
  keptKey.write(null);
  apiKey.value = null;
  identity.value = undefined;
}

/** The key works no longer. */
export function endSession(): void {
  signOut();
  isEnded.value = true;
}
