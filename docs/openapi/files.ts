import { clientTypes } from './client-types.ts';
import { openApi } from './document.ts';
import { asOpenApi30 } from './openapi-3.0.ts';
import { upstreamDocument } from './upstream-document.ts';

/** The contract of the API in both versions and in types, and what is known of Tencent's own API, each with its path from the root of the repository. */
export async function openApiFiles(): Promise<Map<string, string>> {
  const document = await openApi();
  const types = await clientTypes(document);
  return new Map([
    ['client/actions.ts', types],
    ...Object.entries({
      'docs/openapi.json': document,
      'docs/openapi-3.0.json': asOpenApi30(document),
      'docs/upstream.json': upstreamDocument(),
    }).map(([path, content]): [string, string] => [path, `${JSON.stringify(content, null, 2)}\n`]),
  ]);
}
