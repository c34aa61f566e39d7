import { Store } from './store.ts';

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'parley.theme';

function remembered(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
}

/** The reader's choice; `system` follows the device. */
export const theme = new Store<Theme>(remembered());

function apply(choice: Theme): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
}

apply(theme.value);
theme.subscribe((choice) => {
  apply(choice);
  localStorage.setItem(KEY, choice);
});
