import { statementName, statementText, type WireMessage } from './wire-messages.ts';

/** One connection, and what it would have in a session of its own. */
export interface Client {
  write(data: Buffer): void;
  /** Closes the connection, after a last message. */
  end(last: Buffer): void;
  /** Names and values that hold in its session, beside the defaults. */
  settings: ReadonlyMap<string, string>;
  /** Settings that it may have changed since they were looked at; `any`: it has not said which. */
  touched: Set<string> | 'any';
  /** The messages that made its prepared statements, by their names. */
  readonly statements: Map<string, Buffer>;
}

/** Neither are settings: who comes and where to. */
const noSettings = ['user', 'database', 'replication', 'options'];

/** The settings that a connection begins with, from the parameters of its start. */
export function firstSettings(parameters: ReadonlyMap<string, string>): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [name, value] of [...parameters, ...readOptions(parameters.get('options') ?? '')]) {
    if (!noSettings.includes(name) && !name.startsWith('_pq_.')) settings.set(name, value);
  }
  return settings;
}

/** `-c name=value`, `-cname=value` and `--name=value`, in which a backslash keeps what follows it. */
function readOptions(options: string): [string, string][] {
  const words = options.match(/(?:\\.|\S)+/g) ?? [];
  return words
    .join(' ')
    .split(/(?:^| )-(?:c ?|-)/)
    .map((one) => one.trim().replace(/\\(.)/g, '$1'))
    .filter((one) => one.includes('='))
    .map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]);
}

/** Remembers what a message does to the session of its client. */
export function noteEffects(client: Client, message: WireMessage): void {
  const named = settingsIn(statementText(message), message.type === 'Q');
  if (named === 'any') client.touched = 'any';
  else if (client.touched !== 'any') for (const name of named) client.touched.add(name);
  const name = statementName(message);
  if (name === '') return;
  // One that is there already is refused.
  if (message.type === 'P' && !client.statements.has(name)) client.statements.set(name, message.bytes);
  if (message.type === 'C') client.statements.delete(name);
}

const setting = /set_config\s*\(\s*'([a-z_.]+)'/gi;

/** The settings that a statement may change: to look at all there are costs more than most statements. */
function settingsIn(text: string, mayBeSeveral: boolean): Iterable<string> | 'any' {
  const command = mayBeSeveral ? /\b(re)?set\b|\bdiscard\b/i : /^\s*((re)?set|discard)\b/i;
  if (command.test(text)) return 'any';
  const named = [...text.matchAll(setting)].map(([, name = '']) => name.toLowerCase());
  return named.length === (text.match(/set_config/gi) ?? []).length ? named : 'any';
}
