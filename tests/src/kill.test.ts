import { spawn } from 'node:child_process'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, describe, expect, it } from 'vitest'
import { register } from './knocker.fixture.ts'
import { makeFolder, stagedoorJson, startPlatform } from './platform.fixture.ts'

const ROUNDS = 5

interface Made {
  readonly apiKey: string
  readonly secret: string
}

// Makes API keys without end, and says of each that it is made once that has been acknowledged.
const MAKE_KEYS = `
  const [folder, openModule, keysModule] = process.argv.slice(1)
  const { openStore } = await import(openModule)
  const { createApiKey } = await import(keysModule)
  const office = { ...(await openStore({ dataFolder: folder })), now: () => Date.now() / 1000 }
  for (;;) {
    const { secret } = await createApiKey(office, { name: 'Shop' })
    process.stdout.write(JSON.stringify(secret) + '\\n')
  }
`
const OPEN = new URL('../../apps/server/dist/store/open.js', import.meta.url).href
const KEYS = new URL('../../apps/server/dist/keyring/keys.js', import.meta.url).href

const folder = makeFolder()
afterAll(folder.remove)

function makeKeys() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', MAKE_KEYS, folder.path, OPEN, KEYS])
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const ended = new Promise((done) => child.on('close', done))
  return {
    async kill(): Promise<Made[]> {
      child.kill('SIGKILL')
      await ended
      // The last line may be cut off, which then was not acknowledged.
      return printed
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    },
  }
}

describe('a platform and a maker of API keys that are killed in the middle of it', () => {
  it('have lost none that was acknowledged, and its secret opens a session', async () => {
    const acknowledged: Made[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const platform = await startPlatform(folder.path)
      const makers = [makeKeys(), makeKeys()]
      await sleep(900 + round * 37)
      await platform.stop('SIGKILL')
      for (const maker of makers) acknowledged.push(...(await maker.kill()))
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS)

    const platform = await startPlatform(folder.path)
    const listed = new Set((await stagedoorJson<Made[]>(['key', 'list'], folder.path)).map(({ apiKey }) => apiKey))
    expect(acknowledged.filter(({ apiKey }) => !listed.has(apiKey))).toEqual([])
    for (const { apiKey, secret } of acknowledged) {
      const token = new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
      const { knocker, answer } = await register(platform.url, apiKey, 'alice', token)
      expect(answer).toMatchObject({ type: 'registered' })
      knocker.socket.terminate()
    }
    await platform.stop()
  })
})
