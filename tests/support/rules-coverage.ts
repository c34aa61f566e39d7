/** One expression of the rules, with what it came out as while the tests ran. */
export interface CoveredExpression {
  line: number;
  text: string;
  sawTrue: boolean;
  sawFalse: boolean;
}

interface Node {
  sourcePosition?: { line?: number; currentOffset?: number; endOffset?: number };
  values?: { value?: { boolValue?: boolean }; count?: number }[];
  children?: Node[];
}

/**
 * The conditions of the rules that gave true or false, out of the emulator's coverage report
 * (`/emulator/v1/projects/{project}:ruleCoverage`), the values of one place in the text put together.
 */
export async function rulesCoverage(firestoreUrl: string, projectId: string): Promise<CoveredExpression[]> {
  const response = await fetch(`${firestoreUrl}/emulator/v1/projects/${projectId}:ruleCoverage`);
  if (!response.ok)
    throw new Error(`The emulator answered ${response.status} to the coverage of ${projectId}.`);
  const report = (await response.json()) as { rules: { files: { content: string }[] }; report: Node[] };
  const source = report.rules.files[0]?.content ?? '';
  const found = new Map<string, CoveredExpression>();
  const visit = (node: Node) => {
    const { line = 0, currentOffset = 0, endOffset = 0 } = node.sourcePosition ?? {};
    const key = `${currentOffset}-${endOffset}`;
    for (const { value, count = 0 } of node.values ?? []) {
      if (value?.boolValue === undefined || count === 0) continue;
      const seen = found.get(key) ?? {
        line,
        text: source.slice(currentOffset, endOffset + 1),
        sawTrue: false,
        sawFalse: false,
      };
      found.set(key, {
        ...seen,
        sawTrue: seen.sawTrue || value.boolValue,
        sawFalse: seen.sawFalse || !value.boolValue,
      });
    }
    for (const child of node.children ?? []) visit(child);
  };
  for (const node of report.report) visit(node);
  return [...found.values()];
}
