import { useState } from 'preact/hooks';
import { say } from '../texts/say.ts';

/** Copies a text. Where the browser gives no clipboard (a page without TLS), there is no button: the text can be marked. */
export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  if (navigator.clipboard === undefined) return null;
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" onClick={copy}>
      <span aria-live="polite">{say(isCopied ? 'copied' : 'copy')}</span>
    </button>
  );
}
