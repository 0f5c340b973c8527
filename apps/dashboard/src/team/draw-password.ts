/** 32 signs, so that each byte chooses fairly among them; none that is taken for another. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789'
const GROUP = 5

/** How many random bytes a password takes: 100 bits of chance. */
const PASSWORD_BYTES = 20

/** A password that somebody can read out and write off: `k7m2p-…`, four groups of five. */
export function writePassword(random: Uint8Array): string {
  const signs = Array.from(random, (byte) => SIGNS.charAt(byte % SIGNS.length)).join('')
  return signs.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? ''
}

/** Draws a password by the chance of the browser. */
export function generatePassword(): string {
  return writePassword(crypto.getRandomValues(new Uint8Array(PASSWORD_BYTES)))
}
