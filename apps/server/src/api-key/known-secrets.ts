import { Buffer } from 'node:buffer'

// Long enough to look valid, but well known: examples and defaults from widely read manuals.
const KNOWN = [
  // jwt.io
  'a-string-secret-at-least-256-bits-long',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
  // PostgREST and Supabase
  'reallyreallyreallyreallyverysafe',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  // Nacos
  'SecretKey012345678901234567890123456789012345678901234567890123456789',
  'ThisIsMyCustomSecretKey0123456789',
  'VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=',
  // A widely copied Spring Security tutorial
  '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970',
  // What people type when asked for 32 characters
  'abcdefghijklmnopqrstuvwxyz123456',
  'abcdefghijklmnopqrstuvwxyz012345',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'my-32-character-ultra-secure-and-ultra-long-secret',
  'your-256-bit-secret-your-256-bit-secret',
  'your_jwt_secret_key_change_in_production',
  'your-secret-key-change-in-production',
  'your-super-secret-key-change-in-production',
  'your-secret-key-change-this-in-production',
  'your-super-secret-jwt-key-change-this-in-production',
  'this-is-a-very-long-secret-key-for-jwt',
  'thisisaverylongsecretkeythatshouldbechanged',
  'this is my custom Secret key for authentication',
  'changemechangemechangemechangeme',
]
const known = new Set(KNOWN.map(fold))

/** Whether a secret, as written or decoded from base64, is widely known. */
export function isKnownSecret(secret: string): boolean {
  return known.has(fold(secret)) || known.has(fold(Buffer.from(secret, 'base64').toString()))
}

// Another spelling of the same words is the same secret.
function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}
