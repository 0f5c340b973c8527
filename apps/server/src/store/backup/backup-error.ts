/** A backup that cannot be made or restored, for a reason that whoever asked for it can do something about. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** Told how far it has come, in bytes. */
export type OnProgress = (done: number, total: number) => void
