import { svg, html, type TemplateResult } from 'lit';

/** Own line icons on a 16 px grid, drawn with the colour of the text around them. */
const PATHS = {
  inbox: 'M2.5 9h3l1 2h3l1-2h3M2.5 9v3.2c0 .7.6 1.3 1.3 1.3h8.4c.7 0 1.3-.6 1.3-1.3V9M2.5 9l1.8-5.6c.2-.5.7-.9 1.2-.9h5c.5 0 1 .4 1.2.9L13.5 9',
  incoming: 'M12.5 3.5l-8.5 8.5M4 6v6h6',
  outgoing: 'M3.5 12.5l8.5-8.5M6 4h6v6',
  people: 'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.2 2-4 4.5-4s4.5 1.8 4.5 4M10.5 2.7a2.5 2.5 0 0 1 0 4.6M12 9.9c1.5.6 2.5 1.9 2.5 3.6',
  team: 'M8 1.8l5 1.9v3.8c0 3-2 5.4-5 6.7-3-1.3-5-3.7-5-6.7V3.7zM5.8 8l1.6 1.6 2.9-3.1',
  audit: 'M4 1.8h5.5L12.5 5v8c0 .7-.5 1.2-1.2 1.2H4.7c-.7 0-1.2-.5-1.2-1.2V3c0-.7.5-1.2 1.2-1.2M9.3 2v3.2h3M5.8 8.3h4.4M5.8 11h3',
  health: 'M1.5 8.5h3l1.7-5 3 9 1.8-4h3.5',
  compose: 'M13.5 8.5v3.7c0 .7-.6 1.3-1.3 1.3H3.8c-.7 0-1.3-.6-1.3-1.3V3.8c0-.7.6-1.3 1.3-1.3h3.7M6 10l.4-2.2 5.7-5.7a1.1 1.1 0 0 1 1.6 1.6L8 9.5z',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3.5 8.5l3 3 6-7',
  'check-double': 'M1.5 8.8l2.7 2.7 5.3-6.5M8 11l.6.5 5.4-6.5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.5',
  send: 'M13.8 2.2L7.3 8.7M13.8 2.2l-4 11.6-2.5-5.1-5.1-2.5z',
  question: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.4c.1-1 .8-1.5 1.7-1.5 1 0 1.7.6 1.7 1.5 0 1.2-1.6 1.3-1.6 2.5M8.05 11.05v.01',
  alert: 'M8 2.3l6 10.7H2zM8 6.5v3M8 11.3v.01',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.4M8 10.9v.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4v3.5M8 5.1v.01',
  cross: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4',
  slash: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM4 12l8-8',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 9.9a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8z',
  lock: 'M4.5 7h7c.6 0 1 .4 1 1v4.5c0 .6-.4 1-1 1h-7c-.6 0-1-.4-1-1V8c0-.6.4-1 1-1M5.5 7V4.8a2.5 2.5 0 0 1 5 0V7',
  'sign-out': 'M6.5 13.5H3.8c-.7 0-1.3-.6-1.3-1.3V3.8c0-.7.6-1.3 1.3-1.3h2.7M10.5 11l3-3-3-3M13.5 8h-7',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  moon: 'M13.5 9.3A5.7 5.7 0 0 1 6.7 2.5a5.8 5.8 0 1 0 6.8 6.8z',
  device: 'M3 2.5h10c.6 0 1 .4 1 1v6.5c0 .6-.4 1-1 1H3c-.6 0-1-.4-1-1V3.5c0-.6.4-1 1-1M5.5 13.5h5M8 11v2.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  plus: 'M8 3v10M3 8h10',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  'arrow-down': 'M8 3v10M4 9l4 4 4-4',
  'arrow-up': 'M8 13V3M4 7l4-4 4 4',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  offline: 'M2 2l12 12M5 7.8a5 5 0 0 1 1.8-1.1M2.6 5.4A8.5 8.5 0 0 1 5 3.9M13.4 5.4a8.5 8.5 0 0 0-5.7-2M11 7.8l-.5-.4M7 10.2a2 2 0 0 1 2 0M8 12.5v.01',
  reply: 'M6.5 3.5L2.5 7.5l4 4M2.5 7.5h6a5 5 0 0 1 5 5v.5',
  person: 'M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM3 13.8c0-2.5 2.2-4.4 5-4.4s5 1.9 5 4.4',
  shield: 'M8 1.8l5 1.9v3.8c0 3-2 5.4-5 6.7-3-1.3-5-3.7-5-6.7V3.7z',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside words; it is hidden from screen readers, so give icon-only buttons an aria-label. */
export function icon(name: IconName, size = 16): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${svg`<path d=${PATHS[name]} />`}</svg>`;
}
