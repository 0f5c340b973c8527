import type { StoreLocation } from '../../../apps/server/src/store/open.ts'
import { makeFolder } from '../fixtures/platform.fixture.ts'
import { startPostgres, type ThrowAwayPostgres } from '../fixtures/postgres.fixture.ts'

export const ENGINES = ['SQLite', 'PostgreSQL'] as const

/** A place to play on: a data folder, and what the environment must hold for it. */
export interface Stage {
  readonly data: string
  readonly environment: NodeJS.ProcessEnv
  /** The location of the store. */
  readonly location: StoreLocation
  readonly postgres: ThrowAwayPostgres | undefined
  remove(): Promise<void>
}

/** @param fsync whether what is written must be on the disk; tests that pull the plug want it, others are faster without. */
export async function setStage(engine: (typeof ENGINES)[number], { fsync = false } = {}): Promise<Stage> {
  const folder = makeFolder()
  const postgres = engine === 'PostgreSQL' ? await startPostgres({ fsync }) : undefined
  const databaseUrl = postgres?.makeDatabase()
  return {
    data: folder.path,
    environment: databaseUrl === undefined ? {} : { STAGEDOOR_DATABASE_URL: databaseUrl },
    location: { dataFolder: folder.path, databaseUrl },
    postgres,
    async remove() {
      await postgres?.remove()
      folder.remove()
    },
  }
}
