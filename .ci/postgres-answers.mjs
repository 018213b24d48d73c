/** Exit status 0 when the server of DATABASE_URL answers a query within two seconds. */
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2000 });
client.on('error', () => {});
try {
  await client.connect();
  const { rows } = await client.query('select version()');
  console.log(rows[0].version);
  await client.end();
} catch {
  process.exitCode = 1;
}
