import { useMemo } from 'preact/hooks';
import encodeQR from 'qr';
import { say } from '../../texts/say.ts';

/** Modules without ink around the code, as ISO/IEC 18004 wants them. */
const quietZone = 4;

/** A QR code as a picture that scales without loss, and can be taken along. */
export function QrCode({ url, name }: { url: string; name: string }) {
  const { size, path } = useMemo(() => drawingOf(url), [url]);
  const box = `0 0 ${size} ${size}`;
  const file = useMemo(() => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }, [box, path, size]);
  return (
    <>
      {/* Dark on light, whatever the scheme: scanners expect it. */}
      <svg
        class="qr"
        viewBox={box}
        role="img"
        aria-label={say('codeQrOf', { url })}
        shape-rendering="crispEdges"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <a class="button" href={file} download={`${name}.svg`}>
        {say('codeDownloadQr')}
      </a>
    </>
  );
}

/** Error correction for print: a quarter of it may be dirty or torn. */
function drawingOf(url: string): { size: number; path: string } {
  const rows = encodeQR(url, 'raw', { ecc: 'quartile', border: quietZone });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size: rows.length, path };
}
