import { useState } from 'react';

/** The value of an earlier render as long as this one says the same: what is made from it is then made once. For small plain data. */
export function useSame<Value>(value: Value): Value {
  const [kept, setKept] = useState(value);
  if (JSON.stringify(kept) === JSON.stringify(value)) return kept;
  setKept(value);
  return value;
}
