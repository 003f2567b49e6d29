import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

const mutators = new Set(
  'add clear copyWithin delete fill pop push reverse set shift sort splice unshift defineProperty assign'.split(' '),
);

/**
 * Where a module keeps something from one call to the next: a top-level `let`, a regular expression that remembers where
 * it was (`g`, `y`), a change of what a top-level name stands for. All runs of a worker share one instance of the domain.
 */
function keptBetweenCalls(text: string, path = 'module.ts'): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const found: string[] = [];
  const say = (node: ts.Node) =>
    found.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText()}`);

  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) say(statement);
      for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text);
    }
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings !== undefined && ts.isNamedImports(bindings)) {
        for (const { name } of bindings.elements) names.add(name.text);
      }
    }
    if (ts.isClassDeclaration(statement)) {
      for (const member of statement.members) {
        if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) say(member);
      }
    }
  }

  const isShared = (node: ts.Expression): boolean => {
    if (ts.isIdentifier(node)) return names.has(node.text);
    return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? isShared(node.expression)
      : false;
  };
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isRegularExpressionLiteral(node) && /[gy][a-z]*$/.test(node.text) && !inFunction) say(node);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && isShared(node.left)) say(node);
    if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && isShared(node.operand)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) say(node);
    }
    if (ts.isDeleteExpression(node) && isShared(node.expression)) say(node);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const [target] = node.arguments;
      const changed = expression.getText() === 'Object' ? target : expression;
      if (mutators.has(name.text) && changed !== undefined && isShared(changed)) say(node);
    }
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
  };
  visit(source, false);
  return found;
}

const isAssignment = (kind: ts.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

test('no module of the domain keeps anything from one call to the next, so that runs can share them', () => {
  const paths = globSync('domain/**/*.ts', { cwd: ROOT });
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.flatMap((path) => keptBetweenCalls(readFileSync(join(ROOT, path), 'utf8'), path))).toEqual([]);
});

test.for([
  'let count = 0;',
  'const seen = new Map();\nexport const see = (key: string) => seen.set(key, 1);',
  'const seen: string[] = [];\nexport function see(key: string) { seen.push(key); }',
  'const last = { key: "" };\nexport const see = (key: string) => { last.key = key; };',
  'import { last } from "./last.ts";\nexport const see = () => { last.counts.all += 1; };',
  'const counts = { all: 0 };\nexport const see = () => counts.all++;',
  'const word = /[a-z]+/g;',
  'class Seen { static count = 0; }',
  'const last = {};\nexport const see = (more: object) => Object.assign(last, more);',
])('%s is found', (text) => {
  expect(keptBetweenCalls(text)).not.toEqual([]);
});

test('what a function makes and changes by itself is its own', () => {
  const text =
    'export function count(all: string[]) { const seen = new Set(); let n = 0; for (const a of all) { seen.add(a); n += 1; } return n + [...a.matchAll(/x/g)].length; }';
  expect(keptBetweenCalls(text)).toEqual([]);
});
