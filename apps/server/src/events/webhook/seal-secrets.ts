import type { Seal } from '../../vault/seal.ts'
import type { Endpoint, EndpointSecrets, SealedEndpoint } from './endpoint.ts'

type Place = Pick<Endpoint, 'apiKey' | 'endpointId'>

/** The stored form of an endpoint's secrets. */
export function sealSecrets(
  seal: Seal,
  endpoint: Place,
  secrets: EndpointSecrets,
): Pick<SealedEndpoint, 'sealed' | 'masterKeyVersion'> {
  return { sealed: seal.close(JSON.stringify(secrets), placeOf(endpoint)), masterKeyVersion: seal.version }
}

/** @throws {SealBrokenError} if they were not sealed for this API key and endpoint. */
export function openSecrets(
  seal: Seal,
  { sealed, masterKeyVersion, ...endpoint }: Place & Pick<SealedEndpoint, 'sealed' | 'masterKeyVersion'>,
): EndpointSecrets {
  return JSON.parse(seal.open(sealed, placeOf(endpoint), masterKeyVersion))
}

function placeOf({ apiKey, endpointId }: Place): string {
  return `webhook\n${apiKey}\n${endpointId}`
}
