import { afterEach, expect } from 'vitest';
import { callbackSecrets } from '../../testing/notifying.ts';
import { as, good, platformSuite } from '../../testing/platform-suite.ts';
import { type Agent, type Called, connectAgent, type Generation } from './agents.ts';

/** Who acts, as an argument of a tool: the administrator's key has no organisation of its own. */
export const acting = {
  ProxyOrganizationOpenId: good.Agent.ProxyOrganizationOpenId,
  ProxyOperatorOpenId: good.Agent.ProxyOperator.OpenId,
};

/** A code that is made, but for its `ExternalId`. */
export const wanted = { TemplateId: good.TemplateId, FlowName: good.FlowName, ...acting };

/** The built function, and agents that the test connects to it. */
export function agentSuite() {
  const platform = platformSuite(callbackSecrets);
  const open: Agent[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((agent) => agent.close()));
  });

  async function connect(
    headers: Record<string, string> = as(platform.apiKey),
    generation: Generation = '2026',
  ): Promise<Agent> {
    const agent = await connectAgent(generation, `${platform.url}/mcp`, headers);
    open.push(agent);
    return agent;
  }

  return {
    platform,
    connect,
    /** An agent with a key of its own. */
    connectWith: async (...options: string[]) =>
      connect(as(await platform.keys('create', '--name', 'agent', ...options))),
    /** Creates that have reached upstream. */
    created: () =>
      platform.emulator.journal.list().filter(({ action }) => action === 'ChannelCreateMultiFlowSignQRCode')
        .length,
  };
}

/** What a tool answers that must not have failed. */
export async function done(called: Promise<Called>): Promise<Record<string, unknown>> {
  const { isError, members } = await called;
  expect([isError, members]).toEqual([false, members]);
  return members;
}

/** The code that a tool answers. */
export async function codeOf(called: Promise<Called>): Promise<Record<string, unknown>> {
  return (await done(called))['Code'] as Record<string, unknown>; // a test says what it holds
}
