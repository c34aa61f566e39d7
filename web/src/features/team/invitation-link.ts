import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { announce } from '../../announce.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/modal-dialog.ts';
import '../../components/time-stamp.ts';

/** A link that is shown once: `link` null closes the dialog. Closing without having copied it asks first. */
@customElement('invitation-link')
export class InvitationLink extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      .content {
        display: grid;
        gap: var(--space-4);
        font-size: var(--text-md);
        text-wrap: pretty;
      }
      .link {
        display: flex;
        gap: var(--space-2);
      }
      .link input {
        font-family: var(--font-mono);
        font-size: var(--text-sm);
      }
      .until {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
    `,
  ];

  @property({ attribute: false }) link: string | null = null;
  /** Whose link it is. */
  @property() name = '';
  /** What the link is for. */
  @property() purpose: 'join' | 'reset' = 'join';
  @property({ attribute: false }) expiresAt = '';
  @state() private copied = false;
  @state() private warned = false;
  @query('input') private readonly input!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('link')) return;
    this.copied = false;
    this.warned = false;
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.link ?? '');
      this.copied = true;
      announce('The link is copied.');
    } catch {
      // No access to the clipboard: the text is selected, for the reader to copy.
      this.input?.select();
      announce('The link is selected. Copy it with your keyboard.');
    }
  }

  private dismiss(): void {
    if (this.copied || this.warned) this.dispatchEvent(new Event('dismiss'));
    else this.warned = true;
  }

  private content(link: string) {
    return html`<div class="content">
      <p>
        Give this link to ${this.name} in a way that only they can read. It is shown once and works once: whoever opens
        it sets the password.${this.purpose === 'reset' ? html` Parley tells ${this.name} at their next sign-ins that you made it.` : nothing}
      </p>
      <div class="link">
        <input readonly aria-label="One-time link" dir="ltr" .value=${link} @focus=${() => {
          this.input?.select();
        }} @copy=${() => {
          this.copied = true;
        }} />
        <button class="button primary" autofocus @click=${this.copy}>${icon(this.copied ? 'check' : 'copy', 14)} ${this.copied ? 'Copied' : 'Copy'}</button>
      </div>
      <p class="until">Works until <time-stamp at=${this.expiresAt}></time-stamp></p>
      ${
        this.warned && !this.copied
          ? html`<inline-notice tone="warn" role="alert">You have not copied the link, and it is not shown again. You can make a new one later.</inline-notice>`
          : nothing
      }
    </div>`;
  }

  override render() {
    const heading = this.purpose === 'join' ? `Invitation for ${this.name}` : `New password for ${this.name}`;
    return html`<modal-dialog heading=${heading} ?open=${this.link !== null} @dismiss=${this.dismiss}>
      ${this.link === null ? nothing : this.content(this.link)}
      <div slot="footer"><button class="button" @click=${this.dismiss}>${this.warned && !this.copied ? 'Close anyway' : 'Done'}</button></div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'invitation-link': InvitationLink;
  }
}
