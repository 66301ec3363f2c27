import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { placeContraction } from './contraction.js';
import type { Factor, ProductAxis, Role } from './contraction.js';
import type { Operator } from './operator.js';

interface Equation {
  /** Letters of the axes of each factor. */
  readonly factors: readonly (readonly string[])[];
  readonly product: readonly string[];
}

/** `bhqd,bhkd->bhqk`. Without an arrow the product has the letters that stand once, in the order of the alphabet. */
function equationOf(operation: Operation): Equation {
  const text = operation.text('equation', '').replaceAll(/\s/g, '');
  const [left = '', right] = text.split('->');
  const factors = left.split(',').map((letters) => letters.split(''));
  const product = right?.split('');
  if (!/^[A-Za-z,]*$/.test(left) || !/^[A-Za-z]*$/.test(right ?? ''))
    refuse(`its equation "${text}" is more than letters; an ellipsis is not known`);
  const letters = factors.flat().toSorted();
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  for (const factor of [...factors, product ?? []])
    if (new Set(factor).size !== factor.length) refuse(`its equation "${text}" takes a diagonal`);
  return { factors, product: product ?? once };
}

function sizesOf(operation: Operation, { factors }: Equation): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [index, letters] of factors.entries()) {
    const { shape } = operation.input(index);
    if (shape.length !== letters.length)
      refuse(`its equation gives input ${index + 1} ${letters.length} axes, not ${shape.length}`);
    for (const [axis, letter] of letters.entries()) {
      const size = shape[axis]!;
      if ((sizes.get(letter) ?? size) !== size) refuse(`axis ${letter} of its equation has two sizes`);
      sizes.set(letter, size);
    }
  }
  return sizes;
}

const einsum: Operator = {
  infer(operation) {
    const equation = equationOf(operation);
    const sizes = sizesOf(operation, equation);
    const shape = equation.product.map(
      (letter) => sizes.get(letter) ?? refuse(`its equation makes axis ${letter} of nothing`),
    );
    return [{ shape, type: operation.input(0).type }];
  },
  place(operation, network) {
    const { factors, product } = equationOf(operation);
    const [first, second, third] = factors;
    if (first === undefined || second === undefined || third !== undefined)
      return refuse(`it has ${factors.length} factors; only products of two are known`);
    const factor = (index: number, own: readonly string[], other: readonly string[]): Factor => ({
      name: operation.inputName(index),
      value: operation.input(index),
      roles: own.map((letter): Role => {
        if (!product.includes(letter))
          return other.includes(letter) ? 'sum' : refuse(`it sums axis ${letter} of one factor alone`);
        return other.includes(letter) ? 'group' : 'free';
      }),
    });
    const axes = product.map(
      (letter): ProductAxis => (first.includes(letter) ? (second.includes(letter) ? 'group' : 'left') : 'right'),
    );
    placeContraction(operation, network, { left: factor(0, first, second), right: factor(1, second, first), axes });
  },
};

export const einsums = { Einsum: einsum } as const satisfies Record<string, Operator>;
