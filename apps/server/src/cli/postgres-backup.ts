import { CliError } from './output.ts'

/** Says how a store in PostgreSQL is backed up. It fails, so that no script takes it for a backup. */
export async function explainPostgresBackup(databaseUrl: string, file: string): Promise<never> {
  const url = await withoutPassword(databaseUrl)
  throw new CliError(
    `The store is in PostgreSQL, whose own tools back it up. Nothing was written. Run:
  pg_dump --format=custom --no-owner --file=${quote(file)} ${quote(url)}
It asks for the password, or reads it from PGPASSWORD or ~/.pgpass. The master key is not in it: keep a copy of master.key (or of
STAGEDOOR_MASTER_KEY) elsewhere`,
  )
}

export async function explainPostgresRestore(databaseUrl: string, file: string): Promise<never> {
  const url = await withoutPassword(databaseUrl)
  throw new CliError(
    `The store is in PostgreSQL, whose own tools restore it. Nothing was changed. Stop every platform on it, and run:
  pg_restore --clean --if-exists --no-owner --single-transaction --dbname=${quote(url)} ${quote(file)}
It asks for the password, or reads it from PGPASSWORD or ~/.pgpass. The platform needs the master key that the backup was made under.
Changes since the backup was made are not in it: revoke again what was revoked since`,
  )
}

async function withoutPassword(databaseUrl: string): Promise<string> {
  // Loaded here, so that the other commands need not wait for a driver that they do not use.
  const { readDatabaseUrl } = await import('../store/postgres-url.ts')
  const { user, host, port, database } = readDatabaseUrl(databaseUrl)
  const inUrl = host.startsWith('/') ? encodeURIComponent(host) : host.includes(':') ? `[${host}]` : host
  return `postgresql://${user === '' ? '' : `${encodeURIComponent(user)}@`}${inUrl}:${port}/${encodeURIComponent(database)}`
}

function quote(text: string): string {
  return /^[\w./:@%[\]=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
