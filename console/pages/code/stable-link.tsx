import type { Code } from '../../api/answers.ts';
import { nameOf } from '../../parts/code/code-name.ts';
import { PosterButtons } from '../../parts/code/poster-buttons.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { later } from '../../parts/later.tsx';
import { say } from '../../texts/say.ts';

const QrCode = later<{ url: string; name: string }>(async () => (await import('./qr-code.tsx')).QrCode);

/** What posters show: the link that outlives every renewal, as a picture and as words. */
export function StableLink({ code }: { code: Code }) {
  const { StableUrl } = code;
  return (
    <section class="card">
      <h2>{say('codeStableLink')}</h2>
      <p class="small">{say('codeStableHint')}</p>
      <QrCode url={StableUrl} name={nameOf(code)} />
      <a href={StableUrl} target="_blank" rel="noopener">
        {StableUrl}
      </a>
      <div class="buttons start">
        <CopyButton text={StableUrl} />
      </div>
      {code.State !== 'Cancelled' && <PosterButtons codeIds={[code.CodeId]} name={nameOf(code)} />}
    </section>
  );
}
