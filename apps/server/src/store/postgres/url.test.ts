import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StoreDownError } from '../../store-down.ts'
import { temporaryFolder } from '../store.fixture.ts'
import { readDatabaseUrl } from './url.ts'

function refusalOf(url: string): string {
  try {
    readDatabaseUrl(url)
  } catch (error) {
    expect(error).toBeInstanceOf(StoreDownError)
    return (error as Error).message
  }
  throw new Error('It was taken')
}

describe('the URL of a PostgreSQL database', () => {
  it('contains the user and the location, with default ports and names', () => {
    const expected = { user: 'app', host: 'db.example', port: 5432, database: 'shop' }
    expect(readDatabaseUrl('postgresql://app:secret@db.example:5432/shop')).toMatchObject(expected)
    expect(readDatabaseUrl('postgres://app:s%40%2F%23%3F%25@db.example/shop')).toMatchObject(expected)
    expect(readDatabaseUrl('postgresql://app@db.example')).toMatchObject({ ...expected, database: 'app' })
    const socket = readDatabaseUrl('postgresql://app:secret@/shop?host=/run/postgresql')
    expect(socket).toMatchObject({ host: '/run/postgresql', database: 'shop' })
  })

  it.each(['@', '/', '?', '#', '@@', '/@', '#@/', '?@', '/x?', '%'])(
    'is refused, without revealing the password, if that contains %s unencoded',
    (sign) => {
      for (const password of [`TOP${sign}HIDDEN`, `${sign}TOPHIDDEN`, `TOPHIDDEN${sign}`]) {
        const refusal = refusalOf(`postgresql://app:${password}@db.example:5432/shop`)
        expect(refusal).toContain('must look like postgresql://')
        expect(refusal).toContain('Percent-encode')
        expect(refusal).not.toMatch(/TOP|HIDDEN|app|shop/)
      }
    },
  )

  it.each([
    '',
    'mysql://a:hidden@h/x',
    'postgresql',
    'postgresql://a:hidden@h:port/x',
    'postgresql://h/x?password=a@hidden',
  ])('is refused where it is %j', (url) => {
    const refusal = refusalOf(url)
    expect(refusal).toContain('must look like postgresql://')
    expect(refusal).not.toContain('hidden')
  })

  it('is refused with a list of the TLS modes if it has an unknown one', () => {
    expect(refusalOf('postgresql://a:hidden@h/x?sslmode=verify_full')).toBe(
      'STAGEDOOR_DATABASE_URL: sslmode must be one of disable, prefer, require, verify-ca, verify-full, no-verify.',
    )
  })

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])('verifies certificates fully for sslmode=%s', (mode) => {
    const { connectionString } = readDatabaseUrl(`postgresql://a:b@h/x?application_name=y&sslmode=${mode}&z=1`)
    expect(connectionString).toBe('postgresql://a:b@h/x?application_name=y&sslmode=verify-full&z=1')
  })

  it.each(['sslrootcert', 'sslcert', 'sslkey'])('is refused with the name of a missing %s file', (name) => {
    const refusal = refusalOf(`postgresql://a:hidden@h/x?${name}=/no/such.pem`)
    expect(refusal).toContain(`${name} names a file that cannot be read: /no/such.pem (ENOENT)`)
    expect(refusal).not.toContain('hidden')
  })

  it('accepts an existing file, and refuses a folder', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ca.pem'), 'PEM')
    expect(readDatabaseUrl(`postgresql://a@h/x?sslrootcert=${folder}/ca.pem`).host).toBe('h')
    expect(refusalOf(`postgresql://a@h/x?sslrootcert=${folder}`)).toContain('(EISDIR)')
  })
})
