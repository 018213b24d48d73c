import { httpHandler } from '../../shared/runtime/http/http-handler.ts';
import { createStrangers } from '../../shared/runtime/http/strangers.ts';
import { linkReads } from '../../shared/store/register/link-reads.ts';
import { connectEarlier, openBasis } from '../basis.ts';
import { renewalVariables, renewWhenDue } from '../renew-when-due.ts';
import { follow } from './follow.ts';
import { linkFileAsked } from './link-file.ts';
import { troublePage } from './page.ts';
import { turnAway } from './turn-away.ts';

const name = 'stable-link';
const needs = ['CORS_ORIGINS', 'DATABASE_URL', 'PUBLIC_BASE_URL', ...renewalVariables] as const;
const early = connectEarlier(needs);
const strangers = createStrangers();

/**
 * `GET /s/<slug>`: what a printed poster encodes. Leads to the current generation, whatever it is by then, and makes the
 * successor of one that is due. `/s/<slug>.svg` and `.png`: the QR code of that link alone;
 * `.json`: what a phone is shown there.
 */
export const main_handler = httpHandler({
  name,
  needs,
  open(config, time) {
    const basis = openBasis(config, time, early);
    return {
      register: linkReads(basis.db),
      surroundings: basis.surroundings,
      renewFor: renewWhenDue(config, basis, name),
    };
  },
  methods: ['GET', 'HEAD'],
  pageOf: (_failure, language) => troublePage(language),
  async handle(event) {
    const { request, open, language, deadlineMs } = event;
    const { renewFor, register, surroundings } = await open();
    const asked = linkFileAsked(request.path);
    if (asked !== undefined) {
      // Loaded by the few events that need it: who scans is answered sooner without it.
      const { showLinkFile } = await import('./show-link-file.ts');
      return turnAway(await showLinkFile(asked, { register, surroundings }, event), event, strangers);
    }
    const noted: typeof register = {
      claimIfDue: register.claimIfDue,
      async followed(slug) {
        const code = await register.followed(slug);
        if (code !== undefined) event.facts.codeId = code.codeId;
        return code;
      },
    };
    const renew: ReturnType<typeof renewFor> = (...claimed) => {
      event.beginWork({ readOnly: false });
      return renewFor(event)(...claimed);
    };
    const ports = { register: noted, surroundings, renew };
    return turnAway(await follow(request.path, ports, { language, deadlineMs }), event, strangers);
  },
});
