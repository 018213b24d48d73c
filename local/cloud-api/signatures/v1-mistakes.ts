import { createHmac } from 'node:crypto';
import type { SignatureExplanation } from './signature-explanation.ts';
import { type V1Request, v1MethodOf, v1Signature, v1StringOf, v1StringToSign } from './v1-signature.ts';

interface Circumstances {
  request: V1Request;
  secretKey: string;
  /** As its endpoint begins. */
  service: string;
}

interface V1Mistake {
  mistake: string;
  /** What to change. */
  hint: string;
  /** Signatures that the mistake leads to. */
  signatures(given: Circumstances): readonly string[];
}

const methodOf = ({ request }: Circumstances) => v1MethodOf(request.parameters.get('SignatureMethod'));

/** The signature of another text with the right key and method. */
const ofText = (given: Circumstances, text: string) => v1Signature(methodOf(given), given.secretKey, text);

/** The signature of pairs that are written otherwise, or stand in another order. */
function ofPairs(
  given: Circumstances,
  change: (pairs: readonly (readonly [name: string, value: string])[]) => readonly string[],
): string {
  const { httpMethod, host, parameters } = given.request;
  const pairs = [...parameters].filter(([name]) => name !== 'Signature');
  return ofText(given, v1StringOf(httpMethod, `${host}/`, change(pairs)));
}

const byName = ([one]: readonly [string, string], [other]: readonly [string, string]) =>
  one < other ? -1 : 1;
const inLowerCase = ([name, value]: readonly [string, string]) => [name.toLowerCase(), value] as const;
const written = ([name, value]: readonly [string, string]) => `${name}=${value}`;

/** What goes wrong in practice, each with a proof: the signature that it leads to. */
const mistakes: readonly V1Mistake[] = [
  {
    mistake: 'signature-method',
    hint: 'The signature was made with the other of HmacSHA1 and HmacSHA256: only SignatureMethod=HmacSHA256 means SHA-256, anything else SHA-1.',
    signatures: ({ request, secretKey }) =>
      (['HmacSHA1', 'HmacSHA256'] as const).map((method) =>
        v1Signature(method, secretKey, v1StringToSign(request)),
      ),
  },
  {
    mistake: 'signature-not-encoded',
    hint: 'The signature was sent as it is, and its + arrived as a blank: it is to be URL-encoded once more.',
    signatures: (given) => [ofText(given, v1StringToSign(given.request)).replaceAll('+', ' ')],
  },
  {
    mistake: 'encoded-values',
    hint: 'What is signed are the values themselves; they are URL-encoded for the way only.',
    signatures: (given) =>
      [' ', '%20', '+'].map((blank) =>
        ofPairs(given, (pairs) =>
          [...pairs]
            .sort(byName)
            .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%20', blank)}`),
        ),
      ),
  },
  {
    mistake: 'order',
    hint: 'The parameters are signed in ASCII order of their names, capitals first.',
    signatures: (given) => [
      ofPairs(given, (pairs) => pairs.map(written)),
      ofPairs(given, (pairs) =>
        [...pairs].sort((one, other) => byName(inLowerCase(one), inLowerCase(other))).map(written),
      ),
    ],
  },
  {
    mistake: 'http-method',
    hint: 'Another HTTP method was signed than was used.',
    signatures: (given) =>
      ['GET', 'POST', 'get', 'post'].map((httpMethod) =>
        ofText(given, v1StringToSign({ ...given.request, httpMethod })),
      ),
  },
  {
    mistake: 'host',
    hint: 'Another host was signed than the one in the header Host.',
    signatures: (given) =>
      [given.request.host.replace(/:\d+$/, ''), `${given.service}.tencentcloudapi.com`].map((host) =>
        ofText(given, v1StringToSign({ ...given.request, host })),
      ),
  },
  {
    mistake: 'hex',
    hint: 'The signature is to be in base64, not in hex.',
    signatures: (given) => [
      createHmac(methodOf(given) === 'HmacSHA256' ? 'sha256' : 'sha1', given.secretKey)
        .update(v1StringToSign(given.request))
        .digest('hex'),
    ],
  },
  {
    mistake: 'secret-key-blanks',
    hint: 'The secret key was used with a blank or a line break around it.',
    signatures: (given) =>
      [` ${given.secretKey}`, `${given.secretKey} `, `${given.secretKey}\n`, `${given.secretKey}\r\n`].map(
        (secretKey) => ofText({ ...given, secretKey }, v1StringToSign(given.request)),
      ),
  },
];

const unexplained =
  'None of the usual mistakes yields this signature: most likely another secret key was used, or a parameter was changed on the way.';

/** Explains a signature that does not fit, with the mistake that yields exactly it, if one does. */
export function explainV1Mismatch(
  request: V1Request,
  { secretKey, service }: Pick<Circumstances, 'secretKey' | 'service'>,
): SignatureExplanation {
  const received = request.parameters.get('Signature') ?? '';
  const found = mistakes.find(({ signatures }) =>
    signatures({ request, secretKey, service }).includes(received),
  );
  return {
    stringToSign: v1StringToSign({ ...request, parameters: masked(request.parameters) }),
    hint: found?.hint ?? unexplained,
    ...(found && { mistake: found.mistake }),
  };
}

const shown = new Set(['Action', 'Language', 'Nonce', 'Region', 'SignatureMethod', 'Timestamp', 'Version']);

/** Names alone of what may be personal or secret. */
const masked = (parameters: ReadonlyMap<string, string>) =>
  new Map([...parameters].map(([name, value]) => [name, shown.has(name) ? value : '***'] as const));
