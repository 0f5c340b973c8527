import { createAdmin } from '@stagedoor/admin'
import { PLATFORM_URL } from './platform-url.ts'

/** The API of the platform that serves this page: the browser sends its cookie along. */
export const admin = createAdmin({ url: PLATFORM_URL })
