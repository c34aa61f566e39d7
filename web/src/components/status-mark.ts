import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { IncomingStatus, OutgoingStatus } from '../../../functions/src/contract/delivery.ts';
import { base } from '../styles/shared.ts';
import { icon } from './icon.ts';
import type { Look } from './look.ts';

/** Statuses in words and shapes. Colour only repeats what shape and word say. */
export const STATUS_LOOKS: Readonly<
  Record<OutgoingStatus | IncomingStatus | 'active' | 'inactive' | 'invited' | 'deactivated', Look>
> = {
  scheduled: {
    icon: 'calendar',
    label: 'Scheduled',
    tone: 'info',
    meaning: 'It is sent at its time. Until then it can be changed or canceled.',
  },
  held: {
    icon: 'undo',
    label: 'Held',
    tone: 'info',
    meaning: 'It can still be undone, and is sent when the undo time is over.',
  },
  queued: {
    icon: 'clock',
    label: 'Queued',
    tone: 'muted',
    meaning: 'Accepted by Parley, and waiting to be sent.',
  },
  sending: { icon: 'send', label: 'Sending', tone: 'info', meaning: 'It is being handed to the carrier.' },
  unconfirmed: {
    icon: 'question',
    label: 'Unconfirmed',
    tone: 'warn',
    meaning:
      'The carrier did not answer, so it may or may not have been sent. Parley is checking with the carrier.',
  },
  accepted: { icon: 'check', label: 'Accepted', tone: 'info', meaning: 'The carrier has accepted it.' },
  sent: {
    icon: 'check',
    label: 'Sent',
    tone: 'info',
    meaning: 'The carrier sent it. Delivery is not confirmed yet.',
  },
  delivered: { icon: 'check-double', label: 'Delivered', tone: 'good', meaning: 'It reached the phone.' },
  read: { icon: 'eye', label: 'Read', tone: 'good', meaning: 'It was opened.' },
  undelivered: {
    icon: 'cross',
    label: 'Not delivered',
    tone: 'bad',
    meaning: 'The carrier could not deliver it.',
  },
  failed: { icon: 'error', label: 'Failed', tone: 'bad', meaning: 'It failed, and will not be sent again.' },
  canceled: {
    icon: 'slash',
    label: 'Canceled',
    tone: 'muted',
    meaning: 'It was undone or canceled before it was sent.',
  },
  registered: {
    icon: 'person',
    label: 'Registered',
    tone: 'muted',
    meaning: 'From a registered, active person.',
  },
  unknown: {
    icon: 'question',
    label: 'Unknown',
    tone: 'warn',
    meaning: 'From a number that is not registered, or of an inactive person.',
  },
  active: { icon: 'check', label: 'Active', tone: 'good', meaning: 'Active.' },
  inactive: { icon: 'slash', label: 'Inactive', tone: 'muted', meaning: 'Inactive.' },
  invited: { icon: 'clock', label: 'Invited', tone: 'info', meaning: 'Has not joined yet.' },
  deactivated: { icon: 'slash', label: 'Deactivated', tone: 'muted', meaning: 'Cannot sign in.' },
};

/** `<status-mark status="delivered">`, or any look of one's own: `<status-mark .look=${{icon, label, tone, meaning}}>`. */
@customElement('status-mark')
export class StatusMark extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        color: var(--ink-2);
        font-size: var(--text-sm);
        white-space: nowrap;
        vertical-align: top;
        line-height: inherit;
      }
      .good {
        color: var(--good);
      }
      .warn {
        color: var(--warn);
      }
      .bad {
        color: var(--bad);
      }
      .info {
        color: var(--info);
      }
      .muted {
        color: var(--ink-3);
      }
    `,
  ];

  @property() status: keyof typeof STATUS_LOOKS = 'queued';
  @property({ attribute: false }) look: Look | null = null;

  override render() {
    const look = this.look ?? STATUS_LOOKS[this.status];
    return html`<span class=${look.tone}>${icon(look.icon, 14)}</span><span title=${look.meaning}>${look.label}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'status-mark': StatusMark;
  }
}
