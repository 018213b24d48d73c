import type { Upstream } from './create-upstream.ts';

/** `X-TC-Language` for the languages that we answer in. */
const languages = { zh: 'zh-CN', en: 'en-US' } as const;

/** The same way to Tencent, asking for messages in the language of whoever calls. */
export function speaking(upstream: Upstream, language: keyof typeof languages): Upstream {
  return {
    call: (action, request, options) =>
      upstream.call(action, request, { ...options, language: languages[language] }),
  };
}
