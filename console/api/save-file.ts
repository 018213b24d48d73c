import { language } from '../state/preferences.ts';
import { apiKey } from '../state/session.ts';
import type { TextKey } from '../texts/dictionary.ts';
import { currentStep, recordCall } from './call-record.ts';
import { functionUrl } from './function-url.ts';
import { CallProblem } from './problem.ts';

/**
 * Fetches a file from a function that answers `GET`, with the key in its header as every call, and hands it to the
 * browser to be saved.
 *
 * @throws CallProblem
 */
export async function saveFile(
  name: string,
  query: Readonly<Record<string, string>>,
  { step, fileName }: { step: TextKey; fileName: string },
): Promise<void> {
  const startedMs = performance.now();
  const about = { step, stepNumber: currentStep(), atMs: Date.now(), method: 'GET', action: name };
  const took = () => ({ durationMs: Math.round(performance.now() - startedMs) });
  let response: Response;
  try {
    response = await fetch(`${functionUrl(name)}?${new URLSearchParams(query)}`, {
      headers: {
        'Accept-Language': language.peek() === 'zh' ? 'zh-CN' : 'en',
        Authorization: `Bearer ${apiKey.peek() ?? ''}`,
      },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  } catch (cause) {
    recordCall({ ...about, problem: 'NoAnswer', ...took() });
    throw new CallProblem(undefined, {}, { cause });
  }
  const { status } = response;
  const requestId = response.headers.get('x-request-id') ?? '';
  if (!response.ok) {
    const document: unknown = await response.json().catch(() => ({}));
    const problem = new CallProblem(status, document as Record<string, unknown>); // an object, or nothing is found in it
    recordCall({ ...about, status, requestId, problem: problem.code, ...took() });
    throw problem;
  }
  const file = await response.blob();
  recordCall({ ...about, status, requestId, ...took() });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = fileName;
  link.click();
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
