import { CodeText } from '../parts/code-text.tsx';
import { CopyButton } from '../parts/copy-button.tsx';

/** A text to be read to the letter, and copied. */
export function Bytes({ title, text }: { title: string; text: string }) {
  return (
    <div class="bytes">
      <div class="bytes-head">
        <h3>{title}</h3>
        <CopyButton text={text} />
      </div>
      <CodeText text={text} />
    </div>
  );
}
