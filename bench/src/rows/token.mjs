import { createHmac, createSecretKey, generateKeyPairSync, randomUUID, timingSafeEqual } from 'node:crypto'
import { AccessToken, createTokenVerifier } from '@stagedoor/access-token'
import fastJwt from 'fast-jwt'
import { jwtVerify, SignJWT } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import * as livekit from 'livekit-server-sdk'

const API_KEY = 'an-api-key'
const SECRET = 'a secret of the bench, which everyone may read'
const USER = 'alice'
const TTL_SECONDS = 3600
const key = createSecretKey(SECRET, 'utf8')

/** Mints as a back end does: one AccessToken for each token. */
function mint() {
  return new AccessToken(API_KEY, SECRET, { apiRTC_UserAgent_Id: USER, ttl: TTL_SECONDS }).toJwt()
}

function mintWithLivekit() {
  const token = new livekit.AccessToken(API_KEY, SECRET, { identity: USER, ttl: TTL_SECONDS })
  token.addGrant({ roomJoin: true, room: 'a room' })
  return token.toJwt()
}

// The least that can be done with node:crypto: no check but the signature, no word about what is wrong.
function verifyBare(token) {
  const [header, payload, signature] = token.split('.')
  const expected = createHmac('sha256', key).update(`${header}.${payload}`).digest()
  if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) throw new Error('forged')
  return JSON.parse(Buffer.from(payload, 'base64url'))
}

const BARE_HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')

function mintBare() {
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    grants: { apiRTC_UserAgent_Id: USER },
    sub: API_KEY,
    aud: 'apiRTC',
    iat,
    exp: iat + TTL_SECONDS,
    jti: randomUUID(),
  }
  const input = `${BARE_HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}

async function verifyHs256() {
  const token = mint()
  const livekitToken = await mintWithLivekit()
  const livekitVerifier = new livekit.TokenVerifier(API_KEY, SECRET)
  const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }], apiKey: API_KEY })
  const verifyFast = fastJwt.createVerifier({ key: SECRET, algorithms: ['HS256'], allowedAud: 'apiRTC', cache: false })
  const audience = 'apiRTC'
  return {
    name: 'verify HS256, all checks on',
    contestants: {
      ours: () => held(verify(token, { userId: USER })),
      bare: () => verifyBare(token),
      'fast-jwt': () => verifyFast(token),
      jose: () => jwtVerify(token, key, { algorithms: ['HS256'], audience }),
      jsonwebtoken: () => jsonwebtoken.verify(token, SECRET, { algorithms: ['HS256'], audience }),
      livekit: () => livekitVerifier.verify(livekitToken),
    },
    bars: { bare: 0.9, 'fast-jwt': 1.15, jsonwebtoken: 40 },
  }
}

function mintHs256() {
  // What all tokens of a back end share are options of the signer, as its documentation has it.
  const shared = { sub: API_KEY, aud: 'apiRTC', expiresIn: TTL_SECONDS * 1000 }
  const signFast = fastJwt.createSigner({ key: SECRET, algorithm: 'HS256', ...shared })
  const grants = { apiRTC_UserAgent_Id: USER }
  const options = { algorithm: 'HS256', subject: API_KEY, audience: 'apiRTC', expiresIn: TTL_SECONDS }
  return {
    name: 'mint HS256',
    contestants: {
      ours: () => mint(),
      bare: () => mintBare(),
      'fast-jwt': () => signFast({ grants, jti: randomUUID() }),
      jose: () =>
        new SignJWT({ grants })
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
          .setSubject(API_KEY)
          .setAudience('apiRTC')
          .setIssuedAt()
          .setExpirationTime(`${TTL_SECONDS}s`)
          .setJti(randomUUID())
          .sign(key),
      jsonwebtoken: () => jsonwebtoken.sign({ grants }, SECRET, { ...options, jwtid: randomUUID() }),
      livekit: () => mintWithLivekit(),
    },
    bars: { bare: 0.9, 'fast-jwt': 2.2 },
  }
}

function verifyWithPublicKey(algorithm, { publicKey, privateKey }) {
  const token = new AccessToken(API_KEY, privateKey, { apiRTC_UserAgent_Id: USER, algorithm }).toJwt()
  const verify = createTokenVerifier({ keys: [{ algorithm, publicKey }], apiKey: API_KEY })
  const pem = publicKey.export({ format: 'pem', type: 'spki' })
  const verifyFast = fastJwt.createVerifier({ key: pem, algorithms: [algorithm], allowedAud: 'apiRTC', cache: false })
  const options = { algorithms: [algorithm], audience: 'apiRTC' }
  return {
    name: `verify ${algorithm}`,
    contestants: {
      ours: () => held(verify(token, { userId: USER })),
      'fast-jwt': () => verifyFast(token),
      jose: () => jwtVerify(token, publicKey, options),
      // It has no EdDSA.
      ...(algorithm !== 'EdDSA' && { jsonwebtoken: () => jsonwebtoken.verify(token, publicKey, options) }),
    },
    bars: {},
  }
}

// Were a token refused, a refusal would be measured.
function held(verification) {
  if (!verification.ok) throw new Error(verification.code)
}

export const rows = [
  verifyHs256,
  mintHs256,
  () => verifyWithPublicKey('RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })),
  () => verifyWithPublicKey('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  () => verifyWithPublicKey('EdDSA', generateKeyPairSync('ed25519')),
]
