import { UpstreamError } from '../../../shared/errors.ts';
import { upstreamVariables } from '../../../shared/upstream/upstream-variables.ts';
import { callFailure, refusesCredentials } from '../call-failure.ts';
import { type Check, ok } from '../check.ts';

/** Does upstream accept what we sign? Whatever else it thinks of the call is for the next check. */
export const credentials: Check<(typeof upstreamVariables)[number] | 'ESS_APP_ID'> = {
  id: 'credentials',
  needs: ['clock'],
  variables: [...upstreamVariables, 'ESS_APP_ID'],
  async run(_config, examination) {
    try {
      await examination.trialCall();
    } catch (error) {
      if (!(error instanceof UpstreamError) || refusesCredentials(error)) return callFailure(error);
    }
    return ok({ en: 'Upstream accepts the signature', zh: '上游接受签名' });
  },
};
