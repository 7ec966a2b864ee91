/** All operators that indicators may name: one import and one line each, in the order of the documentation. */
import type { Operator } from './operator.ts';

const OPERATORS: readonly Operator[] = [
];

export function listOperators(): readonly Operator[] {
  return OPERATORS;
}

export function findOperator(id: string): Operator | undefined {
  return OPERATORS.find((operator) => operator.id === id);
}
