import { Bytes } from './bytes.tsx';
import type { ShownSignature } from './calls.ts';
import { tell } from './texts.ts';

/** How a request is signed, up to the point where the key comes in. */
export function SignatureSteps({ signature }: { signature: ShownSignature }) {
  const [date = '', service = ''] = signature.CredentialScope.split('/');
  return (
    <>
      <p class="small">{tell('signatureHint')}</p>
      <Bytes title={tell('step1')} text={signature.CanonicalRequest} />
      <Bytes title={tell('step2')} text={signature.HashedCanonicalRequest} />
      <Bytes title={tell('step3')} text={signature.StringToSign} />
      <Bytes title={tell('step4')} text={derivation(date, service)} />
      <Bytes title={tell('step5')} text={signature.Authorization} />
    </>
  );
}

/** As the specification writes it. */
const derivation = (
  date: string,
  service: string,
) => `SecretDate    = HMAC-SHA256("TC3" + <SecretKey>, "${date}")
SecretService = HMAC-SHA256(SecretDate, "${service}")
SecretSigning = HMAC-SHA256(SecretService, "tc3_request")
Signature     = HexEncode(HMAC-SHA256(SecretSigning, StringToSign))`;
