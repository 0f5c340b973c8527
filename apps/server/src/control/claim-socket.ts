import { randomUUID } from 'node:crypto'
import { linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { isListenedAt } from './find-socket.ts'

/** Another server runs on the data folder. */
export class FolderTakenError extends Error {
  override readonly name = 'FolderTakenError'
}

/**
 * Gives a socket that is listened at already its public name, unless another server has it: of two that start at once, one
 * gets it. A name that was left behind is taken over. Answers how to give the name up.
 *
 * @throws {FolderTakenError} where another server has it.
 */
export async function claimSocket(bound: string, path: string): Promise<() => void> {
  while (!linkUnlessTaken(bound, path)) await clearAway(path)
  const { ino } = statSync(path)
  return () => {
    if (statSync(path, { throwIfNoEntry: false })?.ino === ino) rmSync(path)
  }
}

// What lies there is moved aside before it is thrown away: another server may have put its own there meanwhile.
async function clearAway(path: string): Promise<void> {
  if (await isListenedAt(path)) throw taken(path)
  const aside = `${path}.${randomUUID().slice(0, 8)}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const isLive = await isListenedAt(aside)
  if (isLive) linkUnlessTaken(aside, path)
  rmSync(aside)
  if (isLive) throw taken(path)
}

function linkUnlessTaken(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function taken(path: string): FolderTakenError {
  return new FolderTakenError(
    `A server runs on this data folder already (${path}). Stop it first, or choose another --data`,
  )
}
