/**
 * The style of the page at the gate: readable at arm's length on a cheap phone, from 320 px, in the sun and in the dark.
 * Colours contrast by 7:1 at least. Nothing but the clock moves, and it stands still for those who have asked for that.
 */
export const style = [
  ':root{color-scheme:light dark;--ink:#111;--paper:#fff;--quiet:#3d3d3d;--line:#c9c9c9;--wait:#003cab;--pause:#7a3300;--stop:#9b0d0d}',
  '@media(prefers-color-scheme:dark){:root{--ink:#f5f5f5;--paper:#121212;--quiet:#cfcfcf;--line:#4a4a4a;--wait:#9cc0ff;--pause:#ffbf80;--stop:#ffb0a8}}',
  '*{box-sizing:border-box}',
  'body{margin:0;font:1.375rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}',
  'header{padding:1rem 1.25rem;border-bottom:1px solid var(--line);font-size:1.5rem;font-weight:700;line-height:1.3}',
  'header p{margin:0}small{font-size:1.125rem;font-weight:400;color:var(--quiet)}',
  'header,main{max-width:36rem;margin:0 auto}',
  'main{padding:1.5rem 1.25rem 2.5rem}',
  'svg{display:block;margin:0 0 1rem}',
  '.wait svg,.wait h1{color:var(--wait)}.pause svg,.pause h1{color:var(--pause)}.stop svg,.stop h1{color:var(--stop)}',
  'h1{margin:0;font-size:clamp(1.75rem,9.5vw,2.5rem);line-height:1.2}',
  'h2{margin:0;font-size:1.25rem;line-height:1.3}',
  'section p{margin:.75rem 0 0;text-wrap:pretty}',
  'section+section{margin-top:1.75rem;padding-top:1.5rem;border-top:1px solid var(--line);font-size:1.125rem;color:var(--quiet)}',
  'b a{color:inherit;white-space:nowrap}',
  'main>a{display:block;margin-top:2rem;padding:.9rem;border:2px solid currentColor;border-radius:.75rem;color:inherit;font-weight:700;text-align:center;text-decoration:none}',
  'main>a:focus-visible{outline:3px solid var(--wait);outline-offset:3px}',
  '@media(prefers-reduced-motion:no-preference){.wait path{transform-origin:12px 12px;animation:turn 6s linear infinite}}',
  '@keyframes turn{to{transform:rotate(360deg)}}',
].join('');
