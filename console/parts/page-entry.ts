import type { ComponentType } from 'preact';
import type { TextKey } from '../texts/dictionary.ts';

/** A page of the console. */
export interface PageEntry {
  /** In its address. */
  name: string;
  title: TextKey;
  /** Those who may change something, or see what concerns all organisations; undefined: everybody. */
  isFor?: 'changes' | 'all';
  Page: ComponentType<{ path: readonly string[] }>;
}
