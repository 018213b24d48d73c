/** The code of a link alone, with its quiet zone, to be put on paper of one's own. */
import { encodePng } from './png.ts';
import { type Modules, modulesPath, qrModules, quietModules } from './qr-code.ts';
import { pathData } from './to-svg.ts';

type BareFormat = 'svg' | 'png';

export const bareContentTypes: Readonly<Record<BareFormat, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** Pixels to a side of one module: at one bit each they fill whole bytes of a row. */
const modulePixels = 16;
/** Of a module. */
const printedMm = 1.5;

export function bareCode(link: string, format: BareFormat): Buffer {
  const modules = qrModules(link);
  return format === 'svg' ? Buffer.from(bareSvg(modules)) : barePng(modules);
}

function bareSvg(modules: Modules): string {
  const side = modules.length + 2 * quietModules;
  const path = pathData(modulesPath(modules, quietModules, quietModules, modules.length), 0);
  const size = `${side * printedMm}mm`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${side} ${side}"`,
    ` shape-rendering="crispEdges"><path fill="#fff" d="M0 0H${side}V${side}H0Z"/><path d="${path}"/></svg>`,
  ].join('');
}

function barePng(modules: Modules): Buffer {
  const side = modules.length + 2 * quietModules;
  const rowBytes = (side * modulePixels) / 8;
  const pixels = Buffer.alloc(rowBytes * side * modulePixels, 0xff);
  modules.forEach((cells, row) => {
    const line = Buffer.alloc(rowBytes, 0xff);
    cells.forEach((isDark, column) => {
      const start = ((column + quietModules) * modulePixels) / 8;
      if (isDark) line.fill(0, start, start + modulePixels / 8);
    });
    const top = (row + quietModules) * modulePixels;
    for (let at = top; at < top + modulePixels; at += 1) line.copy(pixels, at * rowBytes);
  });
  const width = side * modulePixels;
  return encodePng({
    width,
    height: width,
    depth: 1,
    kind: 'grey',
    pixels,
    pixelsPerMm: modulePixels / printedMm,
  });
}
