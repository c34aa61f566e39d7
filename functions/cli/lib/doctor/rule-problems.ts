/**
 * What is wrong with security rules at a glance, one line each: the rules tests try what they really do, this catches
 * the line that opens everything and was meant for a minute.
 */
export function ruleProblems(source: string): string[] {
  const rules = source.replace(/\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  const problems: string[] = [];
  if (!/rules_version\s*=\s*'2'/.test(rules)) problems.push("They do not say rules_version = '2'.");
  if (!/service\s+cloud\.firestore/.test(rules)) problems.push('They are not for Firestore.');
  const allows = [...rules.matchAll(/\ballow\s+([a-z,\s]+?)\s*(?::\s*if\s+([^;]*))?;/g)];
  for (const [, operations = '', condition] of allows) {
    if (condition === undefined || /^\s*\(*\s*true\b/.test(condition))
      problems.push(`They allow ${operations} to everybody.`);
    if (/\b(?:write|create|update|delete)\b/.test(operations))
      problems.push(`They let browsers ${operations}.`);
  }
  if (/match\s+\/\{\w+=\*\*\}\s*\{[^}]*\ballow\b/.test(rules))
    problems.push('They allow something on every collection.');
  return problems;
}
