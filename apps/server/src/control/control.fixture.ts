import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { makeHouse } from '../backstage/backstage.fixture.ts'
import { openControl } from './open-control.ts'

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-control-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

export async function openTestControl(folder: string, house = makeHouse()) {
  const close = await openControl(folder, house)
  let open = true
  const closeOnce = async () => {
    if (open) await close()
    open = false
  }
  onTestFinished(closeOnce)
  return { house, close: closeOnce }
}
