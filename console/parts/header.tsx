import {
  chooseLanguage,
  chooseScheme,
  language,
  type Scheme,
  scheme,
  schemes,
} from '../state/preferences.ts';
import { hrefOf, route } from '../state/route.ts';
import { identity, signOut } from '../state/session.ts';
import { say } from '../texts/say.ts';
import { Select } from './field.tsx';
import { InspectorButton } from './inspector/inspector.tsx';
import type { PageEntry } from './page-entry.ts';

const schemeTexts = { system: 'schemeSystem', light: 'schemeLight', dark: 'schemeDark' } as const;

/** The name, the ways to the pages, and what holds for all of them. */
export function Header({ pages }: { pages: readonly PageEntry[] }) {
  const [name = 'codes'] = route.value.path;
  const current = pages.find((page) => page.name === name)?.under ?? name;
  const caller = identity.value;
  return (
    <header class="head">
      <button type="button" class="skip" onClick={skip}>
        {say('skipToPage')}
      </button>
      <a class="brand" href={hrefOf(['codes'])}>
        <Mark /> {say('product')}
      </a>
      {caller !== undefined && (
        <nav class="ways" aria-label={say('pages')}>
          {pages
            .filter(({ under }) => under === undefined)
            .map((page) => (
              <a
                key={page.name}
                href={hrefOf([page.name])}
                aria-current={page.name === current ? 'page' : undefined}
              >
                {say(page.title)}
              </a>
            ))}
        </nav>
      )}
      <div class="own">
        <button
          type="button"
          class="quiet"
          lang={language.value === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => chooseLanguage(language.value === 'zh' ? 'en' : 'zh')}
        >
          {language.value === 'zh' ? 'English' : '中文'}
        </button>
        {caller !== undefined && <InspectorButton />}
        <details class="menu" onFocusOut={closeWhenLeft}>
          <summary>{say('settings')}</summary>
          <div class="menu-content">
            {caller !== undefined && (
              <p class="small">
                {say('signedInAs', { key: caller.KeyId, role: say(`role_${caller.Role}`) })}
              </p>
            )}
            <Select
              label={say('scheme')}
              value={scheme.value}
              choices={schemes.map((value) => ({ value, text: say(schemeTexts[value]) }))}
              onChange={({ currentTarget }) => chooseScheme(currentTarget.value as Scheme)}
            />
            {caller !== undefined && (
              <button type="button" onClick={signOut}>
                {say('signOut')}
              </button>
            )}
          </div>
        </details>
      </div>
    </header>
  );
}

/** A button, since the address names the page: an anchor would lead to another. */
function skip(): void {
  document.getElementById('page')?.focus();
}

function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
  if (!(currentTarget instanceof HTMLDetailsElement)) return;
  if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <rect width="16" height="16" rx="3" />
      <path d="M3 3h4v4H3zm6 0h4v4H9zM3 9h4v4H3zm6 0h2v2H9zm2 2h2v2h-2z" />
    </svg>
  );
}
