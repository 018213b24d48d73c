import { describeTemplates } from '../../shared/codes/reading/describe-templates.ts';
import { DescribeTemplates } from '../../shared/essbasic/DescribeTemplates.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { action } from '../action.ts';
import { openUpstream, speaking } from '../open-upstream.ts';

/** Upstream's templates, and for each whether it can carry a sign code and every reason why not. */
export const main_handler = action({
  name: DescribeTemplates.name,
  role: 'viewer',
  request: DescribeTemplates.request,
  needs: upstreamVariables,
  open: ({ config, ...basis }) => ({ upstream: openUpstream(config, basis, 'interactive') }),
  run: (event) => describeTemplates(speaking(event.resources.upstream, event), event.input, event),
});
