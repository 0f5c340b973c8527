/** 32 unambiguous characters: a byte modulo 32 is unbiased. */
const CHARACTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const GROUP = 5

/** Random bytes per password: 100 bits of entropy. */
const PASSWORD_BYTES = 20

/** Returns a password that is easy to read aloud and to copy: `k7m2p-…`, four groups of five. */
export function writePassword(random: Uint8Array): string {
  const characters = Array.from(random, (byte) => CHARACTERS.charAt(byte % CHARACTERS.length)).join('')
  return characters.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? ''
}

/** Returns a random password. */
export function generatePassword(): string {
  return writePassword(crypto.getRandomValues(new Uint8Array(PASSWORD_BYTES)))
}
