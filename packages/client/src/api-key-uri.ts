const SCHEMES = ['apiKey:', 'apzkey:']

/** Reads the API key out of `apiKey:KEY`, or of the older `apzkey:KEY`. Throws a TypeError for anything else. */
export function readApiKey(uri: string): string {
  const scheme = SCHEMES.find((scheme) => uri.toLowerCase().startsWith(scheme.toLowerCase()))
  const key = scheme === undefined ? '' : uri.slice(scheme.length)
  if (key === '') throw new TypeError('The uri of a user agent is "apiKey:" and the API key')
  return key
}
