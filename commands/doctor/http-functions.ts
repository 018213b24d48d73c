import { readServiceFile } from '../../shared/scf/service-file.ts';

/** Names of the functions that a service description gives a URL. */
export function httpFunctionsOf(serviceFile: string): string[] {
  return readServiceFile(serviceFile)
    .filter(({ triggers }) => triggers.some(({ type }) => type === 'http'))
    .map(({ name }) => name);
}
