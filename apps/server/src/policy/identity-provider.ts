import { isIssuer } from '@stagedoor/identity'
import { z } from 'zod'
import { conversationGrantSchema, MAX_MINTED_GRANTS } from './conversation-grant.ts'

/** The most identity providers that a policy can trust. */
export const MAX_IDENTITY_PROVIDERS = 8
/** The most claims of one identity provider that grant conversations. */
export const MAX_TRUSTED_CLAIMS = 50
/** The longest issuer, audience, claim name and claim value, in characters. */
export const MAX_PROVIDER_TEXT_LENGTH = 256
/** The maximum size of a policy's identity providers, in bytes of JSON. */
export const MAX_IDENTITY_PROVIDERS_BYTES = 32 * 1024

const textSchema = z.string().min(1).max(MAX_PROVIDER_TEXT_LENGTH)

// For development, http: on this machine is valid here; the platform decides whether to connect to it.
const issuerSchema = textSchema.refine(isIssuer, 'is not an issuer such as https://login.example')

const identityProviderSchema = z.strictObject({
  issuer: issuerSchema.describe('The provider, as its tokens name it in `iss`. Its keys are found by discovery.'),
  audience: textSchema.describe(
    'The audience that its tokens must have (`aud`): the client id of the front end, or an API.',
  ),
  userIdClaim: textSchema
    .default('sub')
    .describe('The claim with the user id. `email` is accepted only if the provider has verified it.'),
  grants: z
    .array(
      z.strictObject({
        claim: textSchema.describe(
          'The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`.',
        ),
        value: z
          .union([textSchema, z.boolean()])
          .describe('The value that the claim must have. A list, `scope` or `scp` must contain it.'),
        conversations: z.array(conversationGrantSchema).min(1).max(MAX_MINTED_GRANTS).readonly(),
      }),
    )
    .min(1)
    .max(MAX_TRUSTED_CLAIMS)
    .readonly()
    .optional()
    .describe(
      'Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy.',
    ),
  outlivesSubject: z
    .boolean()
    .default(false)
    .describe('Whether an access token may outlive the token that it was exchanged for.'),
})

export type IdentityProvider = Readonly<z.infer<typeof identityProviderSchema>>

export const identityProvidersSchema = z
  .array(identityProviderSchema)
  .min(1)
  .max(MAX_IDENTITY_PROVIDERS)
  .readonly()
  .refine(
    (providers) => Buffer.byteLength(JSON.stringify(providers)) <= MAX_IDENTITY_PROVIDERS_BYTES,
    `are at most ${MAX_IDENTITY_PROVIDERS_BYTES} bytes of JSON`,
  )
  .refine(
    (providers) => new Set(providers.map(({ issuer, audience }) => `${issuer} ${audience}`)).size === providers.length,
    'name an issuer twice for the same audience',
  )
