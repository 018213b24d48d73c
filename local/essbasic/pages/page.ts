import type { World } from '../state/world.ts';

/** What a person sees who follows a link of an answer. */
export interface Page {
  status: number;
  contentType: string;
  body: string | Buffer;
}

export interface PageContext {
  world: World;
  /** Of the virtual clock. Unix seconds. */
  nowS: number;
  baseUrl: string;
}

export const html = (status: number, body: string): Page => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body,
});
