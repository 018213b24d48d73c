import { actions as upstreamActions } from '../../shared/essbasic/field-docs.ts';
import type { Text } from '../../shared/text.ts';
import { actionMembers } from '../members/actions.ts';
import { answerComponents } from './answer-schema.ts';
import { actionDefinitions, type Definition } from './definitions.ts';
import { ownErrorCodes } from './error-codes.ts';
import { gateOperations } from './gate-operations.ts';
import { headerComponents, parameterComponents, responseComponents } from './http-parts.ts';
import { documentTags, operation } from './operations.ts';
import { eventMemberTexts, functionTexts, policyTexts } from './page-texts.ts';
import { problemSchema } from './problem-schema.ts';
import { both } from './schema.ts';
import { type MemberDocs, namedSchemas, schemaWriter } from './validated-schema.ts';
import { webhooks } from './webhooks.ts';

const about: Text = {
  en: 'A register around the QR codes of Tencent e-sign that many people sign with (一码多签). Every text is here in English and in Chinese. Answers may have more members with a later version.',
  zh: '围绕腾讯电子签“一码多签”的登记库。所有文字均有中英两种。后续版本的应答可能增加字段。',
};

export type OpenApi = Awaited<ReturnType<typeof openApi>>;

/** The contract of all functions in OpenAPI 3.1.1, from what validates and documents them. */
export async function openApi() {
  const definitions = await actionDefinitions();
  const texts = functionTexts();
  const policyDocs = Object.fromEntries(policyTexts());
  const create = memberDocs('ChannelCreateMultiFlowSignQRCode');
  const write = schemaWriter(namedSchemas(definitions, create, policyDocs));
  const written = write.components();
  return {
    openapi: '3.1.1',
    info: {
      title: 'qianma 签码',
      version: '0.1.0',
      summary: 'One QR code that many people scan to sign a contract',
      description: both(about),
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [
      { url: 'http://127.0.0.1:9000', description: '`npm start`' },
      {
        url: 'https://{domain}',
        description: both({ en: 'Behind a custom domain', zh: '自定义域名' }),
        variables: { domain: { default: 'qianma.example.com' } },
      },
    ],
    security: [{ apiKey: [] }],
    tags: documentTags,
    paths: {
      ...Object.fromEntries(
        inOrder(definitions).map((definition) => [
          `/${definition.name}`,
          { post: operation(definition, { docs: memberDocs(definition.name), texts, write }) },
        ]),
      ),
      ...gateOperations(texts, write),
    },
    webhooks: webhooks(eventMemberTexts()),
    'x-error-codes': ownErrorCodes(),
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: both({ en: 'An API key: `npm run keys`', zh: 'API 密钥：`npm run keys`' }),
        },
        contentSignature: {
          type: 'apiKey',
          in: 'header',
          name: 'Content-Signature',
          description: both({ en: "Tencent's signature of the body", zh: '腾讯对请求体的签名' }),
        },
      },
      headers: headerComponents,
      parameters: parameterComponents,
      responses: responseComponents,
      schemas: {
        ...written,
        ...answerComponents(),
        RenewalPolicy: complete(written['RenewalPolicyInput'] ?? {}),
        Problem: problemSchema,
      },
    },
  };
}

/** What is said of the members of a request: upstream's and our own. */
function memberDocs(name: string): MemberDocs {
  const upstream = upstreamActions.find(({ action }) => action.name === name);
  return { Agent: agent, ...upstream?.request, ...actionMembers[name]?.request };
}

const agent: Text = {
  en: 'for whom, and who acts; `AppId` may be left out, and all of it where the key belongs to one organisation and operator',
  zh: '为哪个企业，由谁经办；`AppId` 可不填，密钥只属于一个企业和经办人时可整体不填',
};

/** As the documents have them. */
function inOrder(definitions: readonly Definition[]): Definition[] {
  const order = Object.keys(actionMembers);
  return definitions.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

/** A policy is answered with all its members, and what is not set is null. */
function complete({ properties = {}, ...schema }: { properties?: object }): object {
  return { ...schema, properties, required: Object.keys(properties) };
}
