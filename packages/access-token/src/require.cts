// What `require('@stagedoor/access-token')` answers: the class itself, as CommonJS samples expect, with every export of
// the package as a member of it.
import token = require('./index.ts')

const face = Object.assign(token.AccessToken, token)

export = face
