import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll } from 'vitest'
import { register } from './knocker.fixture.ts'
import {
  makeFolder,
  type Ran,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from './platform.fixture.ts'

type TokenOptions = ConstructorParameters<typeof AccessToken>[2]

/** An API key with a secret, as the command line makes it. */
export interface Made {
  readonly apiKey: string
  readonly keyId: string
  readonly secret: string
}

/** A platform with one API key, made before the tests of a file and gone after them. */
export class Shop {
  readonly #folder = makeFolder()
  key!: Made
  /** May be started anew. */
  platform!: RunningPlatform

  /** Opens it for the tests of the file that calls this. */
  static forTests(): Shop {
    const shop = new Shop()
    beforeAll(async () => {
      shop.key = await stagedoorJson(['key', 'create'], shop.data)
      shop.platform = await startPlatform(shop.data)
    })
    afterAll(async () => {
      await shop.platform.stop()
      shop.#folder.remove()
    })
    return shop
  }

  get data(): string {
    return this.#folder.path
  }

  mint(id: string, options: TokenOptions = {}, secret = this.key.secret): string {
    return new AccessToken(this.key.apiKey, secret, { apiRTC_UserAgent_Id: id, ...options }).toJwt()
  }

  /** Registers, hangs up, and answers `registered` or the code of the refusal. */
  async outcomeOf(id: string, token?: string): Promise<string> {
    const { knocker, answer } = await register(this.platform.url, this.key.apiKey, id, token)
    knocker.socket.terminate()
    return answer.type === 'refused' ? answer.code : answer.type
  }

  /** Runs the command on its data folder. */
  run(...args: readonly string[]): Promise<Ran> {
    return stagedoor([...args, '--data', this.data])
  }
}
