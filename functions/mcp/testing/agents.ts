import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as EarlierTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect } from 'vitest';

/** An agent's side of the protocol, of whichever generation. */
export interface Agent {
  tools(): Promise<ListedTool[]>;
  call(name: string, given?: object): Promise<Called>;
  instructions(): string | undefined;
  protocol(): string | undefined;
  close(): Promise<void>;
}

interface ListedTool {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  inputSchema: { properties?: Record<string, unknown>; required?: string[] | undefined };
  annotations?: Record<string, unknown> | undefined;
}

export interface Called {
  isError: boolean;
  members: Record<string, unknown>;
}

/** Of the specification 2026-07-28, whose requests each say who they are, and of those before, which begin with a handshake. */
export type Generation = '2026' | '2025';

/** By the official client of that generation. */
export function connectAgent(
  generation: Generation,
  url: string,
  headers: Record<string, string>,
): Promise<Agent> {
  return { '2026': connectModern, '2025': connectEarlier }[generation](url, headers);
}

const info = { name: 'test', version: '1' };

async function connectModern(url: string, headers: Record<string, string>): Promise<Agent> {
  const client = new ModernClient(info, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return {
    tools: async () => (await client.listTools()).tools as ListedTool[], // the library's own type says more than is looked at
    call: async (name, given = {}) => calledOf(await client.callTool({ name, arguments: { ...given } })),
    instructions: () => client.getInstructions(),
    protocol: () => client.getNegotiatedProtocolVersion(),
    close: () => client.close(),
  };
}

async function connectEarlier(url: string, headers: Record<string, string>): Promise<Agent> {
  const client = new EarlierClient(info);
  const transport = new EarlierTransport(new URL(url), { requestInit: { headers } });
  // The library's own classes differ under exactOptionalPropertyTypes.
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return {
    tools: async () => (await client.listTools()).tools as ListedTool[], // as above
    call: async (name, given = {}) => calledOf(await client.callTool({ name, arguments: { ...given } })),
    instructions: () => client.getInstructions(),
    protocol: () => transport.protocolVersion,
    close: () => client.close(),
  };
}

/** The text says the same as the members, for clients that know nothing else. */
function calledOf(result: unknown): Called {
  const { content, structuredContent, isError } = result as {
    content: { type: string; text: string }[];
    structuredContent?: Record<string, unknown>;
    isError?: boolean;
  }; // what is not so fails the comparison below
  expect(JSON.parse(content[0]?.text ?? '')).toEqual(structuredContent);
  return { isError: isError === true, members: structuredContent ?? {} };
}
