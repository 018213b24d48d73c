/**
 * What a deployment writes down in the cloud, so that the next one knows what is there.
 *
 * Only letters, digits, blanks, commas and full stops: the API documents no other characters for a description.
 * Tags cannot carry it, since the SCF API sets them at creation alone; an environment variable would be seen by
 * the function.
 */

/** In the description of a function. */
export interface CodeMark {
  /** SHA-256 of the zip that was uploaded. */
  sha256: string;
  /** What the platform said of the code afterwards: if it says something else, the code was changed by hand. */
  size: number | undefined;
  /** Written down before the upload and still there: what the function has may be this code or the one before. */
  isUploading: boolean;
}

export const uploaded = (sha256: string, size?: number): CodeMark => ({ sha256, size, isUploading: false });

const codeMark = /(?:^| )qianma (code|uploading) ([\da-f]{64})(?: of size (\d+))?\.$/;

export function describeFunction(text: string, { sha256, size, isUploading }: CodeMark): string {
  const mark = isUploading ? `uploading ${sha256}` : `code ${sha256}`;
  return `${text}${text === '' ? '' : ' '}qianma ${mark}${size === undefined ? '' : ` of size ${size}`}.`;
}

export function readCodeMark(description: string): CodeMark | undefined {
  const [, kind, sha256, size] = codeMark.exec(description) ?? [];
  if (sha256 === undefined) return undefined;
  const isUploading = kind === 'uploading';
  return { sha256, size: size === undefined ? undefined : Number(size), isUploading };
}

/** In the description of a version. */
export interface ReleaseMark {
  /** Of this function: its code and configuration, hashed. */
  release: string;
  /** Number of the deployment, which may have released all functions or one. */
  deployment: number;
  /** The releases of all its functions, hashed: an interrupted deployment is recognised by it. */
  deploymentHash: string;
}

const releaseMark = /^qianma release ([\da-f]{32}) of deployment (\d{1,9}) ([\da-f]{32})\.$/;

export const describeVersion = ({ release, deployment, deploymentHash }: ReleaseMark) =>
  `qianma release ${release} of deployment ${deployment} ${deploymentHash}.`;

export function readReleaseMark(description: string): ReleaseMark | undefined {
  const [, release, deployment, deploymentHash] = releaseMark.exec(description) ?? [];
  if (release === undefined || deployment === undefined || deploymentHash === undefined) return undefined;
  return { release, deployment: Number(deployment), deploymentHash };
}
