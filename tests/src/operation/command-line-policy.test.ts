import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder, stagedoor, stagedoorJson } from '../fixtures/platform.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const folder = makeFolder()
afterAll(folder.remove)
const data = ['--data', folder.path]

describe('the policy commands', () => {
  it('describes a policy, and changes only the settings that are given', async () => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const changes = ['--max-ttl', '3600', '--on-expiry', '30', '--origins', 'https://a.example,https://b.example']
    const set = await stagedoor([
      'policy',
      'set',
      apiKey,
      ...changes,
      '--sessions-per-user',
      '1',
      '--single-use',
      ...data,
    ])
    expect(set.stdout).toContain('Tokens are valid for at most 1 hour')
    await stagedoor([
      'policy',
      'set',
      apiKey,
      '--beyond',
      'close-oldest',
      '--publish',
      'audio',
      '--no-subscribe',
      ...data,
    ])
    const shown = await stagedoor(['policy', 'show', apiKey, ...data])
    for (const words of [
      'A session is closed 30 seconds after its token expires',
      'Only pages of https://a.example, https://b.example can connect.',
      'A user can have 1 session; another one closes the oldest.',
      'Each token opens one session.',
      'contributor, can publish audio, cannot subscribe',
    ]) {
      expect(shown.stdout).toContain(words)
    }
    const silent = await stagedoor(['policy', 'set', apiKey, '--publish', 'none', ...data])
    expect(silent.stdout).toContain('contributor, can publish nothing, cannot subscribe')
    await stagedoor(['policy', 'set', apiKey, '--origins', 'any', '--sessions-per-user', 'any', ...data])
    const json = await stagedoorJson<object>(['policy', 'show', apiKey], folder.path)
    expect(json).toMatchObject({ maxTtlSeconds: 3600, onExpiry: { graceSeconds: 30 }, singleUse: true })
    expect(json).not.toHaveProperty('origins')
    expect(json).not.toHaveProperty('sessionsPerUser')
  })

  it('describes the rate limits of a policy, and changes only those that are given', async () => {
    const { apiKey } = await stagedoorJson<Made>(['key', 'create'], folder.path)
    const set = (...limits: string[]) => stagedoor(['policy', 'set', apiKey, ...limits, ...data])
    await set('--registrations-per-minute', '30', '--connection-attempts-per-minute', '600')
    const { stdout } = await set('--messages-per-second', '50', '--connection-attempts-per-minute', 'any')
    expect(stdout).toContain('A user can make 30 registrations per minute.')
    expect(stdout).toContain('An address can make any number of connection attempts.')
    expect(stdout).toContain('A session can send 50 messages per second.')
    expect(await stagedoorJson(['policy', 'show', apiKey], folder.path)).toMatchObject({
      rateLimits: { registrationsPerMinute: 30, messagesPerSecond: 50 },
    })
  })
})
