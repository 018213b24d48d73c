import type { Text } from '../../text.ts';
import type { Database } from './database.ts';

/** Something that a database, or what its user may do, is not as it has to be. */
export interface Misfit {
  text: Text;
  /** The statement that mends it. */
  statement: string;
}

/** Is every text kept that people write? @throws what the query throws */
export async function wrongEncoding(db: Database): Promise<Misfit | undefined> {
  const { rows } = await db.query<{ server: string; client: string; create: string; alter: string }>(
    `select current_setting('server_encoding') as server, current_setting('client_encoding') as client,
       format('create database %I encoding ''UTF8'' locale ''C'' template template0', current_database() || '_utf8') as create,
       format('alter role %I set client_encoding = ''UTF8''', current_user) as alter`,
    [],
  );
  const { server, client, create, alter } = rows[0] ?? { server: '', client: '', create: '', alter: '' };
  if (server !== 'UTF8') {
    const text = {
      en: `The database is encoded in ${server}, which cannot hold Chinese: it has to be UTF8`,
      zh: `数据库编码为 ${server}，无法保存中文：须为 UTF8`,
    };
    return { text, statement: create };
  }
  if (client === 'UTF8') return undefined;
  const text = {
    en: `The user of DATABASE_URL is set to talk ${client} with the database: it has to be UTF8`,
    zh: `DATABASE_URL 的用户与数据库之间的编码设为 ${client}：须为 UTF8`,
  };
  return { text, statement: alter };
}

interface Rights {
  database: string;
  user: string;
  /** The first of `search_path` that exists and may be looked into. */
  schema: string | null;
  mayCreate: boolean;
  /** Of the tables that are there. */
  owner: string | null;
  ownsTables: boolean;
  alterDatabase: string;
  grantCreate: string;
  openPublic: string;
  reassign: string;
}

/** What keeps the user from changing the tables. @throws what the query throws */
export async function missingRight(db: Database): Promise<Misfit | undefined> {
  const { rows } = await db.query<Rights>(
    `select current_database() as database, current_user as user, schema, owner,
       coalesce(has_schema_privilege(schema, 'create'), false) as "mayCreate",
       owner is null or pg_has_role(owner, 'usage') as "ownsTables",
       format('alter database %I owner to %I', current_database(), current_user) as "alterDatabase",
       format('grant usage, create on schema %I to %I', coalesce(schema, 'public'), current_user) as "grantCreate",
       format('create schema if not exists public; grant usage, create on schema public to %I', current_user) as "openPublic",
       format('reassign owned by %I to %I', coalesce(owner, current_user), current_user) as reassign
     from (select current_schema()::text as schema, (select pg_get_userbyid(relowner)::text from pg_class
       where oid = to_regclass('schema_migrations')) as owner) as found`,
    [],
  );
  const [rights] = rows;
  if (rights === undefined) return undefined;
  const { user, schema, owner } = rights;
  if (schema === null) {
    return {
      text: {
        en: `${user} may look into no schema of its search_path`,
        zh: `${user} 无权使用其 search_path 中的任何模式`,
      },
      statement: rights.openPublic,
    };
  }
  if (!rights.mayCreate) {
    return {
      text: {
        en: `${user} may not create tables in schema ${schema}`,
        zh: `${user} 无权在模式 ${schema} 中建表`,
      },
      // Since PostgreSQL 15, public is its database's owner's.
      statement: schema === 'public' ? rights.alterDatabase : rights.grantCreate,
    };
  }
  if (rights.ownsTables) return undefined;
  return {
    text: {
      en: `${user} may not change the tables, which belong to ${owner}`,
      zh: `${user} 无权更改属于 ${owner} 的表`,
    },
    statement: rights.reassign,
  };
}

/** What keeps the user from working with the rows of the tables that are there. @throws what the query throws */
export async function missingTableRight(db: Database): Promise<Misfit | undefined> {
  const { rows } = await db.query<{ user: string; tables: string | null; statement: string }>(
    `select current_user as user, string_agg(relname, ', ' order by relname) as tables,
       format('grant select, insert, update, delete on all tables in schema %I to %I', coalesce(current_schema(), 'public'), current_user) as statement
     from pg_class as found
     where relkind in ('r', 'p') and relnamespace = (select oid from pg_namespace where nspname = current_schema())
       and relowner = (select relowner from pg_class where oid = to_regclass('schema_migrations'))
       -- Partitions that are made by themselves are reached through the table that they are of.
       and not (relispartition and relname ~ '_[0-9]+$')
       and exists (select from unnest(array['select', 'insert', 'update', 'delete']) as needed
         where not has_table_privilege(found.oid, needed))`,
    [],
  );
  const { user = '', tables = null, statement = '' } = rows[0] ?? {};
  if (tables === null) return undefined;
  return {
    text: {
      en: `${user} may not read and change all rows of ${tables}`,
      zh: `${user} 无权读写以下表的全部行：${tables}`,
    },
    statement,
  };
}
