import { refusing } from '../../../cloud-api/outcome.ts';
import { scfErrorCodes } from '../error-codes.ts';

/** A refusal in the words of the code, with what exactly is wrong behind a colon. */
export const refuse = refusing(scfErrorCodes);
