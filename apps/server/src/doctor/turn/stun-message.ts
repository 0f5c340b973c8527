import { createHash, createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'

/** Methods of STUN (RFC 8489 section 18.2) and TURN (RFC 8656 section 17). */
export const METHODS = { binding: 0x001, allocate: 0x003, refresh: 0x004 } as const
export type Method = keyof typeof METHODS

const MAGIC_COOKIE = 0x2112a442
const HEADER_BYTES = 20
const INTEGRITY_BYTES = 24
const UDP = 17
const CLASS_BITS = 0x0110
const SUCCESS = 0x0100
const ERROR = 0x0110
const ATTRIBUTES = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
} as const

/** What a server asks for before it does anything: its realm, and a nonce of now. */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
}

export interface Credentials extends Challenge {
  readonly username: string
  readonly password: string
}

export interface Request {
  readonly method: Method
  /** 12 bytes, drawn at random. */
  readonly transactionId: Buffer
  readonly credentials?: Credentials | undefined
  /** For `refresh`: how long the allocation is to stay; 0 gives it back. */
  readonly lifetimeSeconds?: number
}

export type Response =
  | { readonly ok: true; readonly relayed: string | undefined }
  | { readonly ok: false; readonly code: number; readonly challenge: Challenge | undefined }

/** A request as it travels (RFC 8489 section 5), with a long-term credential where there is one (section 9.2). */
export function encodeRequest({ method, transactionId, credentials, lifetimeSeconds }: Request): Buffer {
  const attributes = [
    ...(method === 'allocate' ? [attribute(ATTRIBUTES.transport, Buffer.from([UDP, 0, 0, 0]))] : []),
    ...(lifetimeSeconds === undefined ? [] : [attribute(ATTRIBUTES.lifetime, uint32(lifetimeSeconds))]),
    ...(credentials === undefined
      ? []
      : [
          attribute(ATTRIBUTES.username, Buffer.from(credentials.username)),
          attribute(ATTRIBUTES.nonce, Buffer.from(credentials.nonce)),
          attribute(ATTRIBUTES.realm, Buffer.from(credentials.realm)),
        ]),
  ]
  const body = Buffer.concat(attributes)
  if (credentials === undefined) return Buffer.concat([header(method, body.length, transactionId), body])
  // The HMAC is over the message up to itself, whose length counts it already (RFC 8489 section 14.5).
  const signed = Buffer.concat([header(method, body.length + INTEGRITY_BYTES, transactionId), body])
  const mac = createHmac('sha1', keyOf(credentials)).update(signed).digest()
  return Buffer.concat([signed, attribute(ATTRIBUTES.integrity, mac)])
}

/** The answer to that request; nothing where these bytes are none. */
export function decodeResponse(bytes: Buffer, transactionId: Buffer): Response | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(4) !== MAGIC_COOKIE) return undefined
  if (!bytes.subarray(8, HEADER_BYTES).equals(transactionId)) return undefined
  const attributes = attributesOf(bytes)
  const kind = bytes.readUInt16BE(0) & CLASS_BITS
  if (kind === SUCCESS) return { ok: true, relayed: addressIn(attributes.get(ATTRIBUTES.relayed), transactionId) }
  if (kind !== ERROR) return undefined
  const text = (type: number) => attributes.get(type)?.toString()
  const [realm, nonce] = [text(ATTRIBUTES.realm), text(ATTRIBUTES.nonce)]
  const code = attributes.get(ATTRIBUTES.errorCode)
  return {
    ok: false,
    code: code === undefined || code.length < 4 ? 0 : (code.readUInt8(2) & 0x07) * 100 + code.readUInt8(3),
    challenge: realm === undefined || nonce === undefined ? undefined : { realm, nonce },
  }
}

/** How many bytes the message takes that these bytes begin with, where that can be told: over TCP they come in any pieces. */
export function lengthOf(bytes: Buffer): number | undefined {
  return bytes.length < 4 ? undefined : HEADER_BYTES + bytes.readUInt16BE(2)
}

// RFC 8489 section 9.2.2.
function keyOf({ username, realm, password }: Credentials): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest()
}

function header(method: Method, length: number, transactionId: Buffer): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16BE(METHODS[method], 0)
  bytes.writeUInt16BE(length, 2)
  bytes.writeUInt32BE(MAGIC_COOKIE, 4)
  return Buffer.concat([bytes, transactionId])
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc(padding(value.length))])
}

function attributesOf(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = HEADER_BYTES; at + 4 <= bytes.length; ) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    found.set(type, bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length + padding(length)
  }
  return found
}

const padding = (length: number): number => (4 - (length % 4)) % 4

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** An address that was hidden from middleboxes that rewrite what looks like one (RFC 8489 section 14.2). */
function addressIn(value: Buffer | undefined, transactionId: Buffer): string | undefined {
  if (value === undefined || value.length < 8) return undefined
  const mask = Buffer.concat([uint32(MAGIC_COOKIE), transactionId])
  const bytes = value.subarray(4).map((byte, at) => byte ^ mask.readUInt8(at % mask.length))
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  )
  const address = groups.join(':')
  return isIPv6(address) ? address : undefined
}
