import { signal } from '@preact/signals';
import { bodyOf, type CallRecord } from '../../api/call-record.ts';
import { functionUrl } from '../../api/function-url.ts';
import { hrefOf } from '../../state/route.ts';
import { say } from '../../texts/say.ts';
import { CodeText } from '../code-text.tsx';
import { CopyButton } from '../copy-button.tsx';
import { type CodeLanguage, codeLanguages, codeOf } from './call-code.ts';

/** The language that was chosen last, for all calls. */
const chosen = signal<CodeLanguage>('curl');

/** A call as code, unfolded by whoever wants it. */
export function CodeView({ call, onLeave }: { call: CallRecord; onLeave: () => void }) {
  const sent = bodyOf(call.number);
  if (call.method !== 'POST' || sent === undefined) return null;
  const url = new URL(functionUrl(call.action), location.href).href;
  const code = codeOf(chosen.value, { url, action: call.action, ...sent });
  return (
    <details class="code-view">
      <summary>{say('callCode', { action: call.action })}</summary>
      <div class="buttons start">
        {codeLanguages.map((language) => (
          <button
            key={language}
            type="button"
            aria-pressed={language === chosen.value}
            onClick={() => {
              chosen.value = language;
            }}
          >
            {language}
          </button>
        ))}
        <CopyButton text={code} />
        <a class="button" href={explorerHref(call, sent.body)} onClick={onLeave}>
          {say('callOpen')}
        </a>
      </div>
      <CodeText text={code} />
    </details>
  );
}

/** Where the request can be seen as a form, and called again. One that went on to Tencent is a request of Tencent's. */
function explorerHref({ action, number }: CallRecord, body: string): string {
  const upstream: unknown = action === 'CallUpstream' ? Reflect.get(JSON.parse(body), 'Action') : undefined;
  const path = typeof upstream === 'string' ? ['upstream', upstream] : ['own', action];
  return hrefOf(['explorer', ...path], { call: String(number) });
}
