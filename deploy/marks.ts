/**
 * What a deployment writes down in the cloud, so that the next one knows what is there without asking anybody.
 *
 * Only letters, digits, blanks, commas and full stops: the API documents no other characters for a description.
 * Tags cannot carry it, since the SCF API sets them at creation alone; an environment variable would be seen by
 * the function.
 */

/** In the description of a function. */
export interface CodeMark {
  /** SHA-256 of the zip that was uploaded. */
  sha256: string;
  /** What the platform said of the code afterwards: when it says something else, somebody changed the code by hand. */
  size: number | undefined;
}

const codeMark = /(?:^| )qianma code ([\da-f]{64})(?: of size (\d+))?\.$/;

export function describeFunction(text: string, { sha256, size }: CodeMark): string {
  return `${text}${text === '' ? '' : ' '}qianma code ${sha256}${size === undefined ? '' : ` of size ${size}`}.`;
}

export function readCodeMark(description: string): CodeMark | undefined {
  const [, sha256, size] = codeMark.exec(description) ?? [];
  return sha256 === undefined ? undefined : { sha256, size: size === undefined ? undefined : Number(size) };
}

/** In the description of a version. */
export interface ReleaseMark {
  /** Of this function: its code and configuration, hashed. */
  release: string;
  /** What was deployed together, which may be all functions or one: how many deployments there have been, */
  deployment: number;
  /** and the releases of all functions, hashed, by which an interrupted one is known again. */
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
