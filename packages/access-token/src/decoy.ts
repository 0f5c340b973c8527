import { type Algorithm, isAlgorithm } from './jws/algorithms.ts'
import { CryptoUnsupportedError } from './jws/crypto-unsupported.ts'
import { bindKey, type Jwk } from './jws/key.ts'
import { prepareCheck, type SignatureCheck } from './jws/signature.ts'

// Public keys from the standards. Their private keys are useless to an attacker, because the result of a decoy is dropped.
const RSA: Jwk = {
  // RFC 7515 appendix A.2
  kty: 'RSA',
  e: 'AQAB',
  n:
    'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs' +
    'D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV' +
    'MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
}
const EC: Jwk = {
  // RFC 7515 appendix A.3
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}
// RFC 8037 appendix A.2
const ED25519: Jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const DECOYS = { HS256: 'no secret', HS384: 'no secret', HS512: 'no secret', RS256: RSA, ES256: EC, EdDSA: ED25519 }

const prepared = new Map<Algorithm, SignatureCheck>()

/**
 * Does the work of a failing signature check, so that response times do not reveal whether a key exists. The work depends only on
 * the algorithm in the header.
 */
export function checkDecoy(alg: string, signingInput: string, signature: string): void {
  try {
    prepare(isAlgorithm(alg) ? alg : 'HS256')(signingInput, signature)
  } catch (error) {
    // Errors are ignored: a client that chooses the algorithm must not be able to make a verifier throw.
    if (!(error instanceof CryptoUnsupportedError)) throw error
  }
}

function prepare(algorithm: Algorithm): SignatureCheck {
  let check = prepared.get(algorithm)
  if (check === undefined) {
    check = prepareCheck(bindKey(DECOYS[algorithm], [algorithm], 'verify'))
    prepared.set(algorithm, check)
  }
  return check
}
