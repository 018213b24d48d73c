import { errorCodes } from '../../../shared/essbasic/error-codes.ts';
import { refusing } from '../../cloud-api/outcome.ts';

/** A refusal in the words that the contract has for the code, with what exactly is wrong behind a colon. */
export const refusal = refusing(errorCodes);
