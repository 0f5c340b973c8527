import process from 'node:process'
import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

describe('a short secret', () => {
  it('still mints, with one warning per process', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const { AccessToken } = await import('./access-token.ts')
    expect(new AccessToken('an-api-key', 'x'.repeat(31)).toJwt().split('.')).toHaveLength(3)
    expect(new AccessToken('an-api-key', 'short').toJwt().split('.')).toHaveLength(3)
    expect(emitWarning).toHaveBeenCalledTimes(1)
    expect(emitWarning).toHaveBeenCalledWith(expect.stringContaining('has 31 bytes'), {
      type: 'SecurityWarning',
      code: 'STAGEDOOR_SHORT_SECRET',
    })
    expect(String(emitWarning.mock.calls[0]?.[0])).not.toContain('xxxxxxxx')
  })

  it('is measured in bytes, not in characters', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const { AccessToken } = await import('./access-token.ts')
    new AccessToken('an-api-key', 'é'.repeat(16))
    new AccessToken('an-api-key', 'x'.repeat(32))
    expect(emitWarning).not.toHaveBeenCalled()
  })
})
