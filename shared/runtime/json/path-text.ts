/** Longer names of members are cut: they are the caller's own words and may be of any length. Characters. */
const maxNameLength = 64;

/** A place in a JSON document as people write it: `Restrictions[1].Mobile`, `["odd name"][0]`, empty for the whole. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: PropertyKey): string {
  if (typeof step === 'number') return `[${step}]`;
  const whole = String(step);
  const name = whole.length > maxNameLength ? `${whole.slice(0, maxNameLength)}…` : whole;
  return /^[\p{L}_$][\p{L}\p{N}_$…-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
