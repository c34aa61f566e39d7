import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** The importing file, relative to the repository's root. */
  readonly from: string;
  /** A file relative to the root, or the name of a package or of a Node module as it is written. */
  readonly to: string;
  readonly external: boolean;
  /** Gone when types are stripped. */
  readonly typeOnly: boolean;
  /** `import()`: paid for when it is reached, and not while the importer loads. */
  readonly lazy: boolean;
}

const root = resolve(import.meta.dirname, '..', '..');

/** All TypeScript files below a folder, relative to the repository's root. */
export function sourcesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Every import of the files below some folders. */
export function importsBelow(...folders: string[]): Import[] {
  return folders.flatMap(sourcesBelow).flatMap(importsOf);
}

function importsOf(from: string): Import[] {
  const source = ts.createSourceFile(
    from,
    readFileSync(join(root, from), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, lazy: boolean) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const external = !specifier.text.startsWith('.');
    const to = external ? specifier.text : relative(root, resolve(root, dirname(from), specifier.text));
    found.push({ from, to, external, typeOnly, lazy });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause), false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/** The circles among files, each as the path that leads back to its beginning. */
export function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, external, lazy } of imports) {
    if (!external && !lazy) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) return void found.push([...path.slice(start), file].join(' -> '));
    if (done.has(file)) return;
    for (const each of next.get(file) ?? []) walk(each, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}

/** The files that loading `entry` loads, itself among them; types and lazy imports left out. */
export function loadedBy(entry: string, imports: readonly Import[]): Set<string> {
  const loaded = new Set([entry]);
  // A set goes on with what is added while it is walked.
  for (const file of loaded)
    for (const { from, to, external, typeOnly, lazy } of imports)
      if (from === file && !external && !typeOnly && !lazy) loaded.add(to);
  return loaded;
}
