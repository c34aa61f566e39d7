import type { Finding } from '../../../src/contract/health.ts';

const MARKS: Readonly<Record<Finding['level'], string>> = { ok: '✓', warning: '!', error: '✗' };

/** Findings for a terminal: one line each, and under those that are not fine how to mend them; then how many of each. */
export function printed(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const lines = findings.flatMap(({ level, title, detail, mend }) => [
    `${MARKS[level]} ${title.padEnd(width)}  ${indented(detail, width + 4)}`,
    ...(mend === null ? [] : [`${' '.repeat(width + 4)}→ ${indented(mend, width + 6)}`]),
  ]);
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const errors = count('error');
  const warnings = count('warning');
  const summary = `${String(count('ok'))} passed, ${String(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}, ${String(errors)} ${errors === 1 ? 'error' : 'errors'}`;
  return [...lines, '', summary].join('\n');
}

function indented(text: string, columns: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(columns)}`);
}
