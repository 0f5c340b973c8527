import { spawnSync } from 'node:child_process'
import process from 'node:process'

/** Whether a program of Debian is here. Where it is not, it is said how to get it. */
export function isThere(command: string, argument: string, name: string): boolean {
  const found = spawnSync(command, [argument]).error === undefined
  if (!found) process.stderr.write(`What needs ${name} is not tried: apt-get install ${name}\n`)
  return found
}
