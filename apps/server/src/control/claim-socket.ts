import { linkSync, mkdirSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { probe } from './find-socket.ts'

/** Another server runs on the data folder. */
export class FolderTakenError extends Error {
  override readonly name = 'FolderTakenError'
}

// How long to wait for another server that removes a stale socket, which takes milliseconds.
const TAKEOVER_TRIES = 100
const TAKEOVER_PAUSE_MS = 20

/**
 * Gives a listening socket its public name, unless another server has it: of several that start at once, one gets it. A stale name is taken
 * over. Returns a function that releases the name.
 *
 * @throws {FolderTakenError} if another server has it.
 */
export async function claimSocket(bound: string, path: string): Promise<() => void> {
  while (!linkUnlessTaken(bound, path)) {
    if ((await probe(path)) === 'live') {
      throw new FolderTakenError(
        `A server already runs on this data folder (${path}). Stop it first, or choose another --data`,
      )
    }
    await clearAway(path)
  }
  const { ino } = statSync(path)
  return () => {
    if (statSync(path, { throwIfNoEntry: false })?.ino === ino) rmSync(path)
  }
}

// One at a time, and only while nobody listens: a name is given only to a socket that already listens, so if nobody listens now,
// nobody will later either, until the name is removed.
async function clearAway(path: string): Promise<void> {
  const turn = `${path}.takeover`
  for (let tries = 0; !makeFolder(turn); tries++) {
    if (tries === TAKEOVER_TRIES) {
      throw new FolderTakenError(`Another server is starting on this data folder. If there is none, remove ${turn}`)
    }
    await sleep(TAKEOVER_PAUSE_MS)
  }
  try {
    if ((await probe(path)) === 'left behind') rmSync(path)
  } finally {
    rmdirSync(turn)
  }
}

function makeFolder(path: string): boolean {
  return unless('EEXIST', () => mkdirSync(path))
}

function linkUnlessTaken(from: string, to: string): boolean {
  return unless('EEXIST', () => linkSync(from, to))
}

function unless(expected: string, act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false
    throw error
  }
}
