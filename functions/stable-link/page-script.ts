/**
 * What a waiting page runs: it asks from time to time whether there is something to sign, and goes on when there is.
 *
 * It asks with `HEAD` and reads three things of the answer: whether it is a redirect, `X-Code-State`, and `Retry-After`,
 * below which it never asks. Pauses grow and are spread, so that those who wait do not ask at once; a page that nobody
 * sees does not ask. What goes wrong changes nothing on the page.
 *
 * Written in the JavaScript of 2009 with `fetch`: phones at a gate are old, and nothing translates it. A browser without
 * `fetch` loads the page again. It goes on by a new address, for browsers that show what they have kept when a page is
 * only loaded again (WeChat on iOS).
 */
export const waitingScript = [
  '(function(){',
  'var root=document.documentElement,least=+root.getAttribute("data-wait")*1e3,state=root.getAttribute("data-state");',
  'var pause=least,timer;',
  'function on(){location.replace(location.pathname+"?"+Date.now())}',
  'function later(asked){pause=Math.max(asked,Math.min(pause*1.3,6e4));plan()}',
  'function plan(){clearTimeout(timer);timer=setTimeout(look,pause*(1+Math.random()*.3))}',
  'function look(){',
  'if(document.hidden)return;',
  'if(!window.fetch)return on();',
  'fetch(location.pathname,{method:"HEAD",redirect:"manual",cache:"no-store"}).then(function(answer){',
  'var now=answer.headers.get("X-Code-State"),asked=+answer.headers.get("Retry-After")*1e3;',
  'if(answer.type==="opaqueredirect"||(now&&now!==state))on();else later(asked||least)',
  '},function(){later(least)})}',
  'function seen(){if(!document.hidden){clearTimeout(timer);timer=setTimeout(look,500)}}',
  'document.addEventListener("visibilitychange",seen);',
  'window.addEventListener("pageshow",function(event){if(event.persisted)seen()});',
  'plan()',
  '})()',
].join('');
