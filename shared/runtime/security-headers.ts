/**
 * On every answer. Nothing that a function answers is a page: nothing may be loaded from it, framed, guessed or
 * kept. `Strict-Transport-Security` is ignored over plain HTTP, that is on a laptop.
 */
export const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const;
