/** `If-Match` and `ETag` as the HTTP form of `Version` (RFC 9110 §13.1.1), for actions that change what has one. */
import { Failure } from '../../errors.ts';
import type { Text } from '../../text.ts';

type Members = Readonly<Record<string, unknown>>;

/** What an action does with `If-Match`. */
export interface VersionCondition {
  /**
   * The body with the version that the header names.
   *
   * @throws Failure `InvalidRequest` where the header names none, or the body another
   */
  complete(body: Members, ifMatch: string): Members;
  /** What a caller with `If-Match` is told instead: that another version is there now is 412 to them. */
  refusal(thrown: unknown): unknown;
}

const texts = {
  form: {
    zh: '应为一个 ETag，即带双引号的版本号，如 "3"',
    en: 'must be one ETag, a version in double quotes, for example "3"',
  },
  contradiction: {
    zh: '与请求体中的 Version 不一致',
    en: 'names another version than the member Version',
  },
} as const satisfies Record<string, Text>;

export const versionCondition: VersionCondition = {
  complete(body, ifMatch) {
    const version = /^"(\d{1,10})"$/.exec(ifMatch)?.[1];
    if (version === undefined) throw refuse(texts.form);
    const { Version = Number(version) } = body;
    if (Version !== Number(version)) throw refuse(texts.contradiction);
    return { ...body, Version };
  },
  refusal(thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'VersionConflict') return thrown;
    const { detail, members } = thrown;
    return new Failure('PreconditionFailed', {
      members,
      cause: thrown,
      ...(typeof detail === 'object' && { detail }),
    });
  },
};

function refuse(message: Text): Failure {
  return new Failure('InvalidRequest', { problems: [{ path: 'If-Match', message }] });
}

/** The version of what a list of an answer holds, where that is one thing. */
export function versionOfOne(list: string): (members: object) => unknown {
  return (members) => {
    const items: unknown = Reflect.get(members, list);
    const one: unknown = Array.isArray(items) && items.length === 1 ? items[0] : undefined;
    return typeof one === 'object' && one !== null ? Reflect.get(one, 'Version') : undefined;
  };
}
