import { median } from '../measure.ts';

/**
 * Draws so many times, and prints milliseconds: from the start of the process until the first is there, with all that had
 * to be loaded, and the median of those that follow.
 */
export async function drawOften(draw: () => Promise<unknown>): Promise<void> {
  await draw();
  const firstMs = performance.now();
  const laterMs: number[] = [];
  while (laterMs.length < Number(process.argv[2])) {
    const beforeMs = performance.now();
    await draw();
    laterMs.push(performance.now() - beforeMs);
  }
  console.log(JSON.stringify({ firstMs, laterMs: median(laterMs) }));
}
