import * as cel from "@marcbachmann/cel-js";

/** cel-js's optional value. */
export interface OptionalValue {
  hasValue(): boolean;
  value(): unknown;
}

interface OptionalFactory {
  of(value: unknown): OptionalValue;
  none(): OptionalValue;
}

// Exported by cel-js 8.0.0, but not declared in its types.
const { Optional } = cel as unknown as { readonly Optional: OptionalFactory & (new () => OptionalValue) };

/** An optional that holds a value. */
export function optionalOf(value: unknown): OptionalValue {
  return Optional.of(value);
}

/** An optional that holds none. */
export function optionalNone(): OptionalValue {
  return Optional.none();
}

/** Whether a value is an optional. */
export function isOptional(value: unknown): value is OptionalValue {
  return value instanceof Optional;
}
