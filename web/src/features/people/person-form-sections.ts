import { html, nothing, type TemplateResult } from 'lit';
import { isTimeZone, LANGUAGE_TAG, MOST } from '../../../../functions/src/contract/person-rules.ts';
import { clockThere, zoneLabel } from '../../components/format-time.ts';
import { icon } from '../../components/icon.ts';
import { toLocalTime, type PersonDraft } from './person-draft.ts';
import { areaField, textField, valueOf, type FormPart } from './person-form-fields.ts';

/** Zones and languages to choose from; any other can be typed. */
const ZONES = Intl.supportedValuesOf('timeZone');
const LANGUAGES =
  'en-US en-GB en-CA en-AU es-US es-MX es-ES fr-CA fr-FR pt-BR pt-PT de-DE it-IT nl-NL pl-PL ro-RO ru-RU uk-UA ar fa-IR he-IL hi-IN ur-PK bn-BD pa-IN gu-IN ta-IN te-IN ne-NP zh-CN zh-TW yue-HK ja-JP ko-KR vi-VN tl-PH th-TH km-KH hmn ht so sw am tr-TR el-GR'.split(
    ' ',
  );
const SOURCES = ['Web form', 'Paper form', 'By text', 'In person', 'By phone', 'E-mail'];
const languageName = new Intl.DisplayNames('en', { type: 'language' });

/** `American English` of `en-US`, or nothing where it has no name. */
export function languageWords(tag: string): string | null {
  const name = LANGUAGE_TAG.test(tag) ? languageName.of(tag) : undefined;
  return name === undefined || name === tag ? null : name;
}

/** What a clock shows there now, e.g. `Tue, 2:05 PM`. */
export function clockIn(timeZone: string, now: Date): string | null {
  if (!isTimeZone(timeZone)) return null;
  return clockThere(now, timeZone);
}

export function nameFields(part: FormPart, first: boolean): TemplateResult {
  const { draft, set } = part;
  return html`<div class="pair">
    ${textField(part, {
      id: 'first-name',
      path: 'firstName',
      label: 'First name',
      optional: true,
      first,
      max: MOST.name,
      autocapitalize: 'words',
      value: draft.firstName,
      onInput: (firstName) => {
        set({ firstName });
      },
    })}
    ${textField(part, {
      id: 'last-name',
      path: 'lastName',
      label: 'Last name',
      optional: true,
      max: MOST.name,
      autocapitalize: 'words',
      value: draft.lastName,
      onInput: (lastName) => {
        set({ lastName });
      },
    })}
  </div>`;
}

