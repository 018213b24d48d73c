/** The sizes of posters. All have the sides of ISO 216, so that one layout fits them all. */
export const papers = {
  /** On a wall or a fence. */
  A4: { name: 'A4', widthMm: 210, heightMm: 297 },
  /** On a door or a counter. */
  A5: { name: 'A5', widthMm: 148, heightMm: 210 },
  /** The card for a table, A6. */
  Card: { name: 'Card', widthMm: 105, heightMm: 148 },
} as const satisfies Record<string, { name: string; widthMm: number; heightMm: number }>;

export type PaperName = keyof typeof papers;
export type Paper = (typeof papers)[PaperName];
export const paperNames = Object.keys(papers) as [PaperName, ...PaperName[]]; // its own keys
