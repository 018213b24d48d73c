import { resolve } from 'node:path';
import { bareEnvironment, runNode } from '../../bench/child.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';

const rounds = 9;
const times = 100;

interface Drawn {
  firstMs: number;
  laterMs: number;
}

/**
 * What a poster of A4 takes as PDF, against pdfkit drawing one empty page. The usual poster is the first of an instance:
 * both are timed from the start of a process. Those that follow in the same process are told apart.
 */
export default async function bench(): Promise<BenchResult[]> {
  const run = async (program: string): Promise<Drawn> => {
    const args = [resolve(`dist/bench/posters/${program}.mjs`), String(times)];
    return JSON.parse((await runNode(args, bareEnvironment())).output);
  };
  const took: { poster: Drawn; empty: Drawn }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    took.push({ poster: await run('draw-poster'), empty: await run('draw-empty-page') });
  }
  const result = (name: string, member: keyof Drawn, where: string): BenchResult => {
    const floorMs = median(took.map(({ empty }) => empty[member]));
    return {
      name,
      ratio: median(took.map(({ poster, empty }) => poster[member] / empty[member])),
      against: `pdfkit drawing one empty page ${where} (${floorMs.toFixed(1)} ms)`,
      value: Math.round(median(took.map(({ poster }) => poster[member]))),
      unit: 'ms',
    };
  };
  return [
    result('poster/pdf-vs-baseline', 'firstMs', 'from the start of a process'),
    result('poster/pdf-next', 'laterMs', 'again in that process'),
  ];
}
