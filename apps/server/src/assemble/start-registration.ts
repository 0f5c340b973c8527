import type { Clock } from '../clock.ts'
import type { Log } from '../observe/log.ts'
import { Registrar } from '../registration/registrar.ts'
import { UsedTokens } from '../registration/used-tokens.ts'
import { MarkWriter } from '../registration/write-marks.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Storage } from './open-storage.ts'
import type { Shutdown } from './shutdown.ts'

/** The registrar, with the single-use tokens that were used before this start. */
export async function startRegistration(
  { store, keyring }: Pick<Storage, 'store' | 'keyring'>,
  sessions: Sessions,
  clock: Clock,
  log: Log,
  shutdown: Shutdown,
): Promise<{ readonly registrar: Registrar; readonly marks: MarkWriter }> {
  const marks = new MarkWriter({
    store,
    onError: (error) =>
      log.error(error, 'single-use tokens cannot be marked as used; registrations that present one are refused'),
  })
  const used = new UsedTokens({
    marks: await store.listUsedTokens(clock.now()),
    write: (mark) => marks.write(mark),
    clock,
  })
  shutdown.add(() => marks.close())
  return { registrar: new Registrar(keyring, sessions, clock, used), marks }
}
