import { findBasePath } from './find-base-path.ts'

const declared = document.querySelector<HTMLMetaElement>('meta[name=base-path]')?.content ?? ''

/** What every path of the platform begins with: empty at the root of an origin, or such as `/rtc`. */
export const BASE_PATH = findBasePath(declared, location.pathname)
/** The platform that serves this page, without a trailing slash. */
export const PLATFORM_URL = `${location.origin}${BASE_PATH}`
