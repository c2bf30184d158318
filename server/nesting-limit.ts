import { GraphQLError, Lexer, Source, TokenKind, type ParseOptions } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const openers: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closers: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Refuses a document with more than `most` brackets inside one another, of any kind, before it is parsed: parsers call themselves, and a
 * thousand `[` are enough to use up the stack. Comes after what sets the parser; documents that were parsed before are not looked at.
 */
export const limitNesting = (most: number): Plugin => ({
  onParse: ({ parseFn, setParseFn }) =>
    setParseFn((source: string | Source, options?: ParseOptions) => {
      if (nestsDeeper(typeof source === 'string' ? new Source(source) : source, most))
        throw new GraphQLError(`Syntax Error: Nesting limit of ${most} exceeded.`, {
          extensions: { code: 'GRAPHQL_PARSE_FAILED' },
        });
      return parseFn(source, options);
    }),
});

function nestsDeeper(source: Source, most: number): boolean {
  const lexer = new Lexer(source);
  let depth = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (openers.has(kind) && ++depth > most) return true;
      if (closers.has(kind)) depth--;
    }
  } catch (error) {
    // No token of GraphQL: what is wrong is for the parser to say.
    if (!(error instanceof GraphQLError)) throw error;
  }
  return false;
}
