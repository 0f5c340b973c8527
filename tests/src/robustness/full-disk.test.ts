import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { becomeOwner } from '../fixtures/owner.fixture.ts'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
  startPlatformIn,
} from '../fixtures/platform.fixture.ts'
import { startPostgres, type ThrowAwayPostgres } from '../fixtures/postgres.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const RECOVERY_DEADLINE_MS = 15_000
const folder = makeFolder()
// A disk of its own, which fills within milliseconds. Only root may make one.
const isDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder.path]).status === 0
if (!isDisk) process.stderr.write('A full disk is not tried: it takes root, and a machine that mounts tmpfs\n')

async function lookAt({ url }: RunningPlatform) {
  const read = async (path: string) => {
    const answer = await fetch(`${url}${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  const [healthz, readyz, metrics] = await Promise.all([read('/healthz'), read('/readyz'), read('/metrics')])
  return {
    store: JSON.parse(healthz.text).store,
    ready: readyz.status,
    up: Number(/^stagedoor_store_up (\d)$/m.exec(metrics.text)?.[1]),
  }
}

const WELL = { store: 'ok', ready: 200, up: 1 }
const DEGRADED = { store: 'unavailable', ready: 503, up: 0 }
const waitUntil = (platform: RunningPlatform, expected: object) =>
  vi.waitFor(async () => expect(await lookAt(platform)).toEqual(expected), {
    timeout: RECOVERY_DEADLINE_MS,
    interval: 200,
  })

function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (const bytes of [65_536, 4_096, 1]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(bytes))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}

describe.runIf(isDisk)('a platform whose disk is full', () => {
  afterAll(() => {
    spawnSync('umount', ['--lazy', folder.path])
    folder.remove()
  })

  it('says so everywhere, admits as before, and recovers by itself once there is space', async () => {
    const made = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const platform = await startPlatform(folder.path)
    onTestFinished(() => platform.stop())
    const ask = await becomeOwner(platform, folder.path)
    const enter = async (id: string) => {
      const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: id }).toJwt()
      const { answer, client } = await register(platform.url, made.apiKey, id, token)
      client.socket.terminate()
      return answer.type
    }
    expect(await enter('alice')).toBe('registered')
    expect(await lookAt(platform)).toEqual(WELL)

    fill(join(folder.path, 'filler'))
    // What fits into the log that is there still may go through.
    const answers = []
    for (let count = 0; count < 300 && answers.at(-1)?.status !== 503; count++) {
      answers.push(await ask('POST', '/keys', { name: 'x'.repeat(100) }))
    }
    expect(answers.at(-1)).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect(answers.map(({ status }) => status)).not.toContain(500)
    await waitUntil(platform, DEGRADED)
    expect(await enter('bob')).toBe('registered')

    const { status, stdout, stderr } = await stagedoor(['key', 'create', '--data', folder.path])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^stagedoor: The store cannot be used: the disk (fails or )?is full[^\n]+\(SQLITE_\w+\)\. [^\n]+\n$/,
    )
    expect(stderr).not.toContain('rollback')

    const backup = await stagedoor(['backup', join(folder.path, 'b.db'), '--data', folder.path])
    expect([backup.status, backup.stderr]).toEqual([2, expect.stringContaining('There is not enough space in')])
    expect(readdirSync(folder.path).filter((name) => name.startsWith('b.db'))).toEqual([])

    rmSync(join(folder.path, 'filler'))
    await waitUntil(platform, WELL)
    expect((await ask('POST', '/keys', { name: 'Shop' })).status).toBe(201)
    await platform.stop()
    expect(platform.output()).not.toContain('no transaction is active')
    expect(platform.output().match(/the store cannot be used/g)).toHaveLength(1)
    expect(platform.output().match(/the store can be used again/g)).toHaveLength(1)
  })
})

describe('a platform whose PostgreSQL is read-only', () => {
  const own = makeFolder()
  let postgres: ThrowAwayPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(async () => {
    await postgres?.remove()
    own.remove()
  })

  it('says so, and recovers by itself', async () => {
    const environment = { STAGEDOOR_DATABASE_URL: postgres.makeDatabase() }
    const create = () => stagedoor(['key', 'create', '--data', own.path, '--json'], '', environment)
    const made: Made = JSON.parse((await create()).stdout)
    const platform = await startPlatformIn(environment, own.path)
    onTestFinished(() => platform.stop())
    expect(await lookAt(platform)).toEqual(WELL)
    postgres.makeReadOnly(environment.STAGEDOOR_DATABASE_URL, true)

    const { status, stderr } = await create()
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('cannot be used: it is read-only. Connect to the primary'),
    ])
    const token = new AccessToken(made.apiKey, made.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const { answer, client } = await register(platform.url, made.apiKey, 'alice', token)
    expect(answer.type).toBe('registered')
    // A use of the key is to be written.
    await waitUntil(platform, DEGRADED)
    postgres.makeReadOnly(environment.STAGEDOOR_DATABASE_URL, false)
    await waitUntil(platform, WELL)
    expect((await create()).status).toBe(0)
    client.socket.terminate()
  })
})
