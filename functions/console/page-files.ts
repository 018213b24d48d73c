import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of the console as it is answered. */
export interface PageFile {
  contentType: string;
  body: string;
  /** Strong: of the bytes. */
  etag: string;
}

/** What the build has put beside the function. */
export interface PageFiles {
  /** The page, with a place for the address of its files and one for those of the functions. */
  template: string;
  /** Each script and style has a name for its content: what it names is never another. Beside them, the API's contract. */
  assets: ReadonlyMap<string, PageFile>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/** Reads the page and its files. @throws what the file system throws where they have not been built */
export function readPageFiles(folder: string): PageFiles {
  const assets = readdirSync(folder).flatMap((name): [string, PageFile][] => {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) return [];
    return [[name, pageFile(readFileSync(join(folder, name), 'utf8'), contentType)]];
  });
  return { template: readFileSync(join(folder, 'index.html'), 'utf8'), assets: new Map(assets) };
}

export function pageFile(body: string, contentType: string): PageFile {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { contentType, body, etag };
}
