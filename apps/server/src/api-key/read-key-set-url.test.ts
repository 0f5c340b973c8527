import { describe, expect, it } from 'vitest'
import { readKeySetUrl } from './read-key-set-url.ts'

const JWK_SET = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

describe('the address of a key set', () => {
  it.each([
    'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com',
    'https://www.googleapis.com/service_accounts/v1/metadata/x509/securetoken%40system.gserviceaccount.com',
    'https://www.googleapis.com/oauth2/v1/certs',
  ])('is not one where certificates are published: it is said what to use instead of %s', (url) => {
    expect(() => readKeySetUrl(url)).toThrow(JWK_SET)
  })

  it.each([JWK_SET, 'https://www.googleapis.com/oauth2/v3/certs', 'https://login.example/x509/jwks.json'])(
    'may be %s',
    (url) => {
      expect(readKeySetUrl(url)).toBe(url)
    },
  )
})
