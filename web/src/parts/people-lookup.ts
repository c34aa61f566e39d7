import { html, type TemplateResult } from 'lit';
import '../components/view-state.ts';
import { allowed } from '../session.ts';

/** What people can be searched by: operators by a number too, viewers by name alone (PRIV-3). */
export function searchWords(): string {
  return allowed('people:lookup') ? 'name, last four digits or whole number' : 'name';
}

/** The same within the empty search box. */
export function searchPlaceholder(): string {
  return allowed('people:lookup') ? 'Name, last four digits or number' : 'Name';
}

/** In place of the result, where the reader may not search by number. */
export function lookupDenied(): TemplateResult {
  return html`<view-state kind="denied" heading="Search by name instead">Only operators and admins can search by a phone number.</view-state>`;
}
