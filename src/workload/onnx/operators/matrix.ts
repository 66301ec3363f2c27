import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { alignedSize, broadcast } from '../graph/shapes.js';
import type { Result, Value } from '../graph/value.js';
import { placeContraction } from './contraction.js';
import type { Factor, ProductAxis, Role } from './contraction.js';
import type { Operator } from './operator.js';

/** Where a product has its factors, and the type of what it makes. */
interface ProductForm {
  readonly left: number;
  readonly right: number;
  readonly resultType: (operation: Operation) => Value['type'];
}

/** A product of stacks of matrices, broadcast over the axes before the last two. */
function matrixProduct({ left, right, resultType }: ProductForm): Operator {
  return {
    infer(operation): readonly Result[] {
      const a = orient(operation, left, 'transA');
      const b = orient(operation, right, 'transB');
      if (a.sum !== b.sum) refuse(`it sums over ${a.sum} of its first factor and ${b.sum} of its second`);
      const groups = broadcast([a.groups, b.groups]);
      return [{ shape: [...groups, ...a.free, ...b.free], type: resultType(operation) }];
    },
    place(operation, network) {
      const a = orient(operation, left, 'transA');
      const b = orient(operation, right, 'transB');
      const groups = broadcast([a.groups, b.groups]);
      const [isShared, isMatched] = [isGroup(a.groups, groups), isGroup(b.groups, groups)];
      // An axis that only one factor has is just more rows or columns of it.
      const axes: ProductAxis[] = groups.map((_, axis) =>
        isShared[axis] === isMatched[axis] ? 'group' : isShared[axis] === true ? 'left' : 'right',
      );
      const factor = (index: number, own: Oriented, side: 'left' | 'right'): Factor => ({
        name: operation.inputName(index),
        value: operation.input(index),
        roles: own.roles.map((role, axis): Role => {
          if (role !== 'group') return role;
          const place = axes[axis + groups.length - own.groups.length];
          return place === side ? 'free' : 'group';
        }),
      });
      axes.push(...a.free.map(() => 'left' as const), ...b.free.map(() => 'right' as const));
      placeContraction(operation, network, {
        left: factor(left, a, 'left'),
        right: factor(right, b, 'right'),
        axes,
      });
    },
  };
}

/** A factor of a matrix product, its last two axes told apart. */
interface Oriented {
  readonly groups: readonly number[];
  /** Rows of the first factor or columns of the second; none for a vector. */
  readonly free: readonly number[];
  readonly sum: number;
  readonly roles: readonly Role[];
}

function orient(operation: Operation, index: number, transposes: 'transA' | 'transB'): Oriented {
  const { shape } = operation.input(index);
  const isFirst = transposes === 'transA';
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined) return refuse('its factors must not be scalars');
  if (columns === undefined) return { groups: [], free: [], sum: rows, roles: ['sum'] };
  const groups = shape.slice(0, -2);
  // Rows are free in the first factor, columns in the second, unless it is transposed.
  const isTransposed = operation.integer(transposes, 0) === 1;
  const freeFirst = isFirst !== isTransposed;
  const roles: Role[] = [...groups.map(() => 'group' as const), ...(freeFirst ? rowsFree : columnsFree)];
  return { groups, free: [freeFirst ? rows : columns], sum: freeFirst ? columns : rows, roles };
}

const rowsFree: readonly Role[] = ['free', 'sum'];
const columnsFree: readonly Role[] = ['sum', 'free'];

/** For each axis of the product whether the factor has more than one matrix along it. */
function isGroup(own: readonly number[], groups: readonly number[]): readonly boolean[] {
  return groups.map((_, axis) => alignedSize(own, axis, groups.length) > 1);
}

/** alpha A' B' + beta C: a product and a bias. */
const gemm: Operator = {
  infer(operation) {
    const [result] = product.infer(operation);
    if (operation.input(0).shape.length !== 2 || operation.input(1).shape.length !== 2)
      refuse('its factors must be matrices');
    return [result!];
  },
  place(operation, network) {
    if (operation.has(2) && !operation.input(2).isConstant)
      refuse('what it adds is computed; only a constant is known');
    product.place(operation, network);
  },
};

const likeInput = (operation: Operation): Value['type'] => operation.input(0).type;

const product = matrixProduct({ left: 0, right: 1, resultType: likeInput });

/** Matrix products; the quantized ones differ in where their operands stand. */
export const products = {
  MatMul: product,
  FusedMatMul: product,
  Gemm: gemm,
  MatMulInteger: matrixProduct({ left: 0, right: 1, resultType: () => 'int32' }),
  /** Factor, scale, zero point, factor, scale, zero point, output scale and zero point. */
  QLinearMatMul: matrixProduct({ left: 0, right: 3, resultType: (operation) => operation.input(7).type }),
  /** The same with a bias before the output's scale. */
  QGemm: matrixProduct({
    left: 0,
    right: 3,
    resultType: (operation) => (operation.has(8) ? operation.input(8).type : 'float32'),
  }),
} as const satisfies Record<string, Operator>;
