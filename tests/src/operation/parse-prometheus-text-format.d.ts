declare module 'parse-prometheus-text-format' {
  interface Metric {
    readonly labels?: Readonly<Record<string, string>>
    readonly value?: string
    /** Of a histogram: how much was measured in all. */
    readonly count?: string
  }

  /** @throws {Error} where it is not in the text format of Prometheus. */
  export default function parse(
    text: string,
  ): readonly { readonly name: string; readonly type: string; readonly metrics: readonly Metric[] }[]
}
