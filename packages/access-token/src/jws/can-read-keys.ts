import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey } from 'node:crypto'

// An Ed25519 key whose both halves are public (RFC 8410 section 10, with 32 zeros as its bytes).
const PUBLIC_DER = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.alloc(32)])
const PRIVATE_DER = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32)])

/** Whether the runtime can read keys at all. Called only after a key could not be read, to find out whether key or runtime is at fault. */
export function canReadKeys(use: 'sign' | 'verify'): boolean {
  try {
    if (use === 'sign') createPrivateKey({ key: PRIVATE_DER, format: 'der', type: 'pkcs8' })
    else createPublicKey({ key: PUBLIC_DER, format: 'der', type: 'spki' })
    return true
  } catch {
    return false
  }
}
