interface Settings {
  readonly issuer: string
  readonly clientId: string
  readonly apiKey: string
  /** Where the platform is. */
  readonly platform: string
}

declare const __SETTINGS__: Settings

export const settings: Settings = __SETTINGS__
