/** The labels of a text between commas, as people of either language type them: each once, without blanks. */
export function labelsIn(text: string): string[] {
  const labels = text.split(/[,，]/).map((label) => label.trim());
  return [...new Set(labels)].filter((label) => label !== '');
}
