import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const CROWD = fileURLToPath(new URL('./crowd.child.mjs', import.meta.url))

export interface Crowd {
  /** Lets so many of them go and as many others come, each second, until it is stopped. */
  comeAndGo(perSecond: number): void
  /** Answers how many have come and gone. */
  stand(): Promise<number>
  leave(): void
}

/** Brings many sessions, each on a socket of its own, out of another process. Answers when all are in. */
export async function bringCrowd(url: string, apiKey: string, tokens: readonly string[]): Promise<Crowd> {
  const child = fork(CROWD, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send({ url, apiKey, tokens })
  await once(child, 'message')
  return {
    comeAndGo: (perSecond) => void child.send({ perSecond }),
    async stand() {
      child.send({ perSecond: 0 })
      const [count] = await once(child, 'message')
      return Number(count)
    },
    leave: () => void child.kill(),
  }
}
