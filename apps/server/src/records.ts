import type { AccountStore } from './account/account-store.ts'
import type { AnsweredRequestStore } from './account/answered-request.ts'
import type { LoginStore } from './account/login.ts'
import type { PersonalTokenStore } from './account/personal-token.ts'
import type { KeyStore } from './api-key/key-store.ts'
import type { AuditTrail } from './events/audit.ts'
import type { WebhookStore } from './events/webhook/webhook-store.ts'
import type { UsedTokenStore } from './keyring/used-token-store.ts'

/** All stores. */
export interface Records
  extends KeyStore,
    AccountStore,
    LoginStore,
    PersonalTokenStore,
    AnsweredRequestStore,
    UsedTokenStore,
    AuditTrail,
    WebhookStore {}

/** Stores whose records can be changed in one transaction. */
export interface Ledger extends Records {
  /** Runs several changes as one: all of them or none. A failure undoes all of it. */
  transaction<T>(run: (records: Records) => Promise<T>): Promise<T>
}
