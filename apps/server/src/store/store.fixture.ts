import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ChangeContext } from '../api-key/change-context.ts'
import { openStore } from './open.ts'

/** A data folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A real store in a new folder, with the context for changes. */
export async function temporaryContext(now = 1_000_000): Promise<ChangeContext> {
  const { store, seal } = await openStore({ dataFolder: temporaryFolder() })
  onTestFinished(() => store.close())
  return { store, seal, now: () => now }
}
