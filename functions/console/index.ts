import { join } from 'node:path';
import { httpHandler } from '../../shared/runtime/http/http-handler.ts';
import { readPageFiles } from './page-files.ts';
import { serve } from './serve.ts';

/** The pages for people who work with codes. They call the other functions with the key of whoever has signed in. */
export const main_handler = httpHandler({
  name: 'console',
  needs: ['CORS_ORIGINS', 'FUNCTION_URLS'],
  // The bundle is CommonJS; what the build puts beside it is read once.
  open: () => readPageFiles(join(__dirname, 'page')),
  methods: ['GET', 'HEAD'],
  handle: async ({ request, config, open }) => serve(request, await open(), config.FUNCTION_URLS),
});
