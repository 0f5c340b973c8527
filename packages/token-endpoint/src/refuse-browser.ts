/** Replaces the endpoint if a bundler builds a page. */
export const createTokenEndpoint: never = refuse()

function refuse(): never {
  throw new Error(
    '@stagedoor/token-endpoint was loaded into a page. It uses the secret of an API key, which lets its holder act as any user. ' +
      'Keep it in your back end, and let the page ask that: new UserAgent({ uri, getToken: "/token" }).',
  )
}
