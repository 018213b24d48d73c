import type { Text } from '../../shared/text.ts';

/** A description of the contracts: the paragraphs in English, then as many in Chinese. */
export function inBothLanguages(description = ''): Text {
  const paragraphs = description.split('\n\n');
  const half = Math.ceil(paragraphs.length / 2);
  const en = paragraphs.slice(0, half).join('\n\n');
  return { en, zh: paragraphs.slice(half).join('\n\n') || en };
}
