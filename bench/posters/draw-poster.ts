/** A poster of A4 as PDF. From the root of the repository, where its typeface is. */
import { readFileSync } from 'node:fs';
import { openFont } from '../../shared/poster/font.ts';
import { makePosters } from '../../shared/poster/make-posters.ts';
import { papers } from '../../shared/poster/paper.ts';
import { samplePoster } from '../../shared/poster/testing/sample-poster.ts';
import { drawOften } from './draw-often.ts';

const font = openFont(readFileSync('shared/poster/font/noto-sans-sc-500.ttf'));
const wanted = { paper: papers.A4, format: 'pdf', zip: false, mostBytes: 4_000_000, nowMs: 0 } as const;
await drawOften(() => makePosters([samplePoster()], wanted, font));
