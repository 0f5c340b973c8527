import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Noted } from '../make-change.ts'
import { makeOperations } from '../operations/operations.fixture.ts'
import type { WriteDown } from '../write-down.ts'
import { openControl } from './open-control.ts'

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-control-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Live operations, and the records of them. */
export function makeControlContext() {
  const written: { readonly by: string | undefined; readonly noted: Noted }[] = []
  const writeDown: WriteDown = async ({ actor }, noted) => {
    written.push({ by: actor.name, noted })
    return true
  }
  return { ...makeOperations(), clock: { now: () => 1_000 }, written, writeDown }
}

export async function openTestControl(folder: string, context = makeControlContext()) {
  const close = await openControl(folder, context)
  let open = true
  const closeOnce = async () => {
    if (open) await close()
    open = false
  }
  onTestFinished(closeOnce)
  return { context, close: closeOnce }
}
