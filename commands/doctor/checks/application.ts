import { callFailure } from '../call-failure.ts';
import { type Check, ok, skipped } from '../check.ts';

/** May the operator act for the organisation in our application? */
export const application: Check<never> = {
  id: 'application',
  needs: ['credentials'],
  variables: [],
  async run(_config, examination) {
    if (examination.agent === null) {
      return skipped({
        en: 'Give --organization and --operator to have them tried',
        zh: '请用 --organization 与 --operator 指定要检查的企业与经办人',
      });
    }
    try {
      await examination.trialCall();
    } catch (error) {
      return callFailure(error);
    }
    return ok({
      en: 'The operator may act for the organisation in this application',
      zh: '经办人可在此应用中代表该企业操作',
    });
  },
};
