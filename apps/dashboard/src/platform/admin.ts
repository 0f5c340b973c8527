import { createAdmin } from '@stagedoor/admin'
import { PLATFORM_URL } from './platform-url.ts'

/** The client of the admin API of the platform that serves this page. The browser authenticates with its cookie. */
export const admin = createAdmin({ url: PLATFORM_URL })
