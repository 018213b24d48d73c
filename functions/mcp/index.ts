import { createMcpHandler } from '@modelcontextprotocol/server';
import { actionVariables, callerOf } from '../../shared/runtime/http/http-action.ts';
import { httpHandler } from '../../shared/runtime/http/http-handler.ts';
import { connectEarlier, openBasis } from '../basis.ts';
import { principalOf } from '../presented-key.ts';
import { toAnswer, toFetchRequest } from './fetch-exchange.ts';
import { openResources, toolVariables } from './resources.ts';
import { serveTools } from './serve-tools.ts';

const needs = [...toolVariables, ...actionVariables] as const;
const early = connectEarlier(needs);

/** `POST /mcp`: the tools of an agent, by the Model Context Protocol. Every call stands for itself: no session, no stream. */
export const main_handler = httpHandler({
  name: 'mcp',
  needs,
  open: (config, time) => openResources(config, openBasis(config, time, early)),
  methods: ['POST'],
  async handle(event) {
    const { request, config, open } = event;
    const principal = await principalOf(event);
    const resources = await open();
    const appId = config.ESS_APP_ID;
    const call = { event, principal, caller: callerOf(principal, appId), appId, resources };
    const handler = createMcpHandler(() => serveTools(call), {
      legacy: 'stateless',
      // A function ends with its answer: nobody can be told anything afterwards.
      maxSubscriptions: 0,
      keepAliveMs: 0,
      onerror: (error) => event.log.warn('a message of the protocol was turned away', {}, error),
    });
    return toAnswer(await handler.fetch(toFetchRequest(request)));
  },
});
