import { AccessToken, createTokenVerifier } from './index.ts'

/** Runs on workerd, the runtime of Cloudflare Workers: mints and verifies with every algorithm, in both directions. */
interface Given {
  readonly keys: Readonly<
    Record<
      'RS256' | 'ES256' | 'EdDSA',
      { privatePem: string; publicPem: string; privateJwk: never; publicJwk: never; token: string }
    >
  >
  readonly secret: string
  readonly hmacToken: string
}
declare const GIVEN: Given

export default {
  test() {
    const outcome: Record<string, unknown> = {}
    for (const [algorithm, key] of Object.entries(GIVEN.keys)) {
      const options = { algorithm: algorithm as 'RS256', apiRTC_UserAgent_Id: 'alice' }
      for (const form of ['Pem', 'Jwk'] as const) {
        const token = new AccessToken('shop', key[`private${form}`], options).toJwt()
        const verify = createTokenVerifier({
          keys: [{ algorithm: options.algorithm, publicKey: key[`public${form}`] }],
        })
        const forged = `${token.slice(0, -8)}AAAAAAAA`
        outcome[`${algorithm} ${form}`] = [verify(key.token), verify(token), verify(forged)].map((verdict) =>
          verdict.ok ? 'ok' : verdict.code,
        )
        if (form === 'Pem') outcome[algorithm] = token
      }
    }
    const token = new AccessToken('shop', GIVEN.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: GIVEN.secret }] })
    const strange = GIVEN.keys.RS256.token
    outcome['HS256 Pem'] = [GIVEN.hmacToken, token, strange].map((one) => {
      const verdict = verify(one)
      return verdict.ok ? 'ok' : verdict.code
    })
    outcome['HS256'] = token
    outcome['short'] = typeof new AccessToken('shop', 'short').toJwt()
    // biome-ignore lint/suspicious/noConsole: it is how a test on workerd answers.
    console.log(`OUTCOME ${JSON.stringify(outcome)}`)
  },
}
