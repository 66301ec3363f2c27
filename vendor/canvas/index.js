'use strict';
// chartjs-node-canvas asks for the package "canvas", whose install compiles against system libraries. This stand-in
// answers with @napi-rs/canvas (prebuilt, no install script) and adds the one thing its compatibility layer lacks:
// canvases of type 'svg'.
const napi = require('@napi-rs/canvas');
const compat = require('@napi-rs/canvas/node-canvas');

function createCanvas(width, height, type) {
  if (type !== 'svg') return compat.createCanvas(width, height);
  // Text becomes paths, so that a drawing looks the same on a machine without the font.
  const canvas = napi.createCanvas(width, height, napi.SvgExportFlag.ConvertTextToPaths);
  canvas.toBuffer = () => canvas.getContent();
  return canvas;
}

module.exports = { ...compat, createCanvas };
