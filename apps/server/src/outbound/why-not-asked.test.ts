import { describe, expect, it } from 'vitest'
import { whyNotAsked } from './why-not-asked.ts'

describe('published keys', () => {
  it.each([
    'http://127.0.0.1',
    'http://localhost:9000',
    'https://localhost',
    'https://10.0.0.1',
    'https://[::1]',
    'https://169.254.169.254/latest/meta-data',
  ])('at %s are asked for only where private addresses are', (address) => {
    expect(whyNotAsked(address, false)).toContain('--dev')
    expect(whyNotAsked(address, true)).toBeUndefined()
  })

  it.each(['https://login.example/jwks.json', 'https://8.8.8.8'])('at %s are always fetched', (address) => {
    expect(whyNotAsked(address, false)).toBeUndefined()
  })
})
