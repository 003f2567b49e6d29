/** Why a command was refused: a code, the field of the command that it is about, and the figures of its sentence. */
export type RefusalOf<Code extends string> = {
  readonly code: Code;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string | number>>;
};

/** What a rule answers that refuses. */
export type RefusedOf<Code extends string> = { readonly refusal: RefusalOf<Code> };

/** Makes the `refuse` of one kind of process, which knows the codes of that kind. */
export const refusing =
  <Code extends string>() =>
  (code: Code, field?: string, params?: RefusalOf<Code>['params']): RefusedOf<Code> => ({
    refusal: { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) },
  });
