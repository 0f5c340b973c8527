import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { toRouteHandlers } from '@stagedoor/token-endpoint/next'
import { userOf } from '../../session.js'

// Made at the first request: "next build" loads this file too, where there is no secret.
let endpoint

function answer(request) {
  const { API_KEY, SECRET } = process.env
  endpoint ??= createTokenEndpoint({
    apiKey: API_KEY,
    secret: SECRET,
    authenticate: ({ headers }) => userOf(headers.get('cookie')),
  })
  return endpoint(request)
}

export const { POST, OPTIONS } = toRouteHandlers(answer)
