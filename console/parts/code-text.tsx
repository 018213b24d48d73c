/** A text to be read to the letter. */
export function CodeText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is scrolled by keys, too
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}
