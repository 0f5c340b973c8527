/**
 * Joins the address of a platform with a path below it, and keeps the path of the address: `https://shop.example/rtc` and
 * `/v1/gate` make `https://shop.example/rtc/v1/gate`. `new URL(path, address)` would drop `/rtc`.
 *
 * @param address an absolute URL without query and fragment, with or without a trailing slash.
 */
export function joinUrl(address: string, path: `/${string}`): string {
  return `${address.replace(/\/+$/, '')}${path}`
}
