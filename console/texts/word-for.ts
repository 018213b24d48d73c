import { dictionary } from './dictionary.ts';
import { say } from './say.ts';

/** The word for something that functions name, else the name: functions of another version may know more. */
export function wordFor(key: string, name: string): string {
  return isKey(key) ? say(key) : name;
}

const isKey = (key: string): key is keyof typeof dictionary => Object.hasOwn(dictionary, key);
