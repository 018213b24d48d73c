/** What a problem document (RFC 9457) says, in a few words; the beginning of the text where it is none. */
export function problemText(body: string): string {
  const document = parse(body);
  if (document === undefined) return body.slice(0, 80);
  const { code, detail, title } = document;
  const words = [code, detail ?? title].filter((word) => typeof word === 'string');
  return words.length > 0 ? words.join(': ') : body.slice(0, 80);
}

function parse(body: string): Partial<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(body);
    // Every member is looked at before it is used.
    return typeof document === 'object' && document !== null
      ? (document as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
