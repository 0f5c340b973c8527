import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../store/store.fixture.ts'
import { openPlatformClient } from './open-platform-client.ts'

const settings = { data: 'none', json: false }

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

async function warningsAt(url: string): Promise<string[]> {
  vi.stubEnv('STAGEDOOR_TOKEN', 'sdpat_test')
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await openPlatformClient({ ...settings, url })
  return write.mock.calls.map(([text]) => String(text))
}

describe('a remote platform', () => {
  it.each(['https://rtc.example.com', 'http://localhost:4420', 'http://127.0.0.1:4420', 'http://[::1]:4420'])(
    'is used at %s without a warning',
    async (url) => {
      expect(await warningsAt(url)).toEqual([])
    },
  )

  it.each(['http://rtc.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.7'])(
    'is used at %s with a warning that the token is sent unencrypted',
    async (url) => {
      expect(await warningsAt(url)).toEqual([expect.stringMatching(/unencrypted; use https:/)])
    },
  )

  it('takes the token from --token-file only, if it is given', async () => {
    vi.stubEnv('STAGEDOOR_TOKEN', 'sdpat_test')
    const url = 'https://rtc.example.com'
    const file = join(temporaryFolder(), 'token')
    await expect(openPlatformClient({ ...settings, url, tokenFile: file })).rejects.toThrow(
      `Cannot read the personal access token from ${file}: there is no such file`,
    )
    writeFileSync(file, 'Not a token.\n')
    await expect(openPlatformClient({ ...settings, url, tokenFile: file })).rejects.toThrow(
      'is malformed. Expected sdpat_',
    )
    await expect(openPlatformClient({ ...settings, tokenFile: file })).rejects.toThrow('--token-file needs --url')
  })
})
