/** A backup that cannot be created or restored, for a reason that the user can fix. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** Called with the progress, in bytes. */
export type OnProgress = (done: number, total: number) => void

const NO_SPACE = /^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR\w*)$/
const NO_ACCESS = /^(EACCES|EPERM|EROFS|SQLITE_CANTOPEN\w*)$/

/** Translates a failure to write into a folder; other errors are returned unchanged. */
export function explainTargetError(error: unknown, folder: string): unknown {
  const code = String((error as { code?: unknown }).code)
  if (NO_SPACE.test(code)) {
    return new BackupError(
      `There is not enough space in ${folder} (${code}). Nothing was changed. Free some space and try again.`,
    )
  }
  if (NO_ACCESS.test(code))
    return new BackupError(`No permission to write to ${folder} (${code}). Nothing was changed.`)
  return error
}
