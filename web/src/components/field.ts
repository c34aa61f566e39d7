import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

export interface FieldOptions {
  /** Id of the control, unique within its element. */
  id: string;
  label: string;
  /** Help that is always there. */
  hint?: string | TemplateResult | undefined;
  /** What is wrong, in words; also set `aria-invalid` on the control (see `described`). */
  problem?: string | null | undefined;
  /** Says `optional` beside the label. */
  optional?: boolean;
}

/**
 * Label, hint, control and problem, tied together in one shadow root (add `fields` to the element's styles):
 * `field({id: 'email', label: 'E-mail', problem}, html`<input id="email" aria-invalid=… aria-describedby=${describedBy(…)}>`)`.
 */
export function field(options: FieldOptions, control: TemplateResult): TemplateResult {
  const { id, label, hint, problem, optional } = options;
  return html`<div class="field">
    <label for=${id}>${label}${optional ? html` <span class="optional">optional</span>` : nothing}</label>
    ${control}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    ${problem ? html`<p class="problem" id="${id}-problem">${icon('error', 12)}<span>${problem}</span></p>` : nothing}
  </div>`;
}

/** The value for a control's `aria-describedby`; `nothing` where there is neither hint nor problem. */
export function describedBy(options: Pick<FieldOptions, 'id' | 'hint' | 'problem'>): string | typeof nothing {
  const ids = [options.problem && `${options.id}-problem`, options.hint && `${options.id}-hint`].filter(
    Boolean,
  );
  return ids.length > 0 ? ids.join(' ') : nothing;
}

/** A labelled native select. `choices`: `[value, words]`; the first is usually `['', 'Any …']`. */
export function selectField(
  options: FieldOptions & {
    value: string;
    choices: readonly (readonly [value: string, words: string])[];
    onChange: (value: string) => void;
    hideLabel?: boolean;
  },
): TemplateResult {
  const select = html`<select
    id=${options.id}
    aria-invalid=${options.problem ? 'true' : nothing}
    aria-describedby=${describedBy(options)}
    .value=${options.value}
    @change=${(event: Event & { currentTarget: HTMLSelectElement }) => {
      options.onChange(event.currentTarget.value);
    }}
  >
    ${options.choices.map(([value, words]) => html`<option value=${value} ?selected=${value === options.value}>${words}</option>`)}
  </select>`;
  if (options.hideLabel)
    return html`<div class="field"><label class="hidden-text" for=${options.id}>${options.label}</label>${select}</div>`;
  return field(options, select);
}
