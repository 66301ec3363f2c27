/**
 * `c[m, j] += sum over k of a[m, k] b[k, j]`, for columns `from` to `to` of c, in blocks of 4 rows by 4 products so that
 * each value loaded is used four times. Sums of a block are formed in double precision.
 *
 * @param a m x k, row by row
 * @param b k x (to - from), row by row
 * @param c m rows of `stride` columns
 */
export function addProduct(
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
  { rows, inner, from, to, stride }: { rows: number; inner: number; from: number; to: number; stride: number },
): void {
  const width = to - from;
  let m = 0;
  for (; m + 4 <= rows; m += 4) {
    const [c0, c1, c2, c3] = [
      m * stride + from,
      (m + 1) * stride + from,
      (m + 2) * stride + from,
      (m + 3) * stride + from,
    ];
    let k = 0;
    for (; k + 4 <= inner; k += 4) {
      const [r0, r1, r2, r3] = [m * inner + k, (m + 1) * inner + k, (m + 2) * inner + k, (m + 3) * inner + k];
      const a00 = a[r0]!,
        a01 = a[r0 + 1]!,
        a02 = a[r0 + 2]!,
        a03 = a[r0 + 3]!;
      const a10 = a[r1]!,
        a11 = a[r1 + 1]!,
        a12 = a[r1 + 2]!,
        a13 = a[r1 + 3]!;
      const a20 = a[r2]!,
        a21 = a[r2 + 1]!,
        a22 = a[r2 + 2]!,
        a23 = a[r2 + 3]!;
      const a30 = a[r3]!,
        a31 = a[r3 + 1]!,
        a32 = a[r3 + 2]!,
        a33 = a[r3 + 3]!;
      const b0 = k * width,
        b1 = b0 + width,
        b2 = b1 + width,
        b3 = b2 + width;
      for (let j = 0; j < width; j += 1) {
        const v0 = b[b0 + j]!,
          v1 = b[b1 + j]!,
          v2 = b[b2 + j]!,
          v3 = b[b3 + j]!;
        c[c0 + j] = c[c0 + j]! + (a00 * v0 + a01 * v1 + a02 * v2 + a03 * v3);
        c[c1 + j] = c[c1 + j]! + (a10 * v0 + a11 * v1 + a12 * v2 + a13 * v3);
        c[c2 + j] = c[c2 + j]! + (a20 * v0 + a21 * v1 + a22 * v2 + a23 * v3);
        c[c3 + j] = c[c3 + j]! + (a30 * v0 + a31 * v1 + a32 * v2 + a33 * v3);
      }
    }
    for (; k < inner; k += 1)
      for (let row = m; row < m + 4; row += 1) addRow(a[row * inner + k]!, b, k * width, c, row * stride + from, width);
  }
  for (; m < rows; m += 1) {
    for (let k = 0; k < inner; k += 1) addRow(a[m * inner + k]!, b, k * width, c, m * stride + from, width);
  }
}

function addRow(factor: number, b: Float32Array, fromB: number, c: Float32Array, fromC: number, width: number): void {
  for (let j = 0; j < width; j += 1) c[fromC + j] = c[fromC + j]! + factor * b[fromB + j]!;
}

/**
 * `c[m, k] += sum over j of a[m, j] b[k, j]`, for columns `from` to `to` of a: the product with the transposed second
 * factor, in blocks of 2 rows by 4 so that the sums stay in registers.
 *
 * @param a m rows of `stride` columns
 * @param b k x (to - from), row by row
 * @param c m x k, row by row
 */
export function addProductTransposed(
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
  { rows, inner, from, to, stride }: { rows: number; inner: number; from: number; to: number; stride: number },
): void {
  const width = to - from;
  for (let m = 0; m < rows; m += 2) {
    // An odd last row is computed beside itself, and written once.
    const paired = m + 1 < rows;
    const p0 = m * stride + from,
      p1 = paired ? p0 + stride : p0;
    let k = 0;
    for (; k + 4 <= inner; k += 4) {
      const q0 = k * width,
        q1 = q0 + width,
        q2 = q1 + width,
        q3 = q2 + width;
      let s00 = 0,
        s01 = 0,
        s02 = 0,
        s03 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0;
      for (let j = 0; j < width; j += 1) {
        const u = a[p0 + j]!,
          v = a[p1 + j]!;
        const w0 = b[q0 + j]!,
          w1 = b[q1 + j]!,
          w2 = b[q2 + j]!,
          w3 = b[q3 + j]!;
        s00 += u * w0;
        s01 += u * w1;
        s02 += u * w2;
        s03 += u * w3;
        s10 += v * w0;
        s11 += v * w1;
        s12 += v * w2;
        s13 += v * w3;
      }
      const t0 = m * inner + k,
        t1 = t0 + inner;
      c[t0] = c[t0]! + s00;
      c[t0 + 1] = c[t0 + 1]! + s01;
      c[t0 + 2] = c[t0 + 2]! + s02;
      c[t0 + 3] = c[t0 + 3]! + s03;
      if (!paired) continue;
      c[t1] = c[t1]! + s10;
      c[t1 + 1] = c[t1 + 1]! + s11;
      c[t1 + 2] = c[t1 + 2]! + s12;
      c[t1 + 3] = c[t1 + 3]! + s13;
    }
    for (; k < inner; k += 1) {
      for (let row = m; row < (paired ? m + 2 : m + 1); row += 1) {
        let sum = 0;
        for (let j = 0; j < width; j += 1) sum += a[row * stride + from + j]! * b[k * width + j]!;
        c[row * inner + k] = c[row * inner + k]! + sum;
      }
    }
  }
}
