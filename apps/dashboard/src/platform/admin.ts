import { createAdmin } from '@stagedoor/admin'

/** The API of the platform that serves this page: the browser sends its cookie along. */
export const admin = createAdmin({ url: location.origin })
