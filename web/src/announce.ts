import { Store } from './store.ts';

/** What the shell's one polite live region says. */
export const announcement = new Store('');

/** Says something to a screen reader, once the current sentence is done. Visible feedback is `notify()`'s. */
export function announce(message: string): void {
  // The same sentence twice would not be a change, and would be silent.
  announcement.set(announcement.value === message ? `${message}\u00a0` : message);
}

export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'info';
  text: string;
  /** Where to go on from here. */
  link?: { href: string; label: string };
}

/** The notices that the shell shows at the foot of the screen. */
export const notices = new Store<readonly Notice[]>([]);
let lastId = 0;

/** Shows a short notice for a while, and announces it. Problems stay until they are dismissed. */
export function notify(tone: Notice['tone'], text: string, link?: Notice['link']): void {
  lastId += 1;
  const id = lastId;
  notices.set([...notices.value.slice(-2), { id, tone, text, ...(link && { link }) }]);
  announce(text);
  if (tone !== 'bad')
    setTimeout(() => {
      dismissNotice(id);
    }, 6000);
}

export function dismissNotice(id: number): void {
  notices.set(notices.value.filter((notice) => notice.id !== id));
}
