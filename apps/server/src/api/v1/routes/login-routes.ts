import { z } from 'zod'
import { prepareAccount } from '../../../account/accounts.ts'
import { openLogin } from '../../../account/login.ts'
import { hashPassword, MAX_PASSWORD_LENGTH } from '../../../account/password.ts'
import { setPassword } from '../../../account/set-password.ts'
import type { ApiContext } from '../http/api-context.ts'
import { clearLoginCookie, requireSameSite, setLoginCookie } from '../http/authenticate.ts'
import { callerOf } from '../http/guard.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import {
  accountSchema,
  emailSchema,
  endTokensSchema,
  meSchema,
  nameSchema,
  newPasswordSchema,
} from '../schemas/shapes.ts'
import { showAccount, showCaller } from '../schemas/show.ts'

const tags = ['Login']
const passwordSchema = z.string().max(MAX_PASSWORD_LENGTH)

/** The first account, logging in and out, and changing one's own password. */
export function serveLogin(api: Api, context: ApiContext): void {
  const { store, clock } = context

  api.post(
    '/setup',
    {
      config: { guard: 'everybody' },
      schema: {
        tags,
        summary: 'Create the first account with the setup code',
        body: z.strictObject({
          code: z.string().max(256),
          email: emailSchema,
          name: nameSchema,
          password: newPasswordSchema,
        }),
        response: answers(201, accountSchema),
      },
    },
    async (request, reply) => {
      requireSameSiteOfBrowser(context, request)
      const { code, ...given } = request.body
      if (!context.setUp.accepts(code)) {
        throw new ProblemError(
          403,
          'not_allowed',
          'This code is not valid, or was used. Restart the platform for a new one.',
        )
      }
      const account = await prepareAccount({ ...given, role: 'owner', grants: [] }, clock.now())
      await store.transaction(async (records) => {
        if ((await records.countAccounts()) > 0)
          throw new ProblemError(409, 'conflict', 'There is an account already. Log in.')
        await records.addAccount(account)
        const actor = { kind: 'account', id: account.accountId, name: account.email } as const
        await records.appendAudit({
          at: clock.now(),
          actor,
          address: request.ip,
          action: 'platform.set_up',
          apiKey: undefined,
          subject: account.accountId,
          before: undefined,
          after: showAccount(account),
        })
      })
      context.setUp.close()
      setLoginCookie(context, reply, await openLogin(store, account.accountId, clock.now()))
      return reply.code(201).send(showAccount(account))
    },
  )

  api.post(
    '/login',
    {
      config: { guard: 'everybody' },
      schema: {
        tags,
        summary: 'Log in with a session cookie',
        body: z.strictObject({ email: emailSchema, password: passwordSchema }),
        response: answers(200, accountSchema),
      },
    },
    async (request, reply) => {
      requireSameSiteOfBrowser(context, request)
      const { email, password } = request.body
      const checked = await context.logIn.check(email, password, request.ip)
      if (!checked.ok && checked.reason === 'too_many_logins') throw tooManyTries()
      const actor = checked.ok
        ? ({ kind: 'account', id: checked.account.accountId, name: email } as const)
        : ({ kind: 'stranger', id: undefined, name: email } as const)
      const entry = {
        at: clock.now(),
        actor,
        address: request.ip,
        apiKey: undefined,
        subject: undefined,
        before: undefined,
      }
      if (!checked.ok) {
        if (checked.record !== undefined)
          await store.appendAudit({ ...entry, action: 'login.refused', after: checked.record })
        throw new ProblemError(401, 'credentials_refused', 'The address or the password is not right.')
      }
      await store.appendAudit({ ...entry, action: 'login.opened', after: undefined })
      setLoginCookie(context, reply, await openLogin(store, checked.account.accountId, clock.now()))
      return reply.header('cache-control', 'no-store').send(showAccount(checked.account))
    },
  )

  api.post(
    '/logout',
    {
      config: { guard: 'anybody' },
      schema: { tags, summary: 'Log out', response: answers(200, z.object({ loggedOut: z.boolean() })) },
    },
    async (request, reply) => {
      const { loginHash } = callerOf(request)
      if (loginHash !== undefined) await store.deleteLogin(loginHash)
      clearLoginCookie(context, reply)
      return { loggedOut: loginHash !== undefined }
    },
  )

  api.get(
    '/me',
    {
      config: { guard: 'anybody' },
      schema: { tags, summary: 'Get your account and its rights', response: answers(200, meSchema) },
    },
    async (request) => showCaller(callerOf(request)),
  )

  api.post(
    '/me/password',
    {
      config: { guard: 'login' },
      schema: {
        tags,
        summary: 'Change your password and end your other logins',
        description: 'Its personal access tokens end too, unless `endTokens` is false.',
        body: z.strictObject({
          password: passwordSchema,
          newPassword: newPasswordSchema,
          endTokens: endTokensSchema.default(true),
        }),
        response: answers(200, accountSchema),
      },
    },
    async (request) => {
      const { account, loginHash } = callerOf(request)
      const { password, newPassword, endTokens } = request.body
      const kept = await store.findAccount(account.accountId)
      if (kept === undefined) throw faults.notLoggedIn()
      const confirmed = await context.logIn.confirm(kept, password, request.ip)
      if (!confirmed.ok) {
        if (confirmed.reason === 'too_many_logins') throw tooManyTries()
        if (confirmed.record !== undefined) {
          await store.appendAudit({
            at: clock.now(),
            actor: { kind: 'account', id: account.accountId, name: account.email },
            address: request.ip,
            action: 'account.password_refused',
            apiKey: undefined,
            subject: account.accountId,
            before: undefined,
            after: confirmed.record,
          })
        }
        throw new ProblemError(403, 'credentials_refused', 'The present password is not right.')
      }
      const passwordHash = await hashPassword(newPassword)
      await makeRequestedChange(context, request, async ({ store: records }, note) => {
        await setPassword(records, account.accountId, { passwordHash, endTokens, keptLogin: loginHash })
        note({ action: 'account.password_changed', subject: account.accountId, after: { endTokens } })
      })
      return showAccount(account)
    },
  )
}

function tooManyTries(): ProblemError {
  const detail = 'Too many log in at this moment. Try again in a few seconds.'
  return new ProblemError(429, 'too_many_requests', detail, { 'retry-after': '5' })
}

// A page of another site must not be able to log someone in unnoticed either. Clients other than browsers send no such header.
function requireSameSiteOfBrowser(context: ApiContext, request: Parameters<typeof requireSameSite>[1]): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (origin !== undefined || site !== undefined) requireSameSite(context, request)
}
