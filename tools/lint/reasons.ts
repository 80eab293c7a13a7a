/**
 * Which reason codes the code uses: every text that flows into a decision, a refusal, a case or a problem. It starts
 * from the functions that take a code (SINKS) and follows parameters that are handed on to them.
 */
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../stack/files.ts';

export interface Use {
  code: string;
  /** file and line */
  at: string;
}

/** Functions and classes that take a code, and at which position. */
const SINKS: Record<string, number> = {
  ignore: 0,
  defer: 0,
  reject: 0,
  endCase: 1,
  caseRef: 1,
  Problem: 1,
  JobFailure: 0,
};
/** Types whose `reason` is a code. */
const CARRIERS = new Set(['Refusal', 'CaseRaised', 'Unreadable']);
/** Tables whose field names are codes: by argument of a function, and by name of the field that holds the table. */
const TABLES = { call: 'answerOf', argument: 1, field: 'retries' };

const WHOLE_CATALOGUE = 50;

type Taken = Map<ts.Symbol, Set<number>>;

const sourcesOf = (): string[] =>
  globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT, exclude: ['**/*.spec.ts', '**/dist/**', '**/node_modules/**'] })
    .filter((file) => !file.endsWith('.spec.ts') && !file.endsWith('.builders.ts'))
    .map((file) => join(ROOT, file));

function programOf(files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram([...files], { ...options, noEmit: true, composite: false, incremental: false });
}

class Scan {
  readonly uses: Use[] = [];
  private readonly taken: Taken = new Map();
  private grown = true;
  private readonly checker: ts.TypeChecker;
  private readonly files: readonly ts.SourceFile[];

  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.checker = checker;
    this.files = files;
  }

  run(): Use[] {
    while (this.grown) {
      this.grown = false;
      this.uses.length = 0;
      for (const file of this.files) this.visit(file);
    }
    return this.uses;
  }

  private visit(node: ts.Node): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.call(node);
    if (ts.isObjectLiteralExpression(node)) this.object(node);
    if (ts.isPropertyAssignment(node) && node.name.getText() === TABLES.field) this.table(node.initializer);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private call(node: ts.CallExpression | ts.NewExpression): void {
    const symbol = this.real(node.expression);
    const known = symbol && SINKS[symbol.name];
    const positions = [...(known === undefined ? [] : [known]), ...((symbol && this.taken.get(symbol)) ?? [])];
    for (const position of positions) {
      const argument = node.arguments?.[position];
      if (argument) this.flows(argument);
    }
    if (symbol?.name === TABLES.call) this.table(node.arguments?.[TABLES.argument]);
  }

  private table(node: ts.Expression | undefined): void {
    if (!node || !ts.isObjectLiteralExpression(node)) return;
    for (const { name } of node.properties)
      if (name && ts.isStringLiteral(name)) this.uses.push({ code: name.text, at: this.place(name) });
  }

  private object(node: ts.ObjectLiteralExpression): void {
    const type = this.checker.getContextualType(node);
    const names = type?.isUnion() ? type.types : type ? [type] : [];
    const carries = names.some((each) => CARRIERS.has((each.aliasSymbol ?? each.getSymbol())?.name ?? ''));
    const raised = ts.isCallExpression(node.parent) && this.real(node.parent.expression)?.name === 'raiseCase';
    if (!carries && !raised) return;
    for (const property of node.properties) {
      if (property.name?.getText() !== 'reason') continue;
      if (ts.isPropertyAssignment(property)) this.flows(property.initializer);
      if (ts.isShorthandPropertyAssignment(property)) this.flows(property.name);
    }
  }

  /** A code is used here; or a parameter is, and then its function takes codes as well. */
  private flows(expression: ts.Expression): void {
    const type = this.checker.getTypeAtLocation(expression);
    const parts = type.isUnion() ? type.types : [type];
    const literals = parts.filter((part) => part.isStringLiteral());
    if (literals.length > WHOLE_CATALOGUE) return; // typed `ReasonCode`: the compiler has checked it
    for (const { value } of literals) this.uses.push({ code: value, at: this.place(expression) });
    if (literals.length === 0 && ts.isIdentifier(expression)) this.handedOn(expression);
  }

  private handedOn(name: ts.Identifier): void {
    const symbol = ts.isShorthandPropertyAssignment(name.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(name.parent)
      : this.checker.getSymbolAtLocation(name);
    const parameter = symbol?.valueDeclaration;
    if (!parameter || !ts.isParameter(parameter)) return;
    const holder = parameter.parent;
    const owner = ts.isFunctionDeclaration(holder) ? holder.name : this.variableOf(holder);
    const taker = owner && this.checker.getSymbolAtLocation(owner);
    if (!taker) return;
    const positions = this.taken.get(taker) ?? new Set<number>();
    const position = holder.parameters.indexOf(parameter);
    if (positions.has(position)) return;
    this.taken.set(taker, positions.add(position));
    this.grown = true;
  }

  private variableOf(holder: ts.Node): ts.Identifier | undefined {
    let at: ts.Node = holder.parent;
    while (ts.isParenthesizedExpression(at) || ts.isAsExpression(at)) at = at.parent;
    return ts.isVariableDeclaration(at) && ts.isIdentifier(at.name) ? at.name : undefined;
  }

  private real(expression: ts.Expression): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(expression);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  private place(node: ts.Node): string {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    return `${relative(ROOT, file.fileName)}:${line + 1}`;
  }
}

/** Every use of a reason code in services and libraries. `extra` are files besides, for the probe. */
export function reasonsUsed(extra: readonly string[] = []): Use[] {
  const files = [...sourcesOf(), ...extra];
  const program = programOf(files);
  const sources = files.flatMap((file) => program.getSourceFile(file) ?? []);
  return new Scan(program.getTypeChecker(), sources).run();
}
