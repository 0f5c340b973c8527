import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken, inspectToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApiKey } from '../../../apps/server/src/api-key/keys.ts'
import { openStore } from '../../../apps/server/src/store/open.ts'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'
import { stagedoorOnTerminal } from '../fixtures/terminal.fixture.ts'

const PASSPHRASE = 'correct horse battery'
// What others have written before the backup begins.
const EARLIER_KEYS = 50

const mint = ({ apiKey, secret }: Made, user: string) =>
  new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: user }).toJwt()

async function answerTo({ url }: RunningPlatform, { apiKey }: Made, user: string, token: string): Promise<string> {
  const { client, answer } = await register(url, apiKey, user, token)
  client.socket.terminate()
  return answer.type === 'refused' ? answer.code : answer.type
}

describe('stagedoor backup and restore', () => {
  const source = makeFolder()
  const elsewhere = makeFolder()
  const target = join(elsewhere.path, 'restored')
  const file = join(elsewhere.path, 'backup.db')
  let made: Made
  let platform: RunningPlatform
  let token: string
  let revoked: string
  const environment = { STAGEDOOR_BACKUP_PASSPHRASE: PASSPHRASE }

  beforeAll(async () => {
    made = await stagedoorJson<Made>(['key', 'create'], source.path)
    platform = await startPlatform(source.path)
    token = mint(made, 'alice')
    revoked = mint(made, 'bob')
    const inspection = inspectToken(revoked)
    const jti = inspection.ok ? String(inspection.payload.jti) : ''
    await stagedoorJson(['revoke', 'token', made.apiKey, jti], source.path)
    expect(await answerTo(platform, made, 'alice', token)).toBe('registered')
    // Known a tenth of a second later on a quiet machine.
    await vi.waitFor(async () => expect(await answerTo(platform, made, 'bob', revoked)).toBe('token_revoked'), 10_000)
  })
  afterAll(async () => {
    await platform?.stop()
    source.remove()
    elsewhere.remove()
  })

  it('keeps every acknowledged change, taken while the platform runs and others write', {
    timeout: 180_000,
  }, async () => {
    const opened = await openStore({ dataFolder: source.path })
    const context = { ...opened, now: () => Date.now() / 1000 }
    const acknowledged: Made[] = []
    const write = async () => {
      const { secret } = await createApiKey(context, { name: 'Shop' })
      acknowledged.push(secret)
      // The driver answers at once; let others have their turn.
      await sleep(5)
    }
    while (acknowledged.length < EARLIER_KEYS) await write()
    const before = acknowledged.length

    let isOver = false
    let attempts = 0
    const writing = (async () => {
      while (!isOver) await write()
    })()
    const registering = (async () => {
      for (; !isOver; attempts++)
        expect(await answerTo(platform, made, 'alice', mint(made, 'alice'))).toBe('registered')
    })()
    const args = ['backup', file, '--with-master-key', '--data', source.path, '--json']
    const backup = await stagedoor(args, '', environment)
    isOver = true
    await Promise.all([writing, registering])
    await opened.store.close()

    expect([backup.status, backup.stderr]).toEqual([0, ''])
    const after = acknowledged.length
    process.stdout.write(`during the backup: ${after - before} changes, ${attempts} registrations\n`)
    expect(after - before).toBeGreaterThan(5)
    for (const each of [file, `${file}.master-key`]) expect(statSync(each).mode & 0o777).toBe(0o600)
    expect(readdirSync(elsewhere.path).toSorted()).toEqual(['backup.db', 'backup.db.master-key'])
    const key = readFileSync(join(source.path, 'master.key'), 'utf8').trim()
    expect(readFileSync(file).includes(key)).toBe(false)
    expect(readFileSync(`${file}.master-key`, 'utf8')).not.toContain(key)

    const restored = await stagedoor(['restore', file, '--with-master-key', '--data', target], '', environment)
    expect([restored.status, restored.stderr]).toEqual([0, ''])
    expect(restored.stdout).toContain('repeat any revocations since then')
    const second = await startPlatform(target)
    expect(await answerTo(second, made, 'alice', token)).toBe('registered')
    expect(await answerTo(second, made, 'bob', revoked)).toBe('token_revoked')
    const last = acknowledged[before - 1] as Made
    expect(await answerTo(second, last, 'carol', mint(last, 'carol'))).toBe('registered')
    await second.stop()
  })

  it('refuses to restore where a server runs, and where a store is', async () => {
    const running = await stagedoor(['restore', file, '--force', '--yes', '--data', source.path])
    expect([running.status, running.stdout]).toEqual([2, ''])
    expect(running.stderr).toMatch(/^stagedoor: A server runs on \S+\. Stop it first, or choose another --data\n$/)
    const taken = await stagedoor(['restore', file, '--data', target])
    expect([taken.status, taken.stderr]).toEqual([2, expect.stringContaining('is not empty')])
    const wrong = await stagedoor(
      ['restore', file, '--force', '--yes', '--with-master-key', '--data', target],
      'not the passphrase it was\n',
    )
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('The passphrase does not decrypt')])
    const again = await stagedoor(['backup', file, '--data', source.path])
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('--force')])
    const unsure = await stagedoor(['restore', file, '--force', '--data', target])
    expect([unsure.status, unsure.stderr]).toEqual([2, expect.stringContaining('To confirm, add --yes')])
    const forced = await stagedoor(['restore', file, '--force', '--yes', '--data', target, '--json'])
    expect(JSON.parse(forced.stdout)).toMatchObject({
      masterKey: 'data folder',
      aside: expect.stringContaining(target),
    })
  })

  it('asks for the passphrase twice on a terminal, and does not show it', async () => {
    const asked = join(elsewhere.path, 'asked.db')
    const backup = ['backup', asked, '--with-master-key', '--data', source.path]
    const typed = 'correct horse battery staple'
    const [first, second] = [
      ['Passphrase: ', `${typed}\r`],
      ['Repeat the passphrase: ', `${typed}\r`],
    ] as const
    const mistyped = await stagedoorOnTerminal(backup, [first, ['Repeat the passphrase: ', 'something else\r']])
    expect([mistyped.status, mistyped.shown]).toEqual([2, expect.stringContaining('The passphrases do not match')])
    const cancelled = await stagedoorOnTerminal(backup, [['Passphrase: ', '\u0003']])
    expect([cancelled.status, cancelled.shown]).toEqual([2, expect.stringContaining('No passphrase was given')])
    const made = await stagedoorOnTerminal(backup, [first, second])
    expect(made.status).toBe(0)
    for (const { shown } of [mistyped, cancelled, made]) expect(shown).not.toContain('horse')
    const data = join(elsewhere.path, 'asked')
    const restored = await stagedoor(['restore', asked, '--with-master-key', '--data', data], `${typed}\n`)
    expect([restored.status, restored.stderr]).toEqual([0, ''])
  })

  it('explains pg_dump and pg_restore for PostgreSQL, without the password', async () => {
    const STAGEDOOR_DATABASE_URL = 'postgresql://app:TOP%40HIDDEN@db.example:5433/shop?sslmode=require'
    const names = { STAGEDOOR_DATABASE_URL }
    const backup = await stagedoor(['backup', '/backup/a b.dump'], '', names)
    expect([backup.status, backup.stdout]).toEqual([2, ''])
    expect(backup.stderr).toContain(
      "pg_dump --format=custom --no-owner --file='/backup/a b.dump' postgresql://app@db.example:5433/shop",
    )
    const restore = await stagedoor(['restore', '/backup/a.dump'], '', names)
    expect(restore.status).toBe(2)
    expect(restore.stderr).toContain(
      'pg_restore --clean --if-exists --no-owner --single-transaction --dbname=postgresql://app@db.example:5433/shop /backup/a.dump',
    )
    expect(backup.stderr + restore.stderr).not.toMatch(/TOP|HIDDEN/)
  })

  it.each(['backup', 'restore'])('teaches "stagedoor %s --help"', async (command) => {
    const { status, stdout } = await stagedoor([command, '--help'])
    expect(status).toBe(0)
    for (const words of ['--with-master-key', '--passphrase-file', '--force', 'Examples:'])
      expect(stdout).toContain(words)
  })
})
