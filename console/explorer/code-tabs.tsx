import { signal } from '@preact/signals';
import { functionUrl } from '../api/function-url.ts';
import { Select } from '../parts/field.tsx';
import { type CodeLanguage, codeLanguages, codeOf } from '../parts/inspector/call-code.ts';
import { Bytes } from './bytes.tsx';
import { Choice } from './choice.tsx';
import {
  languagesRun,
  type UpstreamLanguage,
  upstreamCodeOf,
  upstreamLanguages,
} from './code/upstream-code.ts';
import type { Action, Contract } from './contracts.ts';
import { tell } from './texts.ts';

/** The languages that were chosen last, for all actions. */
const ownLanguage = signal<CodeLanguage>('curl');
const upstreamLanguage = signal<UpstreamLanguage>('Node.js');

export interface CodeTabsProps {
  action: Action;
  contract: Contract;
  body: string;
  endpoint: string | undefined;
}

/** A call as code, in the language that is chosen. */
export function CodeTabs(props: CodeTabsProps) {
  return props.action.api === 'own' ? <OwnCode {...props} /> : <UpstreamCode {...props} />;
}

function OwnCode({ action: { name }, body }: CodeTabsProps) {
  const url = new URL(functionUrl(name), location.href).href;
  return (
    <>
      <Languages all={codeLanguages} chosen={ownLanguage} />
      <p class="small">{tell('codeRun')}</p>
      <Bytes title={ownLanguage.value} text={codeOf(ownLanguage.value, { url, action: name, body })} />
    </>
  );
}

/** Where upstream is, of the places that are known; undefined: the first. */
const chosenHost = signal<string | undefined>(undefined);

function UpstreamCode({ action: { name }, contract, body, endpoint }: CodeTabsProps) {
  const hosts = [...new Set([...contract.servers, ...(endpoint === undefined ? [] : [endpoint])])].map(
    hostOf,
  );
  const host = hosts.find((one) => one === chosenHost.value) ?? hosts[0] ?? '';
  const language = upstreamLanguage.value;
  const code = upstreamCodeOf(language, { action: name, body, host, version: contract.version });
  return (
    <>
      <Languages all={upstreamLanguages} chosen={upstreamLanguage} />
      <Select
        label={tell('codeHost')}
        value={host}
        choices={hosts.map((value) => ({ value, text: value }))}
        onChange={({ currentTarget }) => {
          chosenHost.value = currentTarget.value;
        }}
      />
      <p class="small">
        {tell('codeRun')} {tell(languagesRun.includes(language) ? 'codeTried' : 'codeCompiled')}
      </p>
      <Bytes title={language} text={code} />
    </>
  );
}

/** With TLS a host stands alone. */
const hostOf = (url: string) => url.replace(/^https:\/\//, '');

interface LanguagesProps<Language extends string> {
  all: readonly Language[];
  chosen: { value: Language };
}

function Languages<Language extends string>({ all, chosen }: LanguagesProps<Language>) {
  return (
    <Choice
      label={tell('codeLanguage')}
      values={all}
      chosen={chosen.value}
      onChoose={(language) => {
        chosen.value = language;
      }}
    />
  );
}
