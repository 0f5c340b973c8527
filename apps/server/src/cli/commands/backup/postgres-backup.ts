import { CliError } from '../../output/print.ts'

/** Throws, with the command that backs up a store in PostgreSQL: a script must not mistake it for a backup. */
export async function explainPostgresBackup(databaseUrl: string, file: string): Promise<never> {
  const url = await withoutPassword(databaseUrl)
  throw new CliError(
    `The store is in PostgreSQL, so nothing was written. Back it up with its own tools:
  pg_dump --format=custom --no-owner --file=${quote(file)} ${quote(url)}
It asks for the password, or reads it from PGPASSWORD or ~/.pgpass. The dump does not contain the master key: keep a copy of
master.key (or of STAGEDOOR_MASTER_KEY) somewhere else`,
  )
}

export async function explainPostgresRestore(databaseUrl: string, file: string): Promise<never> {
  const url = await withoutPassword(databaseUrl)
  throw new CliError(
    `The store is in PostgreSQL, so nothing was changed. Stop every platform that uses it, and restore it with its own tools:
  pg_restore --clean --if-exists --no-owner --single-transaction --dbname=${quote(url)} ${quote(file)}
It asks for the password, or reads it from PGPASSWORD or ~/.pgpass. The platform needs the master key that was in use at the time of
the backup. Changes made after the backup are lost: repeat any revocations since then`,
  )
}

async function withoutPassword(databaseUrl: string): Promise<string> {
  // Loaded here, so that other commands do not load a driver that they do not use.
  const { readDatabaseUrl } = await import('../../../store/postgres/url.ts')
  const { user, host, port, database } = readDatabaseUrl(databaseUrl)
  const inUrl = host.startsWith('/') ? encodeURIComponent(host) : host.includes(':') ? `[${host}]` : host
  return `postgresql://${user === '' ? '' : `${encodeURIComponent(user)}@`}${inUrl}:${port}/${encodeURIComponent(database)}`
}

function quote(text: string): string {
  return /^[\w./:@%[\]=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
