import { z } from 'zod'
import type { Account } from '../../../account/account.ts'
import { prepareAccount, requireAnotherOwner, requireRoom } from '../../../account/accounts.ts'
import { type Caller, covers } from '../../../account/caller.ts'
import { hashPassword } from '../../../account/password.ts'
import { setPassword } from '../../../account/set-password.ts'
import type { ApiContext } from '../http/api-context.ts'
import { requireMatch, sendWithEtag } from '../http/etag.ts'
import { callerOf } from '../http/guard.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import {
  accountSchema,
  emailSchema,
  endTokensSchema,
  grantSchema,
  nameSchema,
  newPasswordSchema,
  roleSchema,
  searchSchema,
} from '../schemas/shapes.ts'
import { showAccount } from '../schemas/show.ts'

/** The most API keys for which one account has a role, besides its role for all of them. */
export const MAX_GRANTS = 1_000

const tags = ['Accounts']
const grantsSchema = z.array(grantSchema).max(MAX_GRANTS)
const paramsSchema = z.object({ accountId: z.string().min(1).max(64) })

const SORTED_BY = {
  createdAt: ({ createdAt }: Account) => createdAt,
  name: ({ name }: Account) => name.toLowerCase(),
  email: ({ email }: Account) => email,
} as const

/** Accounts: the people and programs that manage the platform. */
export function serveAccounts(api: Api, context: ApiContext): void {
  const { store, clock } = context

  api.get(
    '/accounts',
    {
      config: { guard: 'accounts:read' },
      schema: {
        tags,
        summary: 'List accounts',
        querystring: pageQuerySchema.extend({
          search: searchSchema.optional().describe('Part of the name or the email address. Case is ignored.'),
          sort: sortSchema(['createdAt', 'name', 'email'], 'createdAt'),
        }),
        response: answers(200, countedPageSchema(accountSchema)),
      },
    },
    async ({ query }) => {
      const accounts = await store.listAccounts()
      const found = accounts.filter(({ name, email }) => isFound(query.search, name, email))
      const page = sortedPageOf(found, { by: SORTED_BY, idOf: ({ accountId }) => accountId }, query)
      return { ...page, items: page.items.map(showAccount) }
    },
  )

  api.post(
    '/accounts',
    {
      config: { guard: 'accounts:write' },
      schema: {
        tags,
        summary: 'Create an account',
        description: 'Give its owner the password by a safe way; it can be changed by `POST /me/password`.',
        headers: onceHeadersSchema,
        body: z.strictObject({
          email: emailSchema,
          name: nameSchema,
          password: newPasswordSchema,
          role: roleSchema.nullable().default(null),
          grants: grantsSchema.default([]),
        }),
        response: answers(201, accountSchema),
      },
    },
    async (request, reply) => {
      const { role, ...given } = request.body
      requireCovered(callerOf(request), { role: role ?? undefined, grants: given.grants })
      const account = await prepareAccount({ ...given, role: role ?? undefined }, clock.now())
      const made = await makeOnce(context, request, async ({ store: records }, note) => {
        await requireRoom(records, account.email)
        await records.addAccount(account)
        const shown = showAccount(account)
        note({ action: 'account.created', subject: account.accountId, after: shown })
        return shown
      })
      return reply.code(201).send(made)
    },
  )

  api.get(
    '/accounts/:accountId',
    {
      config: { guard: 'accounts:read' },
      schema: { tags, summary: 'Get an account', params: paramsSchema, response: answers(200, accountSchema) },
    },
    async ({ params }, reply) => {
      const account = await store.findAccount(params.accountId)
      if (account === undefined) throw faults.unknown('account')
      return sendWithEtag(reply, showAccount(account))
    },
  )

  api.patch(
    '/accounts/:accountId',
    {
      config: { guard: 'accounts:write' },
      schema: {
        tags,
        summary: 'Update the roles or the name of an account, or reset its password',
        description:
          'With another password, every login of the account ends, and its personal access tokens too, unless `endTokens` is false.',
        params: paramsSchema,
        body: z.strictObject({
          name: nameSchema.optional(),
          role: roleSchema.nullable().optional(),
          grants: grantsSchema.optional(),
          password: newPasswordSchema.optional(),
          endTokens: endTokensSchema.optional(),
        }),
        response: answers(200, accountSchema),
      },
    },
    async (request, reply) => {
      const { accountId } = request.params
      const { password, name, role, grants, endTokens = true } = request.body
      if (request.body.endTokens !== undefined && password === undefined) {
        throw new ProblemError(400, 'malformed', 'endTokens goes with a password.')
      }
      const passwordHash = password && (await hashPassword(password))
      const changed = await makeRequestedChange(context, request, async ({ store: records }, note) => {
        const before = await records.findAccount(accountId)
        if (before === undefined) throw faults.unknown('account')
        requireMatch(request, showAccount(before))
        if ([role, grants, password].some((given) => given !== undefined)) {
          requireCovered(callerOf(request), before)
          requireCovered(callerOf(request), {
            role: role === undefined ? before.role : (role ?? undefined),
            grants: grants ?? before.grants,
          })
        }
        if (role !== undefined && role !== 'owner') await requireAnotherOwner(records, accountId)
        const given = { name, role, grants }
        await records.changeAccount(
          accountId,
          Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
        )
        if (passwordHash !== undefined) await setPassword(records, accountId, { passwordHash, endTokens })
        const after = (await records.findAccount(accountId)) ?? before
        note({
          action: 'account.changed',
          subject: accountId,
          before: showAccount(before),
          after: { ...showAccount(after), ...(password !== undefined && { password: 'changed', endTokens }) },
        })
        return showAccount(after)
      })
      return sendWithEtag(reply, changed)
    },
  )

  api.delete(
    '/accounts/:accountId',
    {
      config: { guard: 'accounts:write' },
      schema: {
        tags,
        summary: 'Delete an account with its logins and tokens',
        params: paramsSchema,
        response: answers(200, z.object({ deleted: z.string() })),
      },
    },
    async (request) => {
      const { accountId } = request.params
      await makeRequestedChange(context, request, async ({ store: records }, note) => {
        const before = await records.findAccount(accountId)
        if (before === undefined) throw faults.unknown('account')
        requireMatch(request, showAccount(before))
        requireCovered(callerOf(request), before)
        await requireAnotherOwner(records, accountId)
        await records.deleteAccount(accountId)
        note({ action: 'account.deleted', subject: accountId, before: showAccount(before) })
      })
      return { deleted: accountId }
    },
  )
}

/** @throws {ProblemError} if an account has more permissions than the caller: a limited token could otherwise get them. */
function requireCovered(caller: Caller, account: Pick<Account, 'role' | 'grants'>): void {
  if (!covers(caller, account)) throw faults.forbidden('to do all that this account may')
}
