import { html, nothing, type TemplateResult } from 'lit';
import { describedBy, field, type FieldOptions } from '../../components/field.ts';
import type { DraftProblems, PersonDraft } from './person-draft.ts';

/** What every part of the form works with. */
export interface FormPart {
  draft: PersonDraft;
  problems: DraftProblems;
  set: (changes: Partial<PersonDraft>) => void;
}

type Entry = FieldOptions & {
  path: string;
  value: string;
  onInput: (value: string) => void;
  max: number;
  type?: string;
  inputmode?: 'tel';
  autocapitalize?: 'words' | 'none';
  placeholder?: string;
  choices?: readonly string[];
  spellcheck?: boolean;
  /** Where the focus begins. */
  first?: boolean;
};

/** The value of the control that fired an event. */
export function valueOf(event: Event): string {
  const control = event.currentTarget;
  return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement ? control.value : '';
}

/** A labelled native input that reports each change. */
export function textField(part: FormPart, entry: Entry): TemplateResult {
  const problem = part.problems.get(entry.path);
  const about = { ...entry, problem };
  const list = entry.choices ? `${entry.id}-choices` : nothing;
  return field(
    about,
    html`<input
        id=${entry.id}
        type=${entry.type ?? 'text'}
        step=${entry.type === 'datetime-local' ? '1' : nothing}
        inputmode=${entry.inputmode ?? nothing}
        autocomplete="off"
        autocapitalize=${entry.autocapitalize ?? nothing}
        spellcheck=${entry.spellcheck ? 'true' : 'false'}
        maxlength=${entry.max}
        placeholder=${entry.placeholder ?? nothing}
        list=${list}
        ?autofocus=${entry.first === true}
        .value=${entry.value}
        aria-invalid=${problem ? 'true' : nothing}
        aria-describedby=${describedBy(about)}
        @input=${(event: Event) => {
          entry.onInput(valueOf(event));
        }}
      />
      ${entry.choices ? html`<datalist id=${list}>${entry.choices.map((choice) => html`<option value=${choice}></option>`)}</datalist>` : nothing}`,
  );
}

/** The same with several lines. */
export function areaField(
  part: FormPart,
  entry: FieldOptions & {
    path: string;
    value: string;
    max: number;
    rows: number;
    onInput: (value: string) => void;
  },
): TemplateResult {
  const problem = part.problems.get(entry.path);
  const about = { ...entry, problem };
  return field(
    about,
    html`<textarea
      id=${entry.id}
      rows=${entry.rows}
      maxlength=${entry.max}
      .value=${entry.value}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${describedBy(about)}
      @input=${(event: Event) => {
        entry.onInput(valueOf(event));
      }}
    ></textarea>`,
  );
}
