export type Bar = number | { readonly atLeast?: number; readonly atMost?: number }

export interface JudgedBar {
  readonly atLeast?: number
  readonly atMost?: number
  readonly held: boolean
}

export function judge(
  ratios: Readonly<Record<string, number>>,
  bars: Readonly<Record<string, Bar>>,
): Record<string, JudgedBar>
