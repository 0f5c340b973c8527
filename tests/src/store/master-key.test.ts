import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecret } from '../../../apps/server/src/api-key/add-signing-key.ts'
import { createApiKey } from '../../../apps/server/src/api-key/keys.ts'
import { openStore } from '../../../apps/server/src/store/open.ts'
import { STAGEDOOR, stagedoor, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'
import { ENGINES, type Stage, setStage } from '../sessions/stage.fixture.ts'

const KILLS = 12
const API_KEYS = 600
// So many secrets take long enough for kills to land within their rotation, on a fast machine too. On SQLite the last goes past its end.
const KILL_STEP_MS = 8

describe.each(ENGINES)('stagedoor master-key rotate on %s', (engine) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await setStage(engine)
  })
  afterEach(() => stage?.remove())

  const rotate = (environment: NodeJS.ProcessEnv = {}) =>
    stagedoor(['master-key', 'rotate', '--data', stage.data, '--json'], '', { ...stage.environment, ...environment })
  const create = (environment: NodeJS.ProcessEnv = {}) =>
    stagedoorJson<Made>(['key', 'create'], stage.data, { ...stage.environment, ...environment })

  it('leaves a key that opens everything, whenever it is killed', { timeout: 120_000 }, async () => {
    const first = await openStore(stage.location)
    const context = { ...first, now: () => 1 }
    const made = []
    for (let count = 0; count < API_KEYS; count++) {
      made.push((await createApiKey(context, { name: 'Shop' })).secret)
    }
    await first.store.close()

    const keysOf = () => readFileSync(join(stage.data, 'master.key'), 'utf8').trim().split('\n')
    let cutOff = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [STAGEDOOR, 'master-key', 'rotate', '--data', stage.data], {
        env: { ...process.env, ...stage.environment },
      })
      const ended = new Promise((done) => child.on('close', done))
      // From when on both keys are kept there is something to be cut off; each time a little further on.
      const before = keysOf().length
      while (child.exitCode === null && keysOf().length === before) await sleep(1)
      await sleep(kill * KILL_STEP_MS)
      child.kill('SIGKILL')
      await ended
      if (keysOf().length > 1) cutOff++

      const opened = await openStore(stage.location)
      for (const { apiKey, secret } of made)
        expect((await openSecret({ ...opened, now: () => 1 }, apiKey)).secret).toBe(secret)
      const sealed = await opened.store.listSigningKeys()
      expect(new Set(sealed.map(({ masterKeyVersion }) => masterKeyVersion)).size).toBe(1)
      await opened.store.close()
    }
    expect(cutOff).toBeGreaterThan(KILLS / 4)
    expect(JSON.parse((await rotate()).stdout)).toMatchObject({ secrets: API_KEYS, wasDone: false, from: 'file' })
    expect(keysOf()).toHaveLength(1)
  })

  it('lets a platform that runs go on, and learn of keys that are made after it', async () => {
    const before = await create()
    const platform = await startPlatformIn(stage.environment, stage.data)
    copyFileSync(join(stage.data, 'master.key'), join(stage.data, 'copy'))
    expect((await rotate()).status).toBe(0)
    const after = await create()
    await sleep(600)
    for (const { apiKey, secret } of [before, after]) {
      const token = new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
      const { answer, client } = await register(platform.url, apiKey, 'alice', token)
      expect(answer).toMatchObject({ type: 'registered' })
      client.socket.terminate()
    }
    await platform.stop()
    const STAGEDOOR_MASTER_KEY = readFileSync(join(stage.data, 'copy'), 'utf8')
    const old = await stagedoor(['key', 'list', '--data', stage.data], '', {
      ...stage.environment,
      STAGEDOOR_MASTER_KEY,
    })
    expect([old.status, old.stderr]).toEqual([2, expect.stringContaining('another master key')])
  })

  it('goes over to a key that was given in the environment, says what to set, and may be run again', async () => {
    const [STAGEDOOR_MASTER_KEY, STAGEDOOR_MASTER_KEY_NEW] = [0, 1].map(() => randomBytes(32).toString('base64url'))
    const { apiKey, secret } = await create({ STAGEDOOR_MASTER_KEY })
    const both = { ...stage.environment, STAGEDOOR_MASTER_KEY, STAGEDOOR_MASTER_KEY_NEW }
    const said = await stagedoor(['master-key', 'rotate', '--data', stage.data], '', both)
    expect([said.status, said.stdout]).toEqual([0, expect.stringContaining('Now set STAGEDOOR_MASTER_KEY to')])
    expect(said.stdout).not.toContain(STAGEDOOR_MASTER_KEY_NEW)
    expect(JSON.parse((await rotate({ STAGEDOOR_MASTER_KEY, STAGEDOOR_MASTER_KEY_NEW })).stdout)).toEqual({
      version: 2,
      secrets: 1,
      wasDone: true,
      from: 'environment',
    })
    const opened = await openStore({ ...stage.location, masterKey: STAGEDOOR_MASTER_KEY_NEW })
    expect((await openSecret({ ...opened, now: () => 1 }, apiKey)).secret).toBe(secret)
    await opened.store.close()
    await expect(openStore({ ...stage.location, masterKey: STAGEDOOR_MASTER_KEY })).rejects.toThrow(
      'another master key',
    )
  })

  it('explains itself, and answers what cannot be with one clear line', async () => {
    const STAGEDOOR_MASTER_KEY = randomBytes(32).toString('base64url')
    const help = await stagedoor(['master-key', 'rotate', '--help'])
    expect([help.status, help.stdout]).toEqual([0, expect.stringContaining('STAGEDOOR_MASTER_KEY_NEW')])
    await create({ STAGEDOOR_MASTER_KEY })
    for (const [environment, words] of [
      [{ STAGEDOOR_MASTER_KEY }, 'set STAGEDOOR_MASTER_KEY_NEW to the new master key'],
      [{ STAGEDOOR_MASTER_KEY_NEW: STAGEDOOR_MASTER_KEY }, 'is set but STAGEDOOR_MASTER_KEY is not'],
      [
        { STAGEDOOR_MASTER_KEY, STAGEDOOR_MASTER_KEY_NEW: STAGEDOOR_MASTER_KEY },
        'must differ from STAGEDOOR_MASTER_KEY',
      ],
      [{ STAGEDOOR_MASTER_KEY, STAGEDOOR_MASTER_KEY_NEW: 'short' }, 'STAGEDOOR_MASTER_KEY_NEW must be 32 bytes'],
    ] as const) {
      const { status, stdout, stderr } = await rotate(environment)
      expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
      expect(stderr).toContain(words)
    }
  })
})
