/** A refusal of an outside system, as problem+json. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
    readonly more: { readonly retryAfterSeconds?: number } = {},
  ) {
    super(text);
  }
}

export const problemOf = (
  error: unknown,
): { status: number; body: Record<string, unknown>; retryAfterSeconds?: number } => {
  if (error instanceof Refused) {
    return {
      status: error.status,
      body: { type: 'about:blank', title: error.code, status: error.status, code: error.code, detail: error.message },
      ...error.more,
    };
  }
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  const status = statusCode ?? 500;
  return {
    status,
    body: {
      type: 'about:blank',
      title: code ?? 'error',
      status,
      code: code ?? 'error',
      detail: message ?? String(error),
    },
  };
};
