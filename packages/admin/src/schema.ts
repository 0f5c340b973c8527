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
    /** Make the first account, with the code that the platform printed when it started */
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
            /** @description A sentence does well. */
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
    /** Log in with a browser, which is given a cookie */
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
    /** The account that asks, and what it may do */
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
     * Change the password; every other login of the account ends
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
            /** @description A sentence does well. */
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
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description A part of the name, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
    /** Make a personal access token, which is shown this once */
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
            /** @description What it may do; never more than its account may. */
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
            /** @description The one API key that it is for. Default: all of the account. */
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
              /** @description Shown this once. */
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
    /** Delete a personal access token, which is refused from now on */
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
    /** List the accounts */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description A part of the name or of the email address, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
     * Make an account
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
            /** @description A sentence does well. */
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
    /** Look at an account */
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
     * Change what an account may, its name, or its password where that was forgotten
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
            /** @description A sentence does well. */
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
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description A part of the name or of the API key, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
    /** Make an API key with its first secret, which is shown this once */
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
                /** @description Whom its tokens must be for (`aud`): the client id of the front end, or an API. */
                audience: string
                /**
                 * @description The claim that is the user id. `email` counts only where the provider has verified it.
                 * @default sub
                 */
                userIdClaim?: string
                /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                readonly grants?: {
                  /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                  claim: string
                  /** @description What the claim must be or, where it is a list or the words of `scope` or `scp`, contain. */
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
                 * @description Whether a token may live longer than the one that it was exchanged for.
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
                  /** @description Whom its tokens must be for (`aud`): the client id of the front end, or an API. */
                  audience: string
                  /**
                   * @description The claim that is the user id. `email` counts only where the provider has verified it.
                   * @default sub
                   */
                  userIdClaim: string
                  /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                  readonly grants?: {
                    /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                    claim: string
                    /** @description What the claim must be or, where it is a list or the words of `scope` or `scp`, contain. */
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
                   * @description Whether a token may live longer than the one that it was exchanged for.
                   * @default false
                   */
                  outlivesSubject: boolean
                }[]
              }
              /** @description The same as sentences, one for each decision. */
              readonly policyInWords: string[]
              /** @description Seconds since 1970. */
              createdAt: number
              secret: {
                keyId: string
                /** @description Shown this once. */
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
    /** Look at an API key */
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
    /** Delete an API key with all that is its own; its sessions end */
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
     * Rename, disable or enable an API key, or change its policy
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
                    /** @description Whom its tokens must be for (`aud`): the client id of the front end, or an API. */
                    audience: string
                    /**
                     * @description The claim that is the user id. `email` counts only where the provider has verified it.
                     * @default sub
                     */
                    userIdClaim?: string
                    /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                    readonly grants?: {
                      /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                      claim: string
                      /** @description What the claim must be or, where it is a list or the words of `scope` or `scp`, contain. */
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
                     * @description Whether a token may live longer than the one that it was exchanged for.
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
     * What a change of the policy would do to the sessions that are live now
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
                    /** @description Whom its tokens must be for (`aud`): the client id of the front end, or an API. */
                    audience: string
                    /**
                     * @description The claim that is the user id. `email` counts only where the provider has verified it.
                     * @default sub
                     */
                    userIdClaim?: string
                    /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
                    readonly grants?: {
                      /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
                      claim: string
                      /** @description What the claim must be or, where it is a list or the words of `scope` or `scp`, contain. */
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
                     * @description Whether a token may live longer than the one that it was exchanged for.
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
    /** List the secrets, public keys and key sets, without what is secret of them */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description A part of the key id, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
     * Make or import a secret, or register a public key or a key set
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
                 * @description A new one, for HS256.
                 * @enum {string}
                 */
                kind: 'secret'
                /** @description What tokens name it by. Default: drawn. */
                keyId?: string
              }
            | {
                /**
                 * @description One that was made elsewhere.
                 * @enum {string}
                 */
                kind: 'imported_secret'
                secret: string
                /**
                 * @default HS256
                 * @enum {string}
                 */
                algorithm?: 'HS256' | 'HS384' | 'HS512'
                /** @description What tokens name it by. Default: drawn. */
                keyId?: string
              }
            | {
                /** @enum {string} */
                kind: 'public_key'
                /** @description PEM, or a JWK as JSON. */
                publicKey: string
                /** @description What tokens name it by. Default: drawn. */
                keyId?: string
              }
            | {
                /** @enum {string} */
                kind: 'key_set'
                url: string
                /** @description What tokens name it by. Default: drawn. */
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
              /** @description What tokens name it by (`kid`). */
              keyId: string
              /** @enum {string} */
              kind: 'secret' | 'public_key' | 'key_set'
              /** @description Null of a key set, where each key has its own. */
              algorithm: ('HS256' | 'HS384' | 'HS512' | 'RS256' | 'ES256' | 'EdDSA') | null
              /** @enum {string} */
              state: 'active' | 'retiring' | 'retired'
              /** @description Seconds since 1970. */
              createdAt: number
              retiresAt: number | null
              /** @description When a token of it was last admitted, give or take some seconds. */
              lastUsedAt: number | null
              /** @description The live sessions that a token of it opened, or renewed last. */
              sessions: number
              /** @description What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still. */
              advice: ('rotate' | 'retire' | 'change_over') | null
              /** @description Shown this once. */
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
    /** Look at a signing key */
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
     * Set the end of a signing key
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
             * @description How long it goes on.
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
    /** Call off the end of a signing key that has not come to it yet */
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
     * Mint an access token for one user
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
            /** @description The user id that it admits. */
            id: string
            /** @description Default: an hour, or what the policy allows. */
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
    /** List what is revoked and not forgotten yet */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          kind?: 'token' | 'subject_token' | 'user' | 'ban' | 'signing_key' | 'everything'
          /** @description A part of the subject, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
     * Revoke tokens, or ban a user until a time
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
                /** @description How long the user is refused, whatever token they bring. */
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
     * Lift the ban of a user before it ends
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
     * How many of the sessions that are live now a revocation would end
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
                /** @description How long the user is refused, whatever token they bring. */
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
    /** List the live sessions, the latest first */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          userId?: string
          /** @description A part of it, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
    /** Look at a live session */
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
     * Close a session at once
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
              /** @description When its token ends. */
              until: number
              /** @description The signing key that admitted it; null where no token was needed. */
              keyId: string | null
              /** @description Until when it waits for its client, where that is lost. */
              reconnectUntil: number | null
              readonly conversations: string[]
              /** @description The network address that it registered from; null if unknown. */
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
    /** List the conversations that somebody is in */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description A part of it, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
    /** Look at a conversation: who is in it, who publishes, who receives */
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
     * Take a session out of a conversation
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
              /** @description How many members were removed. */
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
    /** Say something to everybody in a conversation */
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
              /** @description How many members were told. */
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
     * Hear of sessions, conversations and refusals as they happen
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
     * List the refusals that are kept
     * @description One that repeats (same user, reason and place, within an hour) is listed once and counted. `keptSince` and `discarded` say how complete the list is.
     */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
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
          /** @description A part of it, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
    /** Find the refusal that a user reports: every check of it, the clocks, where from */
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
    /** Find the refusal that a user reports, of whichever API key you may read the refusals of */
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
     * Count refusals by reason, step by step
     * @description Steps begin at whole multiples of their length, the first at or before `since`. Steps of whole hours are counted for 90 days; shorter ones for 24 hours, in memory, since the platform was started. `countedSince` says from when on there are counts.
     */
    get: {
      parameters: {
        query?: {
          /** @description Seconds since 1970. Default: a day before `until`. */
          since?: number
          /** @description Seconds since 1970. Default: now. */
          until?: number
          /** @description How long a step is, in seconds: whole minutes. */
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
     * A dry run: would this token let this user in, into that conversation, to publish that?
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
    /** List the endpoints, without their secrets */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description A part of the address or of the description, in whatever case. */
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
              /** @description Where the next page begins; null where there is none. */
              nextCursor: string | null
              /** @description On all pages. */
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
    /** Make an endpoint with its secret, which is shown this once */
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
             * @description The types of event to send; null for all, those to come too.
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
              /** @description Null for all. */
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
              /** @description Whether it is disabled because it answered 410. */
              isGone: boolean
              /** @description Seconds since 1970. */
              createdAt: number
              /** @description `whsec_…`, shown this once. */
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
    /** Look at an endpoint */
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
    /** Delete an endpoint with all that was to be delivered to it */
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
     * Change the address, the types or the description of an endpoint, disable or enable it
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
            /** @description The types of event to send; null for all, those to come too. */
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
     * Give an endpoint another secret, which is shown this once
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
              /** @description `whsec_…`, shown this once. */
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
    /** Send a test, whatever types the endpoint wants */
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
          /** @description How many at most. */
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
          /** @description With `-`: the latest first. */
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
              /** @description Where the next page begins; null where there is none. */
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
    /** Look at a delivery */
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
     * Send a delivery once more, whether it was taken or given up
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
     * Send everything once more that was given up and was made since a time
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
    /** The whole audit trail */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Such as `session.closed`; or `session.` for all that begins with it. */
          action?: string
          /** @description The id of the account that did it, or its email address. */
          actor?: string
          /** @description What it was done to. */
          subject?: string
          /** @description Seconds since 1970. */
          since?: number
          /** @description Seconds since 1970. */
          until?: number
          /** @description In the order in which it was written down; with `-`: the latest first. */
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
              /** @description Where the next page begins; null where there is none. */
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
    /** The audit trail of an API key */
    get: {
      parameters: {
        query?: {
          /** @description How many at most. */
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Such as `session.closed`; or `session.` for all that begins with it. */
          action?: string
          /** @description The id of the account that did it, or its email address. */
          actor?: string
          /** @description What it was done to. */
          subject?: string
          /** @description Seconds since 1970. */
          since?: number
          /** @description Seconds since 1970. */
          until?: number
          /** @description In the order in which it was written down; with `-`: the latest first. */
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
              /** @description Where the next page begins; null where there is none. */
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
    /** Look at the platform: its version, its store, how much goes on */
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
          /** @description An API key. Default: all that you may read. */
          key?: string
          /** @description Seconds since 1970. Default: a day before `until`. */
          since?: number
          /** @description Seconds since 1970. Default: now. */
          until?: number
          /** @description How long a step is, in seconds: whole hours. */
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
     * List what needs attention: of the API keys that you may read, and of the platform
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
      /** @description A word for programs. */
      code: string
      /** @description What is in the way and what to do, for people. */
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
          /** @description Whom its tokens must be for (`aud`): the client id of the front end, or an API. */
          audience: string
          /**
           * @description The claim that is the user id. `email` counts only where the provider has verified it.
           * @default sub
           */
          userIdClaim?: string
          /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
          readonly grants?: {
            /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
            claim: string
            /** @description What the claim must be or, where it is a list or the words of `scope` or `scp`, contain. */
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
           * @description Whether a token may live longer than the one that it was exchanged for.
           * @default false
           */
          outlivesSubject?: boolean
        }[]
      }
      /** @description The same as sentences, one for each decision. */
      readonly policyInWords: string[]
      /** @description Seconds since 1970. */
      createdAt: number
    }
    SigningKeyInput: {
      /** @description What tokens name it by (`kid`). */
      keyId: string
      /** @enum {string} */
      kind: 'secret' | 'public_key' | 'key_set'
      /** @description Null of a key set, where each key has its own. */
      algorithm: ('HS256' | 'HS384' | 'HS512' | 'RS256' | 'ES256' | 'EdDSA') | null
      /** @enum {string} */
      state: 'active' | 'retiring' | 'retired'
      /** @description Seconds since 1970. */
      createdAt: number
      retiresAt: number | null
      /** @description When a token of it was last admitted, give or take some seconds. */
      lastUsedAt: number | null
      /** @description The live sessions that a token of it opened, or renewed last. */
      sessions: number
      /** @description What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still. */
      advice: ('rotate' | 'retire' | 'change_over') | null
    }
    PreviewInput: {
      /** @description How many are live now. */
      sessions: number
      /** @description How many of them would be closed at once. */
      wouldEnd: number
      /** @description How many would go on, and end sooner than they would now. */
      wouldEndSooner: number
      /** @description Some that would be closed, ten at the most; none for those who may not look at sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
    }
    PolicyPreviewInput: {
      /** @description How many are live now. */
      sessions: number
      /** @description How many of them would be closed at once. */
      wouldEnd: number
      /** @description How many would go on, and end sooner than they would now. */
      wouldEndSooner: number
      /** @description Some that would be closed, ten at the most; none for those who may not look at sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
      /** @description What the policy would say, in sentences. */
      readonly policyInWords: string[]
      /** @description Those of them that it does not say now. */
      readonly sentences: string[]
    }
    AccountInput: {
      accountId: string
      email: string
      name: string
      /** @description To every API key and to the platform; null where it has roles for some API keys alone. */
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
      /** @description To every API key and to the platform; null where it has roles for some API keys alone. */
      role: ('viewer' | 'developer' | 'owner') | null
      /** @description What the caller may do to some API keys besides. */
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
      /** @description What the caller may do to every API key and to the platform. */
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
      /** @description When its token ends. */
      until: number
      /** @description The signing key that admitted it; null where no token was needed. */
      keyId: string | null
      /** @description Until when it waits for its client, where that is lost. */
      reconnectUntil: number | null
      readonly conversations: string[]
      /** @description The network address that it registered from; null if unknown. */
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
      /** @description Of the first. */
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
      /** @description By how much the clock that minted the token is ahead of ours. */
      clockDifferenceSeconds: number | null
      address: string | null
      origin: string | null
      userAgent: string | null
      /** @description The page that says what to do. */
      docs: string
    }
    RefusalCountsInput: {
      /** @description From when on there are counts, in seconds since 1970. */
      countedSince: number
      readonly steps: {
        /** @description When the step begins, in seconds since 1970. */
        at: number
        /** @description How many there were, by code; one that is not named had none. */
        counts: {
          [key: string]: number
        }
      }[]
    }
    DryRunInput: {
      ok: boolean
      /** @description The whole of it. */
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
        /** @description When the step begins, in seconds since 1970. */
        at: number
        /** @description Registrations that were admitted. */
        admitted: number
        /** @description The most sessions that were open at the same time; of several API keys, the sum of their peaks. */
        peakSessions: number
        /** @description Refused attempts, renewals and requests. */
        refused: number
        /** @description The refused by code; one that is not named had none. */
        refusals: {
          [key: string]: number
        }
      }[]
      /** @description The sessions that are open. */
      sessionsNow: number
      /** @description From when on there are counts, in seconds since 1970. */
      countedSince: number
    }
    AttentionInput: {
      /** @description The most urgent first. */
      readonly items: (
        | {
            /**
             * @description The last attempt to deliver failed. It is tried again.
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
             * @description The endpoint answered 410, and is disabled.
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
             * @description As the advice on a signing key says.
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
             * @description Keys of a key set could not be fetched for a day, or never.
             * @constant
             */
            kind: 'key_set_unreachable'
            apiKey: string
            apiKeyName: string
            keyId: string
          }
        | {
            /**
             * @description One reason is refused far more often than on average.
             * @constant
             */
            kind: 'refusals_spike'
            apiKey: string
            apiKeyName: string
            code: string
            /** @description In this hour and the one before. */
            count: number
            /** @description In two hours on average, of the day before. */
            usual: number
          }
        | {
            /**
             * @description No TURN server is configured, and users come from elsewhere.
             * @constant
             */
            kind: 'turn_missing'
          }
        | {
            /**
             * @description The demo gives anyone a token, and users come from elsewhere.
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
      /** @description Whether all was looked at: not with very many API keys, or items. */
      isComplete: boolean
    }
    LiveTotalsInput: {
      /** @description The live sessions of the API key. */
      sessions: number
      /** @description Its conversations that somebody is in. */
      conversations: number
    }
    LiveSessionsInput: {
      readonly opened: components['schemas']['SessionInput'][]
      /** @description Renewed, lost, come back, or in other conversations. */
      readonly changed: components['schemas']['SessionInput'][]
      readonly closed: {
        sessionId: string
        reason: string
      }[]
      /** @description The live sessions of the API key. */
      total: number
    }
    LiveConversationsInput: {
      /** @description Started too. */
      readonly changed: components['schemas']['ConversationInput'][]
      readonly ended: string[]
      /** @description The conversations of the API key that somebody is in. */
      total: number
    }
    LiveRefusalsInput: {
      /** @description How many there were since the last such event. */
      count: number
      latestRefusalId: string
    }
    LiveEventsInput: {
      /** @description The first. */
      hello: components['schemas']['LiveTotalsInput']
      sessions: components['schemas']['LiveSessionsInput']
      conversations: components['schemas']['LiveConversationsInput']
      /** @description For those alone who have the right `refusals:read`. */
      refusals: components['schemas']['LiveRefusalsInput']
      /** @description Too much has changed for single events: read the lists again. */
      resync: components['schemas']['LiveTotalsInput']
    }
    PlatformInput: {
      version: string
      nodeVersion: string
      /** @description Seconds since 1970. */
      startedAt: number
      /** @description Where users reach it. */
      publicUrl: string
      store: {
        /** @enum {string} */
        kind: 'sqlite' | 'postgresql'
        /**
         * @description As it was when it was last looked at.
         * @enum {string}
         */
        health: 'ok' | 'unavailable'
        /** @description The last migration that was made. */
        schemaVersion: string
      }
      sessions: number
      /** @description With a session or without. */
      sockets: number
      conversations: number
      media: {
        /**
         * @description Media go from browser to browser.
         * @enum {string}
         */
        kind: 'peer_to_peer'
        /** @description Whether sessions are told of a STUN server. */
        stun: boolean
        /** @description Whether sessions are told of a TURN server. */
        turn: boolean
      }
      /** @description Deliveries of webhooks that are not delivered yet, and not given up. */
      webhooksWaiting: number
      /** @description Those of them whose last attempt failed. */
      webhooksRetrying: number
      /** @description Whether anybody is given a token for the demo. */
      demo: boolean
    }
    WebhookEndpointInput: {
      endpointId: string
      url: string
      /** @description Null for all. */
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
      /** @description Whether it is disabled because it answered 410. */
      isGone: boolean
      /** @description Seconds since 1970. */
      createdAt: number
    }
    WebhookDeliveryInput: {
      deliveryId: string
      /** @description `webhook-id`: the same for every endpoint and each attempt. */
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
       * @description `held` waits for an earlier one of the same session, `pending` for its first attempt, `retrying` for another one, `dead` was given up.
       * @enum {string}
       */
      state: 'held' | 'pending' | 'retrying' | 'delivered' | 'dead'
      /** @description What is sent. */
      payload: unknown
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description When it is to be tried, while it is pending or retrying. */
      dueAt: number | null
      /** @description How often it was tried since it was made or replayed. */
      tries: number
      /** @description The latest, the oldest of them first. */
      readonly attempts: {
        /** @description Seconds since 1970. */
        at: number
        millis: number
        status: number | null
        /** @description Why it failed; null where it did not. */
        reason: string | null
      }[]
    }
    Problem: {
      title: string
      status: number
      /** @description A word for programs. */
      code: string
      /** @description What is in the way and what to do, for people. */
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
          /** @description Whom its tokens must be for (`aud`): the client id of the front end, or an API. */
          audience: string
          /**
           * @description The claim that is the user id. `email` counts only where the provider has verified it.
           * @default sub
           */
          userIdClaim: string
          /** @description Which claims give which conversations; to whom none gives any, nothing is exchanged. Without: the permissions of the policy. */
          readonly grants?: {
            /** @description The name of the claim, or the path to it: `realm_access.roles`, or the JSON Pointer `/resource_access/shop.web/roles`. */
            claim: string
            /** @description What the claim must be or, where it is a list or the words of `scope` or `scp`, contain. */
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
           * @description Whether a token may live longer than the one that it was exchanged for.
           * @default false
           */
          outlivesSubject: boolean
        }[]
      }
      /** @description The same as sentences, one for each decision. */
      readonly policyInWords: string[]
      /** @description Seconds since 1970. */
      createdAt: number
    }
    SigningKey: {
      /** @description What tokens name it by (`kid`). */
      keyId: string
      /** @enum {string} */
      kind: 'secret' | 'public_key' | 'key_set'
      /** @description Null of a key set, where each key has its own. */
      algorithm: ('HS256' | 'HS384' | 'HS512' | 'RS256' | 'ES256' | 'EdDSA') | null
      /** @enum {string} */
      state: 'active' | 'retiring' | 'retired'
      /** @description Seconds since 1970. */
      createdAt: number
      retiresAt: number | null
      /** @description When a token of it was last admitted, give or take some seconds. */
      lastUsedAt: number | null
      /** @description The live sessions that a token of it opened, or renewed last. */
      sessions: number
      /** @description What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still. */
      advice: ('rotate' | 'retire' | 'change_over') | null
    }
    Preview: {
      /** @description How many are live now. */
      sessions: number
      /** @description How many of them would be closed at once. */
      wouldEnd: number
      /** @description How many would go on, and end sooner than they would now. */
      wouldEndSooner: number
      /** @description Some that would be closed, ten at the most; none for those who may not look at sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
    }
    PolicyPreview: {
      /** @description How many are live now. */
      sessions: number
      /** @description How many of them would be closed at once. */
      wouldEnd: number
      /** @description How many would go on, and end sooner than they would now. */
      wouldEndSooner: number
      /** @description Some that would be closed, ten at the most; none for those who may not look at sessions. */
      readonly examples: {
        sessionId: string
        userId: string
        reason: string
      }[]
      /** @description What the policy would say, in sentences. */
      readonly policyInWords: string[]
      /** @description Those of them that it does not say now. */
      readonly sentences: string[]
    }
    Account: {
      accountId: string
      email: string
      name: string
      /** @description To every API key and to the platform; null where it has roles for some API keys alone. */
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
      /** @description To every API key and to the platform; null where it has roles for some API keys alone. */
      role: ('viewer' | 'developer' | 'owner') | null
      /** @description What the caller may do to some API keys besides. */
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
      /** @description What the caller may do to every API key and to the platform. */
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
      /** @description When its token ends. */
      until: number
      /** @description The signing key that admitted it; null where no token was needed. */
      keyId: string | null
      /** @description Until when it waits for its client, where that is lost. */
      reconnectUntil: number | null
      readonly conversations: string[]
      /** @description The network address that it registered from; null if unknown. */
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
      /** @description Of the first. */
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
      /** @description By how much the clock that minted the token is ahead of ours. */
      clockDifferenceSeconds: number | null
      address: string | null
      origin: string | null
      userAgent: string | null
      /** @description The page that says what to do. */
      docs: string
    }
    RefusalCounts: {
      /** @description From when on there are counts, in seconds since 1970. */
      countedSince: number
      readonly steps: {
        /** @description When the step begins, in seconds since 1970. */
        at: number
        /** @description How many there were, by code; one that is not named had none. */
        counts: {
          [key: string]: number
        }
      }[]
    }
    DryRun: {
      ok: boolean
      /** @description The whole of it. */
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
        /** @description When the step begins, in seconds since 1970. */
        at: number
        /** @description Registrations that were admitted. */
        admitted: number
        /** @description The most sessions that were open at the same time; of several API keys, the sum of their peaks. */
        peakSessions: number
        /** @description Refused attempts, renewals and requests. */
        refused: number
        /** @description The refused by code; one that is not named had none. */
        refusals: {
          [key: string]: number
        }
      }[]
      /** @description The sessions that are open. */
      sessionsNow: number
      /** @description From when on there are counts, in seconds since 1970. */
      countedSince: number
    }
    Attention: {
      /** @description The most urgent first. */
      readonly items: (
        | {
            /**
             * @description The last attempt to deliver failed. It is tried again.
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
             * @description The endpoint answered 410, and is disabled.
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
             * @description As the advice on a signing key says.
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
             * @description Keys of a key set could not be fetched for a day, or never.
             * @constant
             */
            kind: 'key_set_unreachable'
            apiKey: string
            apiKeyName: string
            keyId: string
          }
        | {
            /**
             * @description One reason is refused far more often than on average.
             * @constant
             */
            kind: 'refusals_spike'
            apiKey: string
            apiKeyName: string
            code: string
            /** @description In this hour and the one before. */
            count: number
            /** @description In two hours on average, of the day before. */
            usual: number
          }
        | {
            /**
             * @description No TURN server is configured, and users come from elsewhere.
             * @constant
             */
            kind: 'turn_missing'
          }
        | {
            /**
             * @description The demo gives anyone a token, and users come from elsewhere.
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
      /** @description Whether all was looked at: not with very many API keys, or items. */
      isComplete: boolean
    }
    LiveTotals: {
      /** @description The live sessions of the API key. */
      sessions: number
      /** @description Its conversations that somebody is in. */
      conversations: number
    }
    LiveSessions: {
      readonly opened: components['schemas']['Session'][]
      /** @description Renewed, lost, come back, or in other conversations. */
      readonly changed: components['schemas']['Session'][]
      readonly closed: {
        sessionId: string
        reason: string
      }[]
      /** @description The live sessions of the API key. */
      total: number
    }
    LiveConversations: {
      /** @description Started too. */
      readonly changed: components['schemas']['Conversation'][]
      readonly ended: string[]
      /** @description The conversations of the API key that somebody is in. */
      total: number
    }
    LiveRefusals: {
      /** @description How many there were since the last such event. */
      count: number
      latestRefusalId: string
    }
    LiveEvents: {
      /** @description The first. */
      hello: components['schemas']['LiveTotals']
      sessions: components['schemas']['LiveSessions']
      conversations: components['schemas']['LiveConversations']
      /** @description For those alone who have the right `refusals:read`. */
      refusals: components['schemas']['LiveRefusals']
      /** @description Too much has changed for single events: read the lists again. */
      resync: components['schemas']['LiveTotals']
    }
    Platform: {
      version: string
      nodeVersion: string
      /** @description Seconds since 1970. */
      startedAt: number
      /** @description Where users reach it. */
      publicUrl: string
      store: {
        /** @enum {string} */
        kind: 'sqlite' | 'postgresql'
        /**
         * @description As it was when it was last looked at.
         * @enum {string}
         */
        health: 'ok' | 'unavailable'
        /** @description The last migration that was made. */
        schemaVersion: string
      }
      sessions: number
      /** @description With a session or without. */
      sockets: number
      conversations: number
      media: {
        /**
         * @description Media go from browser to browser.
         * @enum {string}
         */
        kind: 'peer_to_peer'
        /** @description Whether sessions are told of a STUN server. */
        stun: boolean
        /** @description Whether sessions are told of a TURN server. */
        turn: boolean
      }
      /** @description Deliveries of webhooks that are not delivered yet, and not given up. */
      webhooksWaiting: number
      /** @description Those of them whose last attempt failed. */
      webhooksRetrying: number
      /** @description Whether anybody is given a token for the demo. */
      demo: boolean
    }
    WebhookEndpoint: {
      endpointId: string
      url: string
      /** @description Null for all. */
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
      /** @description Whether it is disabled because it answered 410. */
      isGone: boolean
      /** @description Seconds since 1970. */
      createdAt: number
    }
    WebhookDelivery: {
      deliveryId: string
      /** @description `webhook-id`: the same for every endpoint and each attempt. */
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
       * @description `held` waits for an earlier one of the same session, `pending` for its first attempt, `retrying` for another one, `dead` was given up.
       * @enum {string}
       */
      state: 'held' | 'pending' | 'retrying' | 'delivered' | 'dead'
      /** @description What is sent. */
      payload: unknown
      /** @description Seconds since 1970. */
      createdAt: number
      /** @description When it is to be tried, while it is pending or retrying. */
      dueAt: number | null
      /** @description How often it was tried since it was made or replayed. */
      tries: number
      /** @description The latest, the oldest of them first. */
      readonly attempts: {
        /** @description Seconds since 1970. */
        at: number
        millis: number
        status: number | null
        /** @description Why it failed; null where it did not. */
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
