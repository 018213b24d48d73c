import * as z from 'zod/mini';
import { Opaque } from './structs.ts';

const text = z.optional(z.string());

/** Every way to say where code is, as the SDK has them. */
const members = {
  ZipFile: text,
  CosBucketName: text,
  CosObjectName: text,
  CosBucketRegion: text,
};

export const Code = z.strictObject({
  ...members,
  DemoId: text,
  TempCosObjectName: text,
  GitUrl: text,
  GitUserName: text,
  GitPassword: text,
  GitPasswordSecret: text,
  GitUserNameSecret: text,
  GitBranch: text,
  GitDirectory: text,
  GitCommitId: text,
  ImageConfig: z.optional(Opaque),
});
export type CodeMembers = z.infer<typeof Code>;

/** The older form, in which the members stand in the request itself. */
export const flatCodeMembers = members;
