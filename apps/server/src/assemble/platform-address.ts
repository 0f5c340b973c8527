import type { RefusalCode } from '@stagedoor/protocol'
import { DASHBOARD_PATH, SET_UP_PATH } from '../api/dashboard.ts'
import { DEMO_PATH } from '../api/demo.ts'
import { basePathOf, REFUSAL_PAGES } from '../public-url.ts'

/** The platform's URL for users. Without a public URL, it is the address that it listens on, known once it does. */
export class PlatformAddress {
  readonly basePath: string
  #url: string | undefined

  constructor(publicUrl: string | undefined) {
    this.basePath = basePathOf(publicUrl ?? '')
    this.#url = publicUrl
  }

  listensAt(url: string): void {
    this.#url ??= url
  }

  /** Empty until the platform listens. */
  readonly url = (): string => this.#url ?? ''

  /** The URL of the page that explains a refusal code. */
  readonly pageOf = (code: RefusalCode): string => `${this.url()}${REFUSAL_PAGES}/${code}`

  get dashboard(): string {
    return `${this.url()}${DASHBOARD_PATH}`
  }

  get demo(): string {
    return `${this.url()}${DEMO_PATH}`
  }

  setUpLink(code: string): string {
    return `${this.url()}${SET_UP_PATH}#${code}`
  }
}
