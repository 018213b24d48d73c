import type { ComponentType } from 'preact';
import type { TextKey } from '../texts/dictionary.ts';

/** A page of the console. */
export interface PageEntry {
  /** In its address. */
  name: string;
  title: TextKey;
  /** The page that leads to it, and stands for it in the header; undefined: it stands there itself. */
  under?: string;
  /** Those who may change something, or see what concerns all organisations; undefined: everybody. */
  isFor?: 'changes' | 'all';
  Page: ComponentType<{ path: readonly string[] }>;
}
