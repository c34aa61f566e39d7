import type { IconName } from './icon.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'muted';

/** How a state is shown: colour only repeats what shape and word say. */
export interface Look {
  icon: IconName;
  label: string;
  tone: Tone;
  /** What it means, for the details of an entry. */
  meaning: string;
}
