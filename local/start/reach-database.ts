import { once } from 'node:events';
import { connect } from 'node:net';
import { Failure } from '../../shared/errors.ts';

/** A server that is there takes a connection at once; one behind a firewall never answers. */
const patienceMs = 5_000;

/**
 * Sees that something listens where a database of the user's own should be. Functions wait for a database that is away
 * for as long as they may, and say nothing meanwhile; who has just mistyped a port is told at once.
 *
 * @throws {Failure} `Misconfigured`, without a part of the address but host and port
 */
export async function reachDatabase(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  // Of a socket in the file system there is no host.
  if (host === '' || host.startsWith('%2F')) return;
  const socket = connect({ host, port: Number(port || 5432) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(patienceMs) });
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'AbortError';
    const code = isLate ? 'ETIMEDOUT' : cause instanceof Error && 'code' in cause ? cause.code : 'unknown';
    const where = `${hostname}:${port || 5432}`;
    throw new Failure('Misconfigured', {
      detail: {
        zh: `无法连接 DATABASE_URL 所指的数据库（${where}，${code}）：请启动它或更正地址；不设 DATABASE_URL 则使用内嵌数据库`,
        en: `the database of DATABASE_URL cannot be reached (${where}, ${code}): start it or correct the address; without DATABASE_URL one is embedded`,
      },
      cause,
    });
  } finally {
    socket.destroy();
  }
}
