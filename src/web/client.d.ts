/** The options of a single call. */
export interface SetStatusOptions {
  /** Takes the call back: it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface StatusClient {
  /** The same as {@link close}, without waiting. */
  free(): void;
  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

declare global {
  /** Libraries before `esnext.disposable` do not know the symbol; with them, the two declarations are one. */
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}