/** Active or inactive, as two choices side by side. */
export function statusField({ draft, set }: FormPart): TemplateResult {
  const choices = [
    ['active', 'Active', 'Their messages get a reply, and your team can text them.'],
    ['inactive', 'Inactive', 'Their messages are logged without a reply. Nobody can text them.'],
  ] as const;
  return html`<fieldset class="field">
    <legend class="label">Status</legend>
    <div class="choices">
      ${choices.map(
        ([value, words, meaning]) => html`<label class="choice">
          <input type="radio" name="status" .checked=${draft.status === value} @change=${() => {
            set({ status: value });
          }} />
          <span><strong>${words}</strong><br /><span class="hint">${meaning}</span></span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

/** The record of consent: where, when and to what. */
export function consentFields(part: FormPart, now: Date): TemplateResult {
  const { draft, set } = part;
  const { consent } = draft;
  const toggle = () => {
    set({ consent: consent ? null : { source: '', at: toLocalTime(now.toISOString()), wording: '' } });
  };
  const change = (changes: Partial<NonNullable<PersonDraft['consent']>>) => {
    if (consent) set({ consent: { ...consent, ...changes } });
  };
  return html`<fieldset class="part">
    <legend>Consent</legend>
    <label class="check"><input type="checkbox" .checked=${consent !== null} @change=${toggle} /> This person agreed to be texted</label>
    ${
      consent === null
        ? nothing
        : html`<div class="pair">
            ${textField(part, {
              id: 'consent-source',
              path: 'consent.source',
              label: 'Where',
              max: MOST.consentSource,
              choices: SOURCES,
              placeholder: 'Web form',
              value: consent.source,
              onInput: (source) => {
                change({ source });
              },
            })}
            ${textField(part, {
              id: 'consent-at',
              path: 'consent.at',
              label: 'When',
              hint: `Your time, ${zoneOf(now)}`,
              type: 'datetime-local',
              max: 30,
              value: consent.at,
              onInput: (at) => {
                change({ at });
              },
            })}
          </div>
          ${areaField(part, {
            id: 'consent-wording',
            path: 'consent.wording',
            label: 'Wording they agreed to',
            optional: true,
            rows: 3,
            max: MOST.consentWording,
            value: consent.wording,
            onInput: (wording) => {
              change({ wording });
            },
          })}`
    }
  </fieldset>`;
}

function zoneOf(now: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const name = zoneLabel(now);
  return name === timeZone ? timeZone : `${timeZone} (${name})`;
}

/** Time zone, language, notes and custom fields. */
export function moreFields(part: FormPart, now: Date): TemplateResult {
  const { draft, set } = part;
  const clock = clockIn(draft.timeZone.trim(), now);
  const language = languageWords(draft.language.trim());
  return html`<div class="pair">
      ${textField(part, {
        id: 'time-zone',
        path: 'timeZone',
        label: 'Time zone',
        optional: true,
        hint: clock ? `It is ${clock} there` : 'For example America/New_York',
        max: MOST.timeZone,
        autocapitalize: 'none',
        choices: ZONES,
        value: draft.timeZone,
        onInput: (timeZone) => {
          set({ timeZone });
        },
      })}
      ${textField(part, {
        id: 'language',
        path: 'language',
        label: 'Language',
        optional: true,
        hint: language ?? 'For example en-US',
        max: MOST.language,
        autocapitalize: 'none',
        choices: LANGUAGES,
        value: draft.language,
        onInput: (value) => {
          set({ language: value });
        },
      })}
    </div>
    ${areaField(part, {
      id: 'notes',
      path: 'notes',
      label: 'Notes',
      optional: true,
      hint: 'Seen by your team. Never sent.',
      rows: 3,
      max: MOST.notes,
      value: draft.notes,
      onInput: (notes) => {
        set({ notes });
      },
    })}
    ${customFieldRows(part)}`;
}

function customFieldRows(part: FormPart): TemplateResult {
  const { draft, problems, set } = part;
  const { customFields } = draft;
  const change = (index: number, changes: Partial<{ name: string; value: string }>) => {
    set({ customFields: customFields.map((each, at) => (at === index ? { ...each, ...changes } : each)) });
  };
  const input = (index: number, name: 'name' | 'value', words: string, max: number) => {
    const problem = name === 'name' ? problems.get(`customFields.${String(index)}`) : undefined;
    return html`<input
      id="custom-${name}-${index}"
      aria-label="${words} of custom field ${index + 1}"
      placeholder=${words}
      maxlength=${max}
      autocomplete="off"
      .value=${customFields[index]?.[name] ?? ''}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${problem ? `custom-${String(index)}-problem` : nothing}
      @input=${(event: Event) => {
        change(index, { [name]: valueOf(event) });
      }}
    />`;
  };
  const general = problems.get('customFields');
  return html`<div class="field" role="group" aria-labelledby="custom-label">
    <span class="label" id="custom-label">Custom fields <span class="optional">optional</span></span>
    ${customFields.map((_each, index) => {
      const problem = problems.get(`customFields.${String(index)}`);
      return html`<div class="custom">
          ${input(index, 'name', 'Name', MOST.fieldName)} ${input(index, 'value', 'Value', MOST.fieldValue)}
          <button
            type="button"
            class="button quiet icon"
            aria-label="Remove custom field ${index + 1}"
            @click=${() => {
              set({ customFields: customFields.filter((_field, at) => at !== index) });
            }}
          >${icon('close', 14)}</button>
        </div>
        ${problem ? html`<p class="problem" id="custom-${index}-problem">${icon('error', 12)}<span>${problem}</span></p>` : nothing}`;
    })}
    ${general ? html`<p class="problem">${icon('error', 12)}<span>${general}</span></p>` : nothing}
    <div>
      <button type="button" id="add-field" class="button" ?disabled=${customFields.length >= MOST.customFields} @click=${() => {
        set({ customFields: [...customFields, { name: '', value: '' }] });
      }}>
        ${icon('plus', 14)} Add custom field
      </button>
    </div>
  </div>`;
}
