import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecret, importSecret } from '../../../apps/server/src/api-key/add-signing-key.ts'
import { createApiKey } from '../../../apps/server/src/api-key/keys.ts'
import { retireSigningKey } from '../../../apps/server/src/api-key/retire-signing-key.ts'
import { openStore } from '../../../apps/server/src/store/open.ts'
import { rotateMasterKey } from '../../../apps/server/src/store/rotate-master-key.ts'
import { generateSuccessor } from '../../../apps/server/src/vault/successor-key.ts'
import { ENGINES, type Stage, setStage } from '../sessions/stage.fixture.ts'

const LONGEST_OFFSET = 2

/** All that a text may look like in a file: as it is, in hex, and in base64 at each of the three places of a group. */
function disguisesOf(text: string): string[] {
  const bytes = Buffer.from(text)
  const inBase64 = Array.from({ length: LONGEST_OFFSET + 1 }, (_none, offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // The first and the last group hold bits of the neighbours too.
    return shifted.slice(offset === 0 ? 0 : 4, -4)
  })
  const inBase64Url = inBase64.map((part) => part.replaceAll('+', '-').replaceAll('/', '_'))
  return [text, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...inBase64, ...inBase64Url]
}

/** What was found where; nothing is as it should be. */
function search(files: readonly (readonly [string, Buffer])[], texts: readonly string[]): string[] {
  const disguises = texts.flatMap(disguisesOf)
  return files.filter(([, content]) => disguises.some((text) => content.includes(text))).map(([name]) => name)
}

function filesIn(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'master.key')
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))])
}

describe.each(ENGINES)('what lies on the disk of a store on %s', (engine) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage(engine)
  })
  afterAll(() => stage?.remove())

  it('holds no secret, whether raw, in hex or in base64, while the store is open and after', async () => {
    const { location, postgres } = stage
    const opened = await openStore(location)
    const context = { ...opened, now: () => 1 }
    const { secret } = await createApiKey(context, { name: 'the name of the canary' })
    const retired = await createSecret(context, secret.apiKey)
    await retireSigningKey(context, retired.apiKey, retired.keyId)
    const imported = 'the canary sings a song of its own: 4711'
    await importSecret(context, secret.apiKey, { secret: imported })
    await rotateMasterKey(opened.store.db, opened.seal, generateSuccessor(location.dataFolder))
    const texts = [secret.secret, retired.secret, secret.secret.replace('secret_', ''), imported]
    const look = () => [
      ...filesIn(location.dataFolder),
      ...(postgres === undefined ? [] : filesIn(postgres.folder)),
      ...(postgres === undefined ? [] : [['dump', Buffer.from(postgres.dump(location.databaseUrl ?? ''))] as const]),
    ]

    const open = look()
    expect(search(open, ['the name of the canary'])).not.toEqual([])
    expect(search(open, texts)).toEqual([])
    await opened.store.close()
    postgres?.checkpoint()
    const closed = look()
    expect(search(closed, ['the name of the canary'])).not.toEqual([])
    expect(search(closed, texts)).toEqual([])
  })

  it('is searched by one who sees through each disguise', () => {
    const text = 'a text that hides'
    const base64 = (before: string) => Buffer.from(`${before}${text} and more`).toString('base64')
    const hides = [text, Buffer.from(text).toString('hex'), base64(''), base64('1'), base64('12')]
    for (const hidden of hides) expect(search([['file', Buffer.from(`..${hidden}..`)]], [text])).toEqual(['file'])
    expect(search([['file', Buffer.from('nothing here')]], [text])).toEqual([])
  })
})
