import { type CallToolResult, McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { roles } from '../../shared/runtime/http/api-keys.ts';
import { problemOf } from '../../shared/runtime/http/problem.ts';
import type { Language } from '../../shared/text.ts';
import { allTools } from './all-tools.ts';
import type { Call } from './call.ts';
import { inOwnWords, quotesUpstream } from './own-words.ts';
import type { Tool } from './tool.ts';

/** A server for one call, with the tools that the role of the caller includes. */
export function serveTools(call: Call): McpServer {
  const { event, principal } = call;
  const server = new McpServer(
    { name: 'qianma', title: 'qianma 签码', version: '1' },
    { capabilities: { tools: { listChanged: false } }, instructions: instructions(call) },
  );
  for (const tool of allTools.filter(({ role }) => roles.indexOf(role) <= roles.indexOf(principal.role))) {
    const isReading = tool.role === 'viewer';
    server.registerTool(
      tool.name,
      {
        title: tool.title[event.language],
        description: tool.text[event.language],
        inputSchema: schemaOf(tool, event.language),
        annotations: {
          title: tool.title[event.language],
          readOnlyHint: isReading,
          destructiveHint: tool.isDestructive,
          idempotentHint: true,
          // Upstream, and nobody else.
          openWorldHint: false,
        },
      },
      (given: unknown) => resultOf(tool, given, call),
    );
  }
  return server;
}

function instructions({ event, principal: { role } }: Call): string {
  return {
    zh: `签码管理可由多人扫码签署的签署码（腾讯电子签一码多签）。此密钥的角色为 ${role}：viewer 只能查看，operator 可创建与更改。时间均为 Unix 秒。回答中没有签署人的姓名、电话与证件号码。`,
    en: `qianma manages codes that many people scan to sign with Tencent e-sign. The role of this key is ${role}: a viewer looks, an operator creates and changes. Times are Unix seconds. No answer has names, phone numbers or ID numbers of those who sign.`,
  }[event.language];
}

/** Arguments are checked by the tool itself, whose words are the same as those of the API. */
function schemaOf(tool: Tool, language: Language): StandardSchemaWithJSON {
  const schema = () => tool.schemaIn(language);
  return {
    '~standard': {
      version: 1,
      vendor: 'qianma',
      validate: (value) => ({ value }),
      jsonSchema: { input: schema, output: schema },
    },
  };
}

/** The answer of a tool; a failure is one too, with the problem document that the API would answer. */
async function resultOf(tool: Tool, given: unknown, call: Call): Promise<CallToolResult> {
  const { event } = call;
  event.facts.tool = tool.name;
  try {
    return answered({ ...inOwnWords(await tool.run(given, call)) });
  } catch (thrown) {
    const { document, failure } = problemOf(thrown, { ...event, allow: [] });
    if (quotesUpstream(failure)) delete document.detail;
    event.facts.reason = failure.code;
    if (failure.upstreamRequestId !== undefined) event.facts.upstreamRequestId = failure.upstreamRequestId;
    const fields = { tool: tool.name, code: failure.code };
    // As of an action: the code says what the caller did; for what we did, the place is needed.
    if (failure.status >= 500) event.log.error('a tool failed', fields, failure);
    return { ...answered(document), isError: true };
  }
}

/** As text too: clients of before 2025-06-18 know nothing else. */
function answered(members: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(members) }], structuredContent: members };
}
