// Written by scripts/admin-schema.mjs from the OpenAPI document of the server. Change nothing here.
export interface paths {
  '/api/v1/setup': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Create the first account with the setup code */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            code: string
            /** Format: email */
            email: string
            name: string
            /** @description A sentence works well. */
            password: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Account']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Log in with a session cookie */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Format: email */
            email: string
            password: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Account']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Log out */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              loggedOut: boolean
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get your account and its rights */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Me']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Change your password and end your other logins
     * @description Its personal access tokens end too, unless `endTokens` is false.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            password: string
            /** @description A sentence works well. */
            newPassword: string
            /**
             * @description Whether the personal access tokens of the account end too. Anyone who knew the old password may have created some.
             * @default true
             */
            endTokens?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Account']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List your personal access tokens */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Part of the name. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?:
            | 'createdAt'
            | '-createdAt'
            | 'name'
            | '-name'
            | 'expiresAt'
            | '-expiresAt'
            | 'lastUsedAt'
            | '-lastUsedAt'
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['PersonalToken'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /** Create a personal access token */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name: string
            /** @description Its rights: never more than those of its account. */
            rights: (
              | 'keys:read'
              | 'sessions:read'
              | 'refusals:read'
              | 'signing_keys:write'
              | 'tokens:mint'
              | 'sessions:write'
              | 'revocations:write'
              | 'keys:write'
              | 'webhooks:read'
              | 'webhooks:write'
              | 'audit:read'
              | 'accounts:read'
              | 'accounts:write'
            )[]
            /** @description The API key that it is limited to. Default: all API keys of the account. */
            apiKey?: string
            /** @default 7776000 */
            lifeSeconds?: number
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              tokenId: string
              name: string
              readonly rights: (
                | 'keys:read'
                | 'sessions:read'
                | 'refusals:read'
                | 'signing_keys:write'
                | 'tokens:mint'
                | 'sessions:write'
                | 'revocations:write'
                | 'keys:write'
                | 'webhooks:read'
                | 'webhooks:write'
                | 'audit:read'
                | 'accounts:read'
                | 'accounts:write'
              )[]
              apiKey: string | null
              /** @description Seconds since 1970. */
              createdAt: number
              /** @description Seconds since 1970. */
              expiresAt: number
              lastUsedAt: number | null
              /** @description Shown only once. */
              secret: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/tokens/{tokenId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Delete a personal access token */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          tokenId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              deleted: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/accounts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List accounts */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Part of the name or the email address. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?: 'createdAt' | '-createdAt' | 'name' | '-name' | 'email' | '-email'
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['Account'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /**
     * Create an account
     * @description Give its owner the password by a safe way; it can be changed by `POST /me/password`.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** Format: email */
            email: string
            name: string
            /** @description A sentence works well. */
            password: string
            /** @default null */
            role?: ('viewer' | 'developer' | 'owner') | null
            /** @default [] */
            grants?: {
              apiKey: string
              /** @enum {string} */
              role: 'viewer' | 'developer' | 'owner'
            }[]
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Account']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/accounts/{accountId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get an account */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Account']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    /** Delete an account with its logins and tokens */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              deleted: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    /**
     * Update the roles or the name of an account, or reset its password
     * @description With another password, every login of the account ends, and its personal access tokens too, unless `endTokens` is false.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            role?: ('viewer' | 'developer' | 'owner') | null
            grants?: {
              apiKey: string
              /** @enum {string} */
              role: 'viewer' | 'developer' | 'owner'
            }[]
            /** @description A sentence works well. */
            password?: string
            /** @description Whether the personal access tokens of the account end too. Anyone who knew the old password may have created some. */
            endTokens?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Account']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/keys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the API keys that you have a role for */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Part of the name or the API key. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?: 'createdAt' | '-createdAt' | 'name' | '-name'
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['ApiKey'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /** Create an API key with its first secret */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name: string
            policy?: {
              /** @default true */
              requireToken?: boolean
              /** @default false */
              allowAnyUser?: boolean
              /** @default 86400 */
              maxTtlSeconds?: number
              /** @default apiRTC */
              audience?: string
              /** @default 0 */
              clockSkewSeconds?: number
              /** @default disconnect */
              onExpiry?:
                | ('disconnect' | 'keep')
                | {
                    graceSeconds: number
                  }
              readonly origins?: string[]
              sessionsPerUser?: {
                most: number
                /** @enum {string} */
                beyond: 'refuse' | 'close_oldest'
              }
              /** @default 10 */
              sessionsPerUserInConversation?: number
              /** @default false */
              singleUse?: boolean
              /** @default {} */
              rateLimits?: {
                registrationsPerMinute?: number
                connectionAttemptsPerMinute?: number
                /** @default 500 */
                messagesPerSecond?: number
              }
              /**
               * @default {
               *       "role": "contributor",
               *       "publish": [
               *         "audio",
               *         "video",
               *         "screen",
               *         "data"
               *       ],
               *       "subscribe": true
               *     }
               */
              permissions?: {
                /** @enum {string} */
                role: 'moderator' | 'contributor' | 'guest'
                readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                subscribe: boolean
              }
              readonly identityProviders?: {
                /** @description The provider, as its tokens name it in `iss`. Its keys are found by discovery. */
                issuer: string
                /** @description The audience that its tokens must have (`aud`): the client id of the front end, or an API. */
                audience: string
                /**
                 * @description The claim with the user id. `email` is accepted only if the provider has verified it.
                 * @default sub
                 */
                userIdClaim?: string
                /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                readonly grants?: {
                  /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                  claim: string
                  /** @description The value that the claim must have. A list, `scope` or `scp` must contain it. */
                  value: string | boolean
                  readonly conversations: {
                    /** @enum {string} */
                    role: 'moderator' | 'contributor' | 'guest'
                    readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                    subscribe: boolean
                    name: string
                  }[]
                }[]
                /**
                 * @description Whether an access token may outlive the token that it was exchanged for.
                 * @default false
                 */
                outlivesSubject?: boolean
              }[]
            }
            /** @description One that was made elsewhere, for an application that moves in: 1 to 128 letters, digits, dots, hyphens and underscores, the first a letter or a digit. */
            apiKey?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              apiKey: string
              name: string
              /** @enum {string} */
              state: 'active' | 'disabled'
              policy: {
                /** @default true */
                requireToken: boolean
                /** @default false */
                allowAnyUser: boolean
                /** @default 86400 */
                maxTtlSeconds: number
                /** @default apiRTC */
                audience: string
                /** @default 0 */
                clockSkewSeconds: number
                /** @default disconnect */
                onExpiry:
                  | ('disconnect' | 'keep')
                  | {
                      graceSeconds: number
                    }
                readonly origins?: string[]
                sessionsPerUser?: {
                  most: number
                  /** @enum {string} */
                  beyond: 'refuse' | 'close_oldest'
                }
                /** @default 10 */
                sessionsPerUserInConversation: number
                /** @default false */
                singleUse: boolean
                rateLimits: {
                  registrationsPerMinute?: number
                  connectionAttemptsPerMinute?: number
                  /** @default 500 */
                  messagesPerSecond: number
                }
                /**
                 * @default {
                 *       "role": "contributor",
                 *       "publish": [
                 *         "audio",
                 *         "video",
                 *         "screen",
                 *         "data"
                 *       ],
                 *       "subscribe": true
                 *     }
                 */
                permissions: {
                  /** @enum {string} */
                  role: 'moderator' | 'contributor' | 'guest'
                  readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                  subscribe: boolean
                }
                readonly identityProviders?: {
                  /** @description The provider, as its tokens name it in `iss`. Its keys are found by discovery. */
                  issuer: string
                  /** @description The audience that its tokens must have (`aud`): the client id of the front end, or an API. */
                  audience: string
                  /**
                   * @description The claim with the user id. `email` is accepted only if the provider has verified it.
                   * @default sub
                   */
                  userIdClaim: string
                  /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                  readonly grants?: {
                    /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                    claim: string
                    /** @description The value that the claim must have. A list, `scope` or `scp` must contain it. */
                    value: string | boolean
                    readonly conversations: {
                      /** @enum {string} */
                      role: 'moderator' | 'contributor' | 'guest'
                      readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                      subscribe: boolean
                      name: string
                    }[]
                  }[]
                  /**
                   * @description Whether an access token may outlive the token that it was exchanged for.
                   * @default false
                   */
                  outlivesSubject: boolean
                }[]
              }
              /** @description The policy as sentences, one for each decision. */
              readonly policyInWords: string[]
              /** @description Seconds since 1970. */
              createdAt: number
              secret: {
                keyId: string
                /** @description Shown only once. */
                secret: string
              }
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get an API key */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['ApiKey']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    /** Delete an API key and its data, and end its sessions */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              deleted: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    /**
     * Update, disable or enable an API key
     * @description What is not named stays. Of the policy, `null` sets a decision back to its default. It acts on the next admission and, where it narrows, on live sessions. With `If-Match`, only if nobody changed it meanwhile.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            /** @enum {string} */
            state?: 'active' | 'disabled'
            policy?: {
              requireToken?: boolean | null
              allowAnyUser?: boolean | null
              maxTtlSeconds?: number | null
              audience?: string | null
              clockSkewSeconds?: number | null
              onExpiry?:
                | (
                    | ('disconnect' | 'keep')
                    | {
                        graceSeconds: number
                      }
                  )
                | null
              origins?: string[] | null
              sessionsPerUser?: {
                most: number
                /** @enum {string} */
                beyond: 'refuse' | 'close_oldest'
              } | null
              sessionsPerUserInConversation?: number | null
              singleUse?: boolean | null
              rateLimits?: {
                registrationsPerMinute?: number
                connectionAttemptsPerMinute?: number
                /** @default 500 */
                messagesPerSecond?: number
              } | null
              permissions?: {
                /** @enum {string} */
                role: 'moderator' | 'contributor' | 'guest'
                readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                subscribe: boolean
              } | null
              identityProviders?:
                | {
                    /** @description The provider, as its tokens name it in `iss`. Its keys are found by discovery. */
                    issuer: string
                    /** @description The audience that its tokens must have (`aud`): the client id of the front end, or an API. */
                    audience: string
                    /**
                     * @description The claim with the user id. `email` is accepted only if the provider has verified it.
                     * @default sub
                     */
                    userIdClaim?: string
                    /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                    readonly grants?: {
                      /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                      claim: string
                      /** @description The value that the claim must have. A list, `scope` or `scp` must contain it. */
                      value: string | boolean
                      readonly conversations: {
                        /** @enum {string} */
                        role: 'moderator' | 'contributor' | 'guest'
                        readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                        subscribe: boolean
                        name: string
                      }[]
                    }[]
                    /**
                     * @description Whether an access token may outlive the token that it was exchanged for.
                     * @default false
                     */
                    outlivesSubject?: boolean
                  }[]
                | null
            }
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['ApiKey']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/keys/{key}/policy/preview': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Preview the effect of a policy change on live sessions
     * @description The body is that of the change. Nothing is changed.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            /** @enum {string} */
            state?: 'active' | 'disabled'
            policy?: {
              requireToken?: boolean | null
              allowAnyUser?: boolean | null
              maxTtlSeconds?: number | null
              audience?: string | null
              clockSkewSeconds?: number | null
              onExpiry?:
                | (
                    | ('disconnect' | 'keep')
                    | {
                        graceSeconds: number
                      }
                  )
                | null
              origins?: string[] | null
              sessionsPerUser?: {
                most: number
                /** @enum {string} */
                beyond: 'refuse' | 'close_oldest'
              } | null
              sessionsPerUserInConversation?: number | null
              singleUse?: boolean | null
              rateLimits?: {
                registrationsPerMinute?: number
                connectionAttemptsPerMinute?: number
                /** @default 500 */
                messagesPerSecond?: number
              } | null
              permissions?: {
                /** @enum {string} */
                role: 'moderator' | 'contributor' | 'guest'
                readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                subscribe: boolean
              } | null
              identityProviders?:
                | {
                    /** @description The provider, as its tokens name it in `iss`. Its keys are found by discovery. */
                    issuer: string
                    /** @description The audience that its tokens must have (`aud`): the client id of the front end, or an API. */
                    audience: string
                    /**
                     * @description The claim with the user id. `email` is accepted only if the provider has verified it.
                     * @default sub
                     */
                    userIdClaim?: string
                    /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                    readonly grants?: {
                      /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                      claim: string
                      /** @description The value that the claim must have. A list, `scope` or `scp` must contain it. */
                      value: string | boolean
                      readonly conversations: {
                        /** @enum {string} */
                        role: 'moderator' | 'contributor' | 'guest'
                        readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
                        subscribe: boolean
                        name: string
                      }[]
                    }[]
                    /**
                     * @description Whether an access token may outlive the token that it was exchanged for.
                     * @default false
                     */
                    outlivesSubject?: boolean
                  }[]
                | null
            }
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['PolicyPreview']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/signing-keys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List signing keys */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Part of the key id. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?:
            | 'createdAt'
            | '-createdAt'
            | 'keyId'
            | '-keyId'
            | 'lastUsedAt'
            | '-lastUsedAt'
            | 'sessions'
            | '-sessions'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['SigningKey'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /**
     * Create or import a signing key
     * @description A new secret is shown in the answer, and never again.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json':
            | {
                /**
                 * @description A new secret, for HS256.
                 * @enum {string}
                 */
                kind: 'secret'
                /** @description The id that tokens refer to it by. Default: generated. */
                keyId?: string
              }
            | {
                /**
                 * @description A secret that was created elsewhere.
                 * @enum {string}
                 */
                kind: 'imported_secret'
                secret: string
                /**
                 * @default HS256
                 * @enum {string}
                 */
                algorithm?: 'HS256' | 'HS384' | 'HS512'
                /** @description The id that tokens refer to it by. Default: generated. */
                keyId?: string
              }
            | {
                /** @enum {string} */
                kind: 'public_key'
                /** @description PEM, or a JWK as JSON. */
                publicKey: string
                /** @description The id that tokens refer to it by. Default: generated. */
                keyId?: string
              }
            | {
                /** @enum {string} */
                kind: 'key_set'
                url: string
                /** @description The id that tokens refer to it by. Default: generated. */
                keyId?: string
              }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description The id that tokens refer to it by (`kid`). */
              keyId: string
              /** @enum {string} */
              kind: 'secret' | 'public_key' | 'key_set'
              /** @description Null for a key set, in which each key has its own. */
              algorithm: ('HS256' | 'HS384' | 'HS512' | 'RS256' | 'ES256' | 'EdDSA') | null
              /** @enum {string} */
              state: 'active' | 'retiring' | 'retired'
              /** @description Seconds since 1970. */
              createdAt: number
              retiresAt: number | null
              /** @description When a token that it signed was last admitted, accurate to a few seconds. */
              lastUsedAt: number | null
              /** @description Live sessions whose current token was signed with it. */
              sessions: number
              /** @description What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still. */
              advice: ('rotate' | 'retire' | 'change_over') | null
              /** @description Shown only once. */
              secret?: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/signing-keys/{keyId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a signing key */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          keyId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['SigningKey']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/signing-keys/{keyId}/retire': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Retire a signing key
     * @description From then on its tokens are refused. Sessions that are open stay open.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          keyId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * @description How long it has lasted, in seconds.
             * @default 0
             */
            inSeconds?: number
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['SigningKey']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/signing-keys/{keyId}/keep': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Cancel the retirement of a signing key */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          keyId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['SigningKey']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Create an access token for a user
     * @description It is signed with the newest secret of the API key, and lives no longer than the policy allows.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description The user id that the token is for. */
            id: string
            /** @description Default: one hour, or the longest that the policy allows. */
            ttlSeconds?: number
            conversations?: {
              /** @enum {string} */
              role: 'moderator' | 'contributor' | 'guest'
              readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
              subscribe: boolean
              name: string
            }[]
            /** @description What the others see, such as a display name: 4 KiB of JSON at most. */
            userData?: {
              [key: string]: unknown
            }
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              token: string
              apiKey: string
              id: string
              expiresAt: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/revocations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List revocations in force */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          kind?: 'token' | 'subject_token' | 'user' | 'ban' | 'signing_key' | 'everything'
          /** @description Part of the subject. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?: 'revokedAt' | '-revokedAt' | 'forgetAt' | '-forgetAt' | 'subject' | '-subject'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['Revocation'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /**
     * Revoke tokens or ban a user
     * @description Its sessions end at once. It is forgotten by itself when the last token that it is about has ended, a ban when it ends. A ban that is there is made longer, never shorter.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json':
            | {
                /** @enum {string} */
                kind: 'token'
                /** @description Its `jti`. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'subject_token'
                /** @description `subject_token_hash` of the access tokens that it was exchanged for. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'user'
                /** @description The user id. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'ban'
                /** @description The user id. */
                subject: string
                /** @description How long the user is refused, with any token. */
                forSeconds: number
              }
            | {
                /** @enum {string} */
                kind: 'signing_key'
                /** @description The key id. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'everything'
              }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Revocation']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/bans/{userId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Lift a ban
     * @description Tokens that were revoked stay revoked.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          userId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              lifted: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/revocations/preview': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Count the live sessions that a revocation would end
     * @description The body is that of the revocation. Nothing is revoked.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json':
            | {
                /** @enum {string} */
                kind: 'token'
                /** @description Its `jti`. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'subject_token'
                /** @description `subject_token_hash` of the access tokens that it was exchanged for. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'user'
                /** @description The user id. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'ban'
                /** @description The user id. */
                subject: string
                /** @description How long the user is refused, with any token. */
                forSeconds: number
              }
            | {
                /** @enum {string} */
                kind: 'signing_key'
                /** @description The key id. */
                subject: string
              }
            | {
                /** @enum {string} */
                kind: 'everything'
              }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Preview']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List live sessions, the newest first */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          userId?: string
          /** @description Part of the text. Case is ignored. */
          search?: string
          conversation?: string
          keyId?: string
          /** @description With `-`: the greatest first. */
          sort?: 'since' | '-since' | 'until' | '-until' | 'userId' | '-userId'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['Session'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/sessions/{sessionId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a live session */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          sessionId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Session']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/sessions/{sessionId}/close': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Close a session
     * @description With `ban`, what it says is refused from then on. Without, the user may come back with any token that is still good.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          sessionId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description What is refused from now on. `tokens`: the tokens that the session presented, and the tokens of an identity provider that they were exchanged for. `user`: every token of the user that was issued until now. `userForSeconds`: the user, whatever token they bring, for that long. The last two need the right `revocations:write` too. */
            ban?:
              | ('tokens' | 'user')
              | {
                  userForSeconds: number
                }
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              sessionId: string
              userId: string
              apiKey: string
              /** @description Seconds since 1970. */
              since: number
              /** @description When its token expires. */
              until: number
              /** @description The signing key that verified its token. Null if no token was needed. */
              keyId: string | null
              /** @description How long it waits for a client whose connection is lost. */
              reconnectUntil: number | null
              readonly conversations: string[]
              /** @description The network address that it registered from, or null. */
              address: string | null
              /** @description The origin of the page that registered. */
              origin: string | null
              userAgent: string | null
              /** @description Whether it is in the audit trail. It is done in any case: where the store cannot be reached, it is in the log. */
              audited: boolean
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/conversations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List live conversations */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Part of the text. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?: 'name' | '-name' | 'members' | '-members'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['Conversation'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/conversations/{conversation}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a conversation with its members and streams */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          conversation: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['ConversationWithMembers']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/conversations/{conversation}/eject': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Remove a session from a conversation
     * @description It may join again. With `ban`, the session is closed, and what `ban` says is refused from then on.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          conversation: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description What is refused from now on. `tokens`: the tokens that the session presented, and the tokens of an identity provider that they were exchanged for. `user`: every token of the user that was issued until now. `userForSeconds`: the user, whatever token they bring, for that long. The last two need the right `revocations:write` too. */
            ban?:
              | ('tokens' | 'user')
              | {
                  userForSeconds: number
                }
            sessionId: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              ejected: string
              /** @description Whether it is in the audit trail. It is done in any case: where the store cannot be reached, it is in the log. */
              audited: boolean
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/conversations/{conversation}/close': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Remove every member of a conversation
     * @description The sessions stay open. Members can join again, which starts a new conversation.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          conversation: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              closed: string
              /** @description The number of members that were removed. */
              members: number
              /** @description Whether it is in the audit trail. It is done in any case: where the store cannot be reached, it is in the log. */
              audited: boolean
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/conversations/{conversation}/messages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send an announcement to a conversation */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
          conversation: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            text: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description The number of members that received it. */
              heardBy: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/conversations/{conversation}/mute': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Mute a stream
     * @description The other members are notified, and the publisher is asked to mute. Eject a client that does not comply.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          conversation: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description Of the publisher. */
            sessionId: string
            streamId: string
            /** @default true */
            audio?: boolean
            /** @default false */
            video?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              muted: string
              /** @description Whether it is in the audit trail. It is done in any case: where the store cannot be reached, it is in the log. */
              audited: boolean
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/live': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Stream sessions, conversations and refusals as they happen
     * @description Server-sent events (`EventSource`): each has a name and JSON as its data, by the fields of `LiveEvents`. `hello` is the
     *     first. Changes are gathered for a quarter of a second. A session may be told of that was in the list already: each is told of
     *     whole, by its id. After `hello` and after `resync`, read the lists. The stream ends with the right to read it.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description The data of each event, by its name. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/event-stream': components['schemas']['LiveEvents']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/refusals': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List refusals
     * @description One that repeats (same user, reason and place, within an hour) is listed once and counted. `keptSince` and `discarded` say how complete the list is.
     */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          code?:
            | 'token_missing'
            | 'token_invalid'
            | 'token_malformed'
            | 'token_too_large'
            | 'algorithm_refused'
            | 'api_key_unknown'
            | 'key_unknown'
            | 'signature_invalid'
            | 'token_expired'
            | 'token_not_yet_valid'
            | 'token_lifetime_exceeded'
            | 'audience_mismatch'
            | 'user_id_mismatch'
            | 'wildcard_refused'
            | 'token_revoked'
            | 'user_banned'
            | 'token_already_used'
            | 'resume_refused'
            | 'origin_refused'
            | 'session_limit'
            | 'rate_limited'
            | 'conversation_not_granted'
            | 'permission_not_granted'
            | 'ejected'
            | 'unavailable'
          userId?: string
          /** @description Part of the text. Case is ignored. */
          search?: string
          origin?: string
          /** @description Seconds since 1970. */
          since?: number
          /** @description Seconds since 1970. */
          until?: number
          /** @description With `-`: the greatest first. */
          sort?:
            | 'lastAt'
            | '-lastAt'
            | 'firstAt'
            | '-firstAt'
            | 'count'
            | '-count'
            | 'userId'
            | '-userId'
            | 'code'
            | '-code'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['Refusal'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
              /** @description From when on refusals are kept, in seconds since 1970. Those that ended before are deleted. */
              keptSince: number
              /** @description Refusals that are missing although they are not older, since there were too many; null where there are none. */
              discarded: {
                count: number
                /** @description Seconds since 1970. */
                firstAt: number
                /** @description Seconds since 1970. */
                lastAt: number
              } | null
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/refusals/{refusalId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a refusal with its checks, clocks and client info */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          refusalId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Refusal']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/refusals/{refusalId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Find a refusal by its id, in all API keys that you may read */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          refusalId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Refusal']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/refusals/counts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Count refusals by code over time
     * @description Steps begin at whole multiples of their length, the first at or before `since`. Steps of whole hours are counted for 90 days; shorter ones for 24 hours, in memory, since the platform was started. `countedSince` says from when on there are counts.
     */
    get: {
      parameters: {
        query?: {
          /** @description Seconds since 1970. Default: a day before `until`. */
          since?: number
          /** @description Seconds since 1970. Default: now. */
          until?: number
          /** @description The length of a step in seconds: a multiple of 60. */
          step?: number
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['RefusalCounts']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/explain': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Explain whether a token would admit a user, to a conversation, with these publications
     * @description Nothing is opened and nothing is used up.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            id: string
            token?: string
            origin?: string
            conversation?: string
            /** @default [] */
            publish?: ('audio' | 'video' | 'screen' | 'data')[]
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['DryRun']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List webhook endpoints */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Part of the URL or the description. Case is ignored. */
          search?: string
          /** @description With `-`: the greatest first. */
          sort?: 'createdAt' | '-createdAt' | 'url' | '-url' | 'state' | '-state'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['WebhookEndpoint'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
              /** @description Over all pages. */
              total: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /** Create a webhook endpoint */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description `https:` on the public internet. */
            url: string
            /**
             * @description The event types to send. Null: all, including future ones.
             * @default null
             */
            types?:
              | (
                  | 'session.opened'
                  | 'session.closed'
                  | 'conversation.started'
                  | 'conversation.ended'
                  | 'refusals.burst'
                  | 'signing_key.retired'
                )[]
              | null
            /** @default  */
            description?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              endpointId: string
              url: string
              /** @description Null: all. */
              types:
                | (
                    | 'session.opened'
                    | 'session.closed'
                    | 'conversation.started'
                    | 'conversation.ended'
                    | 'refusals.burst'
                    | 'signing_key.retired'
                  )[]
                | null
              description: string
              /** @enum {string} */
              state: 'active' | 'disabled'
              /** @description Whether it was disabled because it answered 410. */
              isGone: boolean
              /** @description Seconds since 1970. */
              createdAt: number
              /** @description `whsec_…`, shown only once. */
              secret: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a webhook endpoint */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['WebhookEndpoint']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    /** Delete a webhook endpoint and its deliveries */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              deleted: string
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    /**
     * Update, disable or enable a webhook endpoint
     * @description While it is disabled no events are written for it; what is written waits.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description `https:` on the public internet. */
            url?: string
            /** @description The event types to send. Null: all, including future ones. */
            types?:
              | (
                  | 'session.opened'
                  | 'session.closed'
                  | 'conversation.started'
                  | 'conversation.ended'
                  | 'refusals.burst'
                  | 'signing_key.retired'
                )[]
              | null
            description?: string
            /** @enum {string} */
            state?: 'active' | 'disabled'
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['WebhookEndpoint']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}/rotate-secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Rotate the secret of a webhook endpoint
     * @description The one before signs beside it until `previousUntil`.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description `whsec_…`, shown only once. */
              secret: string
              previousUntil: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}/test': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send a test event */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made. */
          'idempotency-key'?: string
        }
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['WebhookDelivery']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List deliveries with their attempts */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          state?: 'held' | 'pending' | 'retrying' | 'delivered' | 'dead'
          type?:
            | 'session.opened'
            | 'session.closed'
            | 'conversation.started'
            | 'conversation.ended'
            | 'refusals.burst'
            | 'signing_key.retired'
            | 'test'
          /** @description With `-`: the newest first. */
          sort?: 'createdAt' | '-createdAt'
        }
        header?: never
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['WebhookDelivery'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a delivery */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          endpointId: string
          deliveryId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['WebhookDelivery']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}/replay': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Replay a delivery
     * @description It has the same `webhook-id` as before.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          endpointId: string
          deliveryId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['WebhookDelivery']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/webhooks/{endpointId}/replay': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Replay all deliveries that were given up since a time
     * @description The latest of it first, as far as there is room: 100,000 wait for an endpoint at the most.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          key: string
          endpointId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description Seconds since 1970. */
            since: number
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              replayed: number
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the audit log of the platform */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description For example `session.closed`, or `session.` for every type with that prefix. */
          action?: string
          /** @description The id or the email address of the account that did it. */
          actor?: string
          /** @description The object of the action. */
          subject?: string
          /** @description Seconds since 1970. */
          since?: number
          /** @description Seconds since 1970. */
          until?: number
          /** @description Ordered by time. With `-`: the newest first. */
          sort?: 'at' | '-at'
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['AuditEntry'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/keys/{key}/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the audit log of an API key */
    get: {
      parameters: {
        query?: {
          /** @description The most items to return. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description For example `session.closed`, or `session.` for every type with that prefix. */
          action?: string
          /** @description The id or the email address of the account that did it. */
          actor?: string
          /** @description The object of the action. */
          subject?: string
          /** @description Seconds since 1970. */
          since?: number
          /** @description Seconds since 1970. */
          until?: number
          /** @description Ordered by time. With `-`: the newest first. */
          sort?: 'at' | '-at'
        }
        header?: never
        path: {
          key: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              readonly items: components['schemas']['AuditEntry'][]
              /** @description Pass it as `cursor` to get the next page. Null on the last page. */
              nextCursor: string | null
            }
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/platform': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get the version, store and load of the platform */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Platform']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traffic': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Count admitted registrations, refusals and sessions by the hour, for 90 days
     * @description Of one API key, or of all that you may read. Steps begin at whole multiples of their length, the first at or before `since`. Without the right `sessions:read` there are no registrations and sessions, and without `refusals:read` no refusals.
     */
    get: {
      parameters: {
        query?: {
          /** @description An API key. Default: all that the account may read. */
          key?: string
          /** @description Seconds since 1970. Default: a day before `until`. */
          since?: number
          /** @description Seconds since 1970. Default: now. */
          until?: number
          /** @description The length of a step in seconds: a multiple of 3,600. */
          step?: number
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Traffic']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/attention': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List what needs attention
     * @description Looks at the hundred newest API keys. Each item is shown to those who have the right to read what it is about.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Attention']
          }
        }
        /** @description What is in the way (RFC 9457). */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    ProblemInput: {
      title: string
      status: number
      /** @description A code for programs. */
      code: string
      /** @description What is wrong and what to do, for people. */
      detail: string
      errors?: {
        field: string
        message: string
      }[]
    }
    ApiKeyInput: {
      apiKey: string
      name: string
      /** @enum {string} */
      state: 'active' | 'disabled'
      policy: {
        /** @default true */
        requireToken?: boolean
        /** @default false */
        allowAnyUser?: boolean
        /** @default 86400 */
        maxTtlSeconds?: number
        /** @default apiRTC */
        audience?: string
        /** @default 0 */
        clockSkewSeconds?: number
        /** @default disconnect */
        onExpiry?:
          | ('disconnect' | 'keep')
          | {
              graceSeconds: number
            }
        readonly origins?: string[]
        sessionsPerUser?: {
          most: number
          /** @enum {string} */
          beyond: 'refuse' | 'close_oldest'
        }
        /** @default 10 */
        sessionsPerUserInConversation?: number
        /** @default false */
        singleUse?: boolean
        /** @default {} */
        rateLimits?: {
          registrationsPerMinute?: number
          connectionAttemptsPerMinute?: number
          /** @default 500 */
          messagesPerSecond?: number
        }
        /**
         * @default {
         *       "role": "contributor",
         *       "publish": [
         *         "audio",
         *         "video",
         *         "screen",
         *         "data"
         *       ],
         *       "subscribe": true
         *     }
         */
        permissions?: {
          /** @enum {string} */
          role: 'moderator' | 'contributor' | 'guest'
          readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
          subscribe: boolean
        }
        readonly identityProviders?: {
          /** @description The provider, as its tokens name it in `iss`. Its keys are found by discovery. */
          issuer: string
          /** @description The audience that its tokens must have (`aud`): the client id of the front end, or an API. */
          audience: string
          /**
           * @description The claim with the user id. `email` is accepted only if the provider has verified it.
           * @default sub
           */
          userIdClaim?: string
          /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
          readonly grants?: {
            /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
            claim: string
            /** @description The value that the claim must have. A list, `scope` or `scp` must contain it. */
            value: string | boolean
            readonly conversations: {
              /** @enum {string} */
              role: 'moderator' | 'contributor' | 'guest'
              readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
              subscribe: boolean
              name: string
            }[]
          }[]
          /**
           * @description Whether an access token may outlive the token that it was exchanged for.
           * @default false
           */
          outlivesSubject?: boolean
        }[]
      }
      /** @description The policy as sentences, one for each decision. */
      readonly policyInWords: string[]
      /** @description Seconds since 1970. */
      createdAt: number
    }
    SigningKeyInput: {
      /** @description The id that tokens refer to it by (`kid`). */
      keyId: string
      /** @enum {string} */
      kind: 'secret' | 'public_key' | 'key_set'
      /** @description Null for a key set, in which each key has its own. */
      algorithm: ('HS256' | 'HS384' | 'HS512' | 'RS256' | 'ES256' | 'EdDSA') | null
      /** @enum {string} */
      state: 'active' | 'retiring' | 'retired'
      /** @description Seconds since 1970. */
      createdAt: number
      retiresAt: number | null
      /** @description When a token that it signed was last admitted, accurate to a few seconds. */
      lastUsedAt: number | null
      /** @description Live sessions whose current token was signed with it. */
      sessions: number
      /** @description What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still. */
      advice: ('rotate' | 'retire' | 'change_over') | null
    }
    PreviewInput: {
      /** @description The number of live sessions. */
      sessions: number
      /** @description The number of sessions that would be closed immediately. */
      wouldEnd: number
      /** @description The number of sessions that would continue, but end sooner. */
      wouldEndSooner: number
      /** @description Up to ten of the sessions that would be closed. Empty without the right to read sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
    }
    PolicyPreviewInput: {
      /** @description The number of live sessions. */
      sessions: number
      /** @description The number of sessions that would be closed immediately. */
      wouldEnd: number
      /** @description The number of sessions that would continue, but end sooner. */
      wouldEndSooner: number
      /** @description Up to ten of the sessions that would be closed. Empty without the right to read sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
      /** @description The policy that would apply, as sentences. */
      readonly policyInWords: string[]
      /** @description The sentences that differ from the current policy. */
      readonly sentences: string[]
    }
    AccountInput: {
      accountId: string
      email: string
      name: string
      /** @description The role for all API keys and the platform. Null: it has roles for single API keys only. */
      role: ('viewer' | 'developer' | 'owner') | null
      readonly grants: {
        apiKey: string
        /** @enum {string} */
        role: 'viewer' | 'developer' | 'owner'
      }[]
      /** @description Seconds since 1970. */
      createdAt: number
    }
    MeInput: {
      accountId: string
      email: string
      name: string
      /** @description The role for all API keys and the platform. Null: it has roles for single API keys only. */
      role: ('viewer' | 'developer' | 'owner') | null
      /** @description Additional rights of the caller for single API keys. */
      readonly grants: {
        apiKey: string
        /** @enum {string} */
        role: 'viewer' | 'developer' | 'owner'
        readonly rights: (
          | 'keys:read'
          | 'sessions:read'
          | 'refusals:read'
          | 'signing_keys:write'
          | 'tokens:mint'
          | 'sessions:write'
          | 'revocations:write'
          | 'keys:write'
          | 'webhooks:read'
          | 'webhooks:write'
          | 'audit:read'
          | 'accounts:read'
          | 'accounts:write'
        )[]
      }[]
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description The rights of the caller for all API keys and the platform. */
      readonly rights: (
        | 'keys:read'
        | 'sessions:read'
        | 'refusals:read'
        | 'signing_keys:write'
        | 'tokens:mint'
        | 'sessions:write'
        | 'revocations:write'
        | 'keys:write'
        | 'webhooks:read'
        | 'webhooks:write'
        | 'audit:read'
        | 'accounts:read'
        | 'accounts:write'
      )[]
    }
    PersonalTokenInput: {
      tokenId: string
      name: string
      readonly rights: (
        | 'keys:read'
        | 'sessions:read'
        | 'refusals:read'
        | 'signing_keys:write'
        | 'tokens:mint'
        | 'sessions:write'
        | 'revocations:write'
        | 'keys:write'
        | 'webhooks:read'
        | 'webhooks:write'
        | 'audit:read'
        | 'accounts:read'
        | 'accounts:write'
      )[]
      apiKey: string | null
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description Seconds since 1970. */
      expiresAt: number
      lastUsedAt: number | null
    }
    AuditEntryInput: {
      auditId: number
      /** @description Seconds since 1970. */
      at: number
      actor: {
        /** @enum {string} */
        kind: 'account' | 'token' | 'command_line' | 'client' | 'stranger' | 'platform'
        id: string | null
        name: string | null
      }
      address: string | null
      action: string
      apiKey: string | null
      subject: string | null
      before: unknown
      after: unknown
    }
    RevocationInput: {
      /** @enum {string} */
      kind: 'token' | 'subject_token' | 'user' | 'ban' | 'signing_key' | 'everything'
      subject: string
      /** @description Seconds since 1970. */
      revokedAt: number
      /** @description When a ban ends; of the others, from when on no token that it is about could be valid anyway. */
      forgetAt: number
      /** @description Who revoked it last. Null if it is not known, or if the caller lacks `audit:read`. */
      revokedBy: {
        /**
         * @description `moderator`: a moderator of a conversation.
         * @enum {string}
         */
        kind: 'account' | 'token' | 'command_line' | 'client' | 'stranger' | 'platform' | 'moderator'
        /** @description The email address of the account, the API key of an OAuth client, or the user id of a moderator. */
        name: string | null
      } | null
    }
    SessionInput: {
      sessionId: string
      userId: string
      apiKey: string
      /** @description Seconds since 1970. */
      since: number
      /** @description When its token expires. */
      until: number
      /** @description The signing key that verified its token. Null if no token was needed. */
      keyId: string | null
      /** @description How long it waits for a client whose connection is lost. */
      reconnectUntil: number | null
      readonly conversations: string[]
      /** @description The network address that it registered from, or null. */
      address: string | null
      /** @description The origin of the page that registered. */
      origin: string | null
      userAgent: string | null
    }
    ConversationInput: {
      name: string
      members: number
      streams: number
    }
    ConversationWithMembersInput: {
      name: string
      members: {
        sessionId: string
        userId: string
        role: string
      }[]
      streams: {
        streamId: string
        /** @description A session id. */
        publisher: string
        /** @description Whether it has an audio track. */
        audio: boolean
        /** @description Whether it has a video track. */
        video: boolean
        /** @description Whether it is a shared screen. */
        screen: boolean
        audioMuted: boolean
        videoMuted: boolean
        /** @description Session ids. */
        subscribers: string[]
      }[]
    }
    RefusalInput: {
      /** @description Of the first attempt. */
      refusalId: string
      latestRefusalId: string
      /** @description Seconds since 1970. */
      firstAt: number
      /** @description Seconds since 1970. */
      lastAt: number
      count: number
      apiKey: string
      userId: string
      /** @enum {string} */
      code:
        | 'token_missing'
        | 'token_invalid'
        | 'token_malformed'
        | 'token_too_large'
        | 'algorithm_refused'
        | 'api_key_unknown'
        | 'key_unknown'
        | 'signature_invalid'
        | 'token_expired'
        | 'token_not_yet_valid'
        | 'token_lifetime_exceeded'
        | 'audience_mismatch'
        | 'user_id_mismatch'
        | 'wildcard_refused'
        | 'token_revoked'
        | 'user_banned'
        | 'token_already_used'
        | 'resume_refused'
        | 'origin_refused'
        | 'session_limit'
        | 'rate_limited'
        | 'conversation_not_granted'
        | 'permission_not_granted'
        | 'ejected'
        | 'unavailable'
      /**
       * @description The code that was sent to the client.
       * @enum {string}
       */
      publicCode:
        | 'token_missing'
        | 'token_invalid'
        | 'token_malformed'
        | 'token_too_large'
        | 'algorithm_refused'
        | 'api_key_unknown'
        | 'key_unknown'
        | 'signature_invalid'
        | 'token_expired'
        | 'token_not_yet_valid'
        | 'token_lifetime_exceeded'
        | 'audience_mismatch'
        | 'user_id_mismatch'
        | 'wildcard_refused'
        | 'token_revoked'
        | 'user_banned'
        | 'token_already_used'
        | 'resume_refused'
        | 'origin_refused'
        | 'session_limit'
        | 'rate_limited'
        | 'conversation_not_granted'
        | 'permission_not_granted'
        | 'ejected'
        | 'unavailable'
      message: string
      readonly checks: {
        check: string
        /** @enum {string} */
        outcome: 'passed' | 'failed' | 'not reached'
        message?: string
      }[]
      /** @description How far the clock that minted the token is ahead of the platform, in seconds. */
      clockDifferenceSeconds: number | null
      address: string | null
      origin: string | null
      userAgent: string | null
      /** @description The page that explains what to do. */
      docs: string
    }
    RefusalCountsInput: {
      /** @description When counting began, in seconds since 1970. */
      countedSince: number
      readonly steps: {
        /** @description The start of the step, in seconds since 1970. */
        at: number
        /** @description Refusals by code. A code that is missing had none. */
        counts: {
          [key: string]: number
        }
      }[]
    }
    DryRunInput: {
      ok: boolean
      /** @description The whole token. */
      sentence: string
      code: string | null
      permissions: {
        /** @enum {string} */
        role: 'moderator' | 'contributor' | 'guest'
        readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
        subscribe: boolean
      } | null
      checks: {
        readonly token: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
        readonly policy: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
        readonly conversation: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
        readonly publication: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
      }
    }
    TrafficInput: {
      readonly steps: {
        /** @description The start of the step, in seconds since 1970. */
        at: number
        /** @description Admitted registrations. */
        admitted: number
        /** @description The most sessions that were open at the same time; of several API keys, the sum of their peaks. */
        peakSessions: number
        /** @description Refused attempts, renewals and requests. */
        refused: number
        /** @description Refusals by code. A code that is missing had none. */
        refusals: {
          [key: string]: number
        }
      }[]
      /** @description Open sessions. */
      sessionsNow: number
      /** @description When counting began, in seconds since 1970. */
      countedSince: number
    }
    AttentionInput: {
      /** @description The most urgent first. */
      readonly items: (
        | {
            /**
             * @description The last attempt failed. It will be retried.
             * @constant
             */
            kind: 'webhook_failing'
            apiKey: string
            apiKeyName: string
            endpointId: string
            url: string
          }
        | {
            /**
             * @description The endpoint answered 410 and was disabled.
             * @constant
             */
            kind: 'webhook_gone'
            apiKey: string
            apiKeyName: string
            endpointId: string
            url: string
          }
        | {
            /**
             * @description The same as `advice` of the signing key.
             * @constant
             */
            kind: 'signing_key'
            apiKey: string
            apiKeyName: string
            keyId: string
            /** @enum {string} */
            advice: 'rotate' | 'retire' | 'change_over'
            retiresAt: number | null
          }
        | {
            /**
             * @description No signing key is in force, so no token can be verified.
             * @constant
             */
            kind: 'no_signing_key'
            apiKey: string
            apiKeyName: string
          }
        | {
            /**
             * @description A key set could not be fetched for a day, or not at all.
             * @constant
             */
            kind: 'key_set_unreachable'
            apiKey: string
            apiKeyName: string
            keyId: string
          }
        | {
            /**
             * @description One reason for refusals is far more frequent than on average.
             * @constant
             */
            kind: 'refusals_spike'
            apiKey: string
            apiKeyName: string
            code: string
            /** @description In the current and the previous hour. */
            count: number
            /** @description The average of two hours in the day before. */
            usual: number
          }
        | {
            /**
             * @description No TURN server is configured, although the platform is reachable from other machines.
             * @constant
             */
            kind: 'turn_missing'
          }
        | {
            /**
             * @description The demo gives a token to anyone, although the platform is reachable from other machines.
             * @constant
             */
            kind: 'demo_on'
          }
        | {
            /**
             * @description The store cannot be used.
             * @constant
             */
            kind: 'store_unavailable'
          }
      )[]
      /** @description Whether everything was checked. Not with very many API keys or items. */
      isComplete: boolean
    }
    LiveTotalsInput: {
      /** @description The live sessions of the API key. */
      sessions: number
      /** @description Its conversations that have members. */
      conversations: number
    }
    LiveSessionsInput: {
      readonly opened: components['schemas']['SessionInput'][]
      /** @description Renewed, disconnected, resumed, or in other conversations. */
      readonly changed: components['schemas']['SessionInput'][]
      readonly closed: {
        sessionId: string
        reason: string
      }[]
      /** @description The live sessions of the API key. */
      total: number
    }
    LiveConversationsInput: {
      /** @description Also if it has just started. */
      readonly changed: components['schemas']['ConversationInput'][]
      readonly ended: string[]
      /** @description The conversations of the API key that have members. */
      total: number
    }
    LiveRefusalsInput: {
      /** @description The number of refusals since the last such event. */
      count: number
      latestRefusalId: string
    }
    LiveEventsInput: {
      /** @description The first. */
      hello: components['schemas']['LiveTotalsInput']
      sessions: components['schemas']['LiveSessionsInput']
      conversations: components['schemas']['LiveConversationsInput']
      /** @description Only with the right `refusals:read`. */
      refusals: components['schemas']['LiveRefusalsInput']
      /** @description Too many changes for single events. Read the lists again. */
      resync: components['schemas']['LiveTotalsInput']
    }
    PlatformInput: {
      version: string
      nodeVersion: string
      /** @description Seconds since 1970. */
      startedAt: number
      /** @description The address at which users reach it. */
      publicUrl: string
      store: {
        /** @enum {string} */
        kind: 'sqlite' | 'postgresql'
        /**
         * @description The state at the last check.
         * @enum {string}
         */
        health: 'ok' | 'unavailable'
        /** @description The last migration that was applied. */
        schemaVersion: string
      }
      sessions: number
      /** @description With or without a session. */
      sockets: number
      conversations: number
      media: {
        /**
         * @description Media travel directly between browsers.
         * @enum {string}
         */
        kind: 'peer_to_peer'
        /** @description Whether sessions receive a STUN server. */
        stun: boolean
        /** @description Whether sessions receive a TURN server. */
        turn: boolean
      }
      /** @description Webhook deliveries that are neither delivered nor given up. */
      webhooksWaiting: number
      /** @description Pending deliveries whose last attempt failed. */
      webhooksRetrying: number
      /** @description Whether the demo gives a token to anyone. */
      demo: boolean
    }
    WebhookEndpointInput: {
      endpointId: string
      url: string
      /** @description Null: all. */
      types:
        | (
            | 'session.opened'
            | 'session.closed'
            | 'conversation.started'
            | 'conversation.ended'
            | 'refusals.burst'
            | 'signing_key.retired'
          )[]
        | null
      description: string
      /** @enum {string} */
      state: 'active' | 'disabled'
      /** @description Whether it was disabled because it answered 410. */
      isGone: boolean
      /** @description Seconds since 1970. */
      createdAt: number
    }
    WebhookDeliveryInput: {
      deliveryId: string
      /** @description `webhook-id`: the same for every endpoint and attempt. */
      messageId: string
      /** @enum {string} */
      type:
        | 'session.opened'
        | 'session.closed'
        | 'conversation.started'
        | 'conversation.ended'
        | 'refusals.burst'
        | 'signing_key.retired'
        | 'test'
      /**
       * @description `pending`: waits for its first attempt. `retrying`: waits for another one. `held`: waits for an earlier delivery of the same session. `dead`: given up.
       * @enum {string}
       */
      state: 'held' | 'pending' | 'retrying' | 'delivered' | 'dead'
      /** @description The message. */
      payload: unknown
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description When the next attempt is due. Only while it is pending or retrying. */
      dueAt: number | null
      /** @description Attempts since it was created or replayed. */
      tries: number
      /** @description The newest, in the order in which they happened. */
      readonly attempts: {
        /** @description Seconds since 1970. */
        at: number
        millis: number
        status: number | null
        /** @description Why it failed, or null. */
        reason: string | null
      }[]
    }
    Problem: {
      title: string
      status: number
      /** @description A code for programs. */
      code: string
      /** @description What is wrong and what to do, for people. */
      detail: string
      errors?: {
        field: string
        message: string
      }[]
    }
    ApiKey: {
      apiKey: string
      name: string
      /** @enum {string} */
      state: 'active' | 'disabled'
      policy: {
        /** @default true */
        requireToken: boolean
        /** @default false */
        allowAnyUser: boolean
        /** @default 86400 */
        maxTtlSeconds: number
        /** @default apiRTC */
        audience: string
        /** @default 0 */
        clockSkewSeconds: number
        /** @default disconnect */
        onExpiry:
          | ('disconnect' | 'keep')
          | {
              graceSeconds: number
            }
        readonly origins?: string[]
        sessionsPerUser?: {
          most: number
          /** @enum {string} */
          beyond: 'refuse' | 'close_oldest'
        }
        /** @default 10 */
        sessionsPerUserInConversation: number
        /** @default false */
        singleUse: boolean
        rateLimits: {
          registrationsPerMinute?: number
          connectionAttemptsPerMinute?: number
          /** @default 500 */
          messagesPerSecond: number
        }
        /**
         * @default {
         *       "role": "contributor",
         *       "publish": [
         *         "audio",
         *         "video",
         *         "screen",
         *         "data"
         *       ],
         *       "subscribe": true
         *     }
         */
        permissions: {
          /** @enum {string} */
          role: 'moderator' | 'contributor' | 'guest'
          readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
          subscribe: boolean
        }
        readonly identityProviders?: {
          /** @description The provider, as its tokens name it in `iss`. Its keys are found by discovery. */
          issuer: string
          /** @description The audience that its tokens must have (`aud`): the client id of the front end, or an API. */
          audience: string
          /**
           * @description The claim with the user id. `email` is accepted only if the provider has verified it.
           * @default sub
           */
          userIdClaim: string
          /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
          readonly grants?: {
            /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
            claim: string
            /** @description The value that the claim must have. A list, `scope` or `scp` must contain it. */
            value: string | boolean
            readonly conversations: {
              /** @enum {string} */
              role: 'moderator' | 'contributor' | 'guest'
              readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
              subscribe: boolean
              name: string
            }[]
          }[]
          /**
           * @description Whether an access token may outlive the token that it was exchanged for.
           * @default false
           */
          outlivesSubject: boolean
        }[]
      }
      /** @description The policy as sentences, one for each decision. */
      readonly policyInWords: string[]
      /** @description Seconds since 1970. */
      createdAt: number
    }
    SigningKey: {
      /** @description The id that tokens refer to it by (`kid`). */
      keyId: string
      /** @enum {string} */
      kind: 'secret' | 'public_key' | 'key_set'
      /** @description Null for a key set, in which each key has its own. */
      algorithm: ('HS256' | 'HS384' | 'HS512' | 'RS256' | 'ES256' | 'EdDSA') | null
      /** @enum {string} */
      state: 'active' | 'retiring' | 'retired'
      /** @description Seconds since 1970. */
      createdAt: number
      retiresAt: number | null
      /** @description When a token that it signed was last admitted, accurate to a few seconds. */
      lastUsedAt: number | null
      /** @description Live sessions whose current token was signed with it. */
      sessions: number
      /** @description What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still. */
      advice: ('rotate' | 'retire' | 'change_over') | null
    }
    Preview: {
      /** @description The number of live sessions. */
      sessions: number
      /** @description The number of sessions that would be closed immediately. */
      wouldEnd: number
      /** @description The number of sessions that would continue, but end sooner. */
      wouldEndSooner: number
      /** @description Up to ten of the sessions that would be closed. Empty without the right to read sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
    }
    PolicyPreview: {
      /** @description The number of live sessions. */
      sessions: number
      /** @description The number of sessions that would be closed immediately. */
      wouldEnd: number
      /** @description The number of sessions that would continue, but end sooner. */
      wouldEndSooner: number
      /** @description Up to ten of the sessions that would be closed. Empty without the right to read sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
      /** @description The policy that would apply, as sentences. */
      readonly policyInWords: string[]
      /** @description The sentences that differ from the current policy. */
      readonly sentences: string[]
    }
    Account: {
      accountId: string
      email: string
      name: string
      /** @description The role for all API keys and the platform. Null: it has roles for single API keys only. */
      role: ('viewer' | 'developer' | 'owner') | null
      readonly grants: {
        apiKey: string
        /** @enum {string} */
        role: 'viewer' | 'developer' | 'owner'
      }[]
      /** @description Seconds since 1970. */
      createdAt: number
    }
    Me: {
      accountId: string
      email: string
      name: string
      /** @description The role for all API keys and the platform. Null: it has roles for single API keys only. */
      role: ('viewer' | 'developer' | 'owner') | null
      /** @description Additional rights of the caller for single API keys. */
      readonly grants: {
        apiKey: string
        /** @enum {string} */
        role: 'viewer' | 'developer' | 'owner'
        readonly rights: (
          | 'keys:read'
          | 'sessions:read'
          | 'refusals:read'
          | 'signing_keys:write'
          | 'tokens:mint'
          | 'sessions:write'
          | 'revocations:write'
          | 'keys:write'
          | 'webhooks:read'
          | 'webhooks:write'
          | 'audit:read'
          | 'accounts:read'
          | 'accounts:write'
        )[]
      }[]
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description The rights of the caller for all API keys and the platform. */
      readonly rights: (
        | 'keys:read'
        | 'sessions:read'
        | 'refusals:read'
        | 'signing_keys:write'
        | 'tokens:mint'
        | 'sessions:write'
        | 'revocations:write'
        | 'keys:write'
        | 'webhooks:read'
        | 'webhooks:write'
        | 'audit:read'
        | 'accounts:read'
        | 'accounts:write'
      )[]
    }
    PersonalToken: {
      tokenId: string
      name: string
      readonly rights: (
        | 'keys:read'
        | 'sessions:read'
        | 'refusals:read'
        | 'signing_keys:write'
        | 'tokens:mint'
        | 'sessions:write'
        | 'revocations:write'
        | 'keys:write'
        | 'webhooks:read'
        | 'webhooks:write'
        | 'audit:read'
        | 'accounts:read'
        | 'accounts:write'
      )[]
      apiKey: string | null
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description Seconds since 1970. */
      expiresAt: number
      lastUsedAt: number | null
    }
    AuditEntry: {
      auditId: number
      /** @description Seconds since 1970. */
      at: number
      actor: {
        /** @enum {string} */
        kind: 'account' | 'token' | 'command_line' | 'client' | 'stranger' | 'platform'
        id: string | null
        name: string | null
      }
      address: string | null
      action: string
      apiKey: string | null
      subject: string | null
      before: unknown
      after: unknown
    }
    Revocation: {
      /** @enum {string} */
      kind: 'token' | 'subject_token' | 'user' | 'ban' | 'signing_key' | 'everything'
      subject: string
      /** @description Seconds since 1970. */
      revokedAt: number
      /** @description When a ban ends; of the others, from when on no token that it is about could be valid anyway. */
      forgetAt: number
      /** @description Who revoked it last. Null if it is not known, or if the caller lacks `audit:read`. */
      revokedBy: {
        /**
         * @description `moderator`: a moderator of a conversation.
         * @enum {string}
         */
        kind: 'account' | 'token' | 'command_line' | 'client' | 'stranger' | 'platform' | 'moderator'
        /** @description The email address of the account, the API key of an OAuth client, or the user id of a moderator. */
        name: string | null
      } | null
    }
    Session: {
      sessionId: string
      userId: string
      apiKey: string
      /** @description Seconds since 1970. */
      since: number
      /** @description When its token expires. */
      until: number
      /** @description The signing key that verified its token. Null if no token was needed. */
      keyId: string | null
      /** @description How long it waits for a client whose connection is lost. */
      reconnectUntil: number | null
      readonly conversations: string[]
      /** @description The network address that it registered from, or null. */
      address: string | null
      /** @description The origin of the page that registered. */
      origin: string | null
      userAgent: string | null
    }
    Conversation: {
      name: string
      members: number
      streams: number
    }
    ConversationWithMembers: {
      name: string
      members: {
        sessionId: string
        userId: string
        role: string
      }[]
      streams: {
        streamId: string
        /** @description A session id. */
        publisher: string
        /** @description Whether it has an audio track. */
        audio: boolean
        /** @description Whether it has a video track. */
        video: boolean
        /** @description Whether it is a shared screen. */
        screen: boolean
        audioMuted: boolean
        videoMuted: boolean
        /** @description Session ids. */
        subscribers: string[]
      }[]
    }
    Refusal: {
      /** @description Of the first attempt. */
      refusalId: string
      latestRefusalId: string
      /** @description Seconds since 1970. */
      firstAt: number
      /** @description Seconds since 1970. */
      lastAt: number
      count: number
      apiKey: string
      userId: string
      /** @enum {string} */
      code:
        | 'token_missing'
        | 'token_invalid'
        | 'token_malformed'
        | 'token_too_large'
        | 'algorithm_refused'
        | 'api_key_unknown'
        | 'key_unknown'
        | 'signature_invalid'
        | 'token_expired'
        | 'token_not_yet_valid'
        | 'token_lifetime_exceeded'
        | 'audience_mismatch'
        | 'user_id_mismatch'
        | 'wildcard_refused'
        | 'token_revoked'
        | 'user_banned'
        | 'token_already_used'
        | 'resume_refused'
        | 'origin_refused'
        | 'session_limit'
        | 'rate_limited'
        | 'conversation_not_granted'
        | 'permission_not_granted'
        | 'ejected'
        | 'unavailable'
      /**
       * @description The code that was sent to the client.
       * @enum {string}
       */
      publicCode:
        | 'token_missing'
        | 'token_invalid'
        | 'token_malformed'
        | 'token_too_large'
        | 'algorithm_refused'
        | 'api_key_unknown'
        | 'key_unknown'
        | 'signature_invalid'
        | 'token_expired'
        | 'token_not_yet_valid'
        | 'token_lifetime_exceeded'
        | 'audience_mismatch'
        | 'user_id_mismatch'
        | 'wildcard_refused'
        | 'token_revoked'
        | 'user_banned'
        | 'token_already_used'
        | 'resume_refused'
        | 'origin_refused'
        | 'session_limit'
        | 'rate_limited'
        | 'conversation_not_granted'
        | 'permission_not_granted'
        | 'ejected'
        | 'unavailable'
      message: string
      readonly checks: {
        check: string
        /** @enum {string} */
        outcome: 'passed' | 'failed' | 'not reached'
        message?: string
      }[]
      /** @description How far the clock that minted the token is ahead of the platform, in seconds. */
      clockDifferenceSeconds: number | null
      address: string | null
      origin: string | null
      userAgent: string | null
      /** @description The page that explains what to do. */
      docs: string
    }
    RefusalCounts: {
      /** @description When counting began, in seconds since 1970. */
      countedSince: number
      readonly steps: {
        /** @description The start of the step, in seconds since 1970. */
        at: number
        /** @description Refusals by code. A code that is missing had none. */
        counts: {
          [key: string]: number
        }
      }[]
    }
    DryRun: {
      ok: boolean
      /** @description The whole token. */
      sentence: string
      code: string | null
      permissions: {
        /** @enum {string} */
        role: 'moderator' | 'contributor' | 'guest'
        readonly publish: ('audio' | 'video' | 'screen' | 'data')[]
        subscribe: boolean
      } | null
      checks: {
        readonly token: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
        readonly policy: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
        readonly conversation: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
        readonly publication: {
          check: string
          /** @enum {string} */
          outcome: 'passed' | 'failed' | 'not reached'
          message?: string
        }[]
      }
    }
    Traffic: {
      readonly steps: {
        /** @description The start of the step, in seconds since 1970. */
        at: number
        /** @description Admitted registrations. */
        admitted: number
        /** @description The most sessions that were open at the same time; of several API keys, the sum of their peaks. */
        peakSessions: number
        /** @description Refused attempts, renewals and requests. */
        refused: number
        /** @description Refusals by code. A code that is missing had none. */
        refusals: {
          [key: string]: number
        }
      }[]
      /** @description Open sessions. */
      sessionsNow: number
      /** @description When counting began, in seconds since 1970. */
      countedSince: number
    }
    Attention: {
      /** @description The most urgent first. */
      readonly items: (
        | {
            /**
             * @description The last attempt failed. It will be retried.
             * @constant
             */
            kind: 'webhook_failing'
            apiKey: string
            apiKeyName: string
            endpointId: string
            url: string
          }
        | {
            /**
             * @description The endpoint answered 410 and was disabled.
             * @constant
             */
            kind: 'webhook_gone'
            apiKey: string
            apiKeyName: string
            endpointId: string
            url: string
          }
        | {
            /**
             * @description The same as `advice` of the signing key.
             * @constant
             */
            kind: 'signing_key'
            apiKey: string
            apiKeyName: string
            keyId: string
            /** @enum {string} */
            advice: 'rotate' | 'retire' | 'change_over'
            retiresAt: number | null
          }
        | {
            /**
             * @description No signing key is in force, so no token can be verified.
             * @constant
             */
            kind: 'no_signing_key'
            apiKey: string
            apiKeyName: string
          }
        | {
            /**
             * @description A key set could not be fetched for a day, or not at all.
             * @constant
             */
            kind: 'key_set_unreachable'
            apiKey: string
            apiKeyName: string
            keyId: string
          }
        | {
            /**
             * @description One reason for refusals is far more frequent than on average.
             * @constant
             */
            kind: 'refusals_spike'
            apiKey: string
            apiKeyName: string
            code: string
            /** @description In the current and the previous hour. */
            count: number
            /** @description The average of two hours in the day before. */
            usual: number
          }
        | {
            /**
             * @description No TURN server is configured, although the platform is reachable from other machines.
             * @constant
             */
            kind: 'turn_missing'
          }
        | {
            /**
             * @description The demo gives a token to anyone, although the platform is reachable from other machines.
             * @constant
             */
            kind: 'demo_on'
          }
        | {
            /**
             * @description The store cannot be used.
             * @constant
             */
            kind: 'store_unavailable'
          }
      )[]
      /** @description Whether everything was checked. Not with very many API keys or items. */
      isComplete: boolean
    }
    LiveTotals: {
      /** @description The live sessions of the API key. */
      sessions: number
      /** @description Its conversations that have members. */
      conversations: number
    }
    LiveSessions: {
      readonly opened: components['schemas']['Session'][]
      /** @description Renewed, disconnected, resumed, or in other conversations. */
      readonly changed: components['schemas']['Session'][]
      readonly closed: {
        sessionId: string
        reason: string
      }[]
      /** @description The live sessions of the API key. */
      total: number
    }
    LiveConversations: {
      /** @description Also if it has just started. */
      readonly changed: components['schemas']['Conversation'][]
      readonly ended: string[]
      /** @description The conversations of the API key that have members. */
      total: number
    }
    LiveRefusals: {
      /** @description The number of refusals since the last such event. */
      count: number
      latestRefusalId: string
    }
    LiveEvents: {
      /** @description The first. */
      hello: components['schemas']['LiveTotals']
      sessions: components['schemas']['LiveSessions']
      conversations: components['schemas']['LiveConversations']
      /** @description Only with the right `refusals:read`. */
      refusals: components['schemas']['LiveRefusals']
      /** @description Too many changes for single events. Read the lists again. */
      resync: components['schemas']['LiveTotals']
    }
    Platform: {
      version: string
      nodeVersion: string
      /** @description Seconds since 1970. */
      startedAt: number
      /** @description The address at which users reach it. */
      publicUrl: string
      store: {
        /** @enum {string} */
        kind: 'sqlite' | 'postgresql'
        /**
         * @description The state at the last check.
         * @enum {string}
         */
        health: 'ok' | 'unavailable'
        /** @description The last migration that was applied. */
        schemaVersion: string
      }
      sessions: number
      /** @description With or without a session. */
      sockets: number
      conversations: number
      media: {
        /**
         * @description Media travel directly between browsers.
         * @enum {string}
         */
        kind: 'peer_to_peer'
        /** @description Whether sessions receive a STUN server. */
        stun: boolean
        /** @description Whether sessions receive a TURN server. */
        turn: boolean
      }
      /** @description Webhook deliveries that are neither delivered nor given up. */
      webhooksWaiting: number
      /** @description Pending deliveries whose last attempt failed. */
      webhooksRetrying: number
      /** @description Whether the demo gives a token to anyone. */
      demo: boolean
    }
    WebhookEndpoint: {
      endpointId: string
      url: string
      /** @description Null: all. */
      types:
        | (
            | 'session.opened'
            | 'session.closed'
            | 'conversation.started'
            | 'conversation.ended'
            | 'refusals.burst'
            | 'signing_key.retired'
          )[]
        | null
      description: string
      /** @enum {string} */
      state: 'active' | 'disabled'
      /** @description Whether it was disabled because it answered 410. */
      isGone: boolean
      /** @description Seconds since 1970. */
      createdAt: number
    }
    WebhookDelivery: {
      deliveryId: string
      /** @description `webhook-id`: the same for every endpoint and attempt. */
      messageId: string
      /** @enum {string} */
      type:
        | 'session.opened'
        | 'session.closed'
        | 'conversation.started'
        | 'conversation.ended'
        | 'refusals.burst'
        | 'signing_key.retired'
        | 'test'
      /**
       * @description `pending`: waits for its first attempt. `retrying`: waits for another one. `held`: waits for an earlier delivery of the same session. `dead`: given up.
       * @enum {string}
       */
      state: 'held' | 'pending' | 'retrying' | 'delivered' | 'dead'
      /** @description The message. */
      payload: unknown
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description When the next attempt is due. Only while it is pending or retrying. */
      dueAt: number | null
      /** @description Attempts since it was created or replayed. */
      tries: number
      /** @description The newest, in the order in which they happened. */
      readonly attempts: {
        /** @description Seconds since 1970. */
        at: number
        millis: number
        status: number | null
        /** @description Why it failed, or null. */
        reason: string | null
      }[]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export type operations = Record<string, never>
