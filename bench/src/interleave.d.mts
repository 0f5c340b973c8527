export type Speeds = Readonly<Record<string, number>>

export function interleave(
  contestants: Readonly<Record<string, () => unknown>>,
  options: { readonly rounds: number; readonly turnMilliseconds?: number; readonly now?: () => number },
): Promise<Speeds[]>

export function sumUp(speeds: readonly Speeds[], ours: string): { readonly medians: Speeds; readonly ratios: Speeds }

export function median(values: readonly number[]): number
