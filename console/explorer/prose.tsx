/** A text of the contracts: what stands between backticks is code there. */
export function Prose({ text }: { text: string }) {
  const parts = text.split('`');
  return parts.map((part, number) => (number % 2 === 1 ? <code key={number}>{part}</code> : part));
}
