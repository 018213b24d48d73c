/** Run by the build: what the first `npm start` would have to wait for. */
import { seed } from './seed.ts';

await seed();
