/* Without a network: the start page, topics, their ready questions and hotlines as last seen. Never a typed
   question or its answer: those have no address that is kept here. */
'use strict';
var KEPT = 'pufa-VERSION';
var SHELL = ['/', '/topics', '/hotlines', '/offline', '/dictation', 'CSS', 'JS'];
function isKept(url) {
  return url.origin === location.origin && !url.search &&
    (/^\/(topics(\/[\w-]+)?|entries\/[\w.-]+|hotlines|offline|dictation)?$/.test(url.pathname) ||
      url.pathname.indexOf('/static/') === 0);
}
/* A page of ours for villagers; the desk and the large screen look after themselves. */
function isPage(request, url) {
  return request.mode === 'navigate' && url.origin === location.origin && !/^\/(staff|kiosk|api)\b/.test(url.pathname);
}
self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(KEPT).then(function (cache) { return cache.addAll(SHELL); }).then(function () {
    return self.skipWaiting();
  }));
});
self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) {
      return name === KEPT || name.indexOf('pufa-') !== 0 ? null : caches.delete(name);
    }));
  }));
});
self.addEventListener('fetch', function (event) {
  var url = new URL(event.request.url), kept = isKept(url);
  if (event.request.method !== 'GET' || !(kept || isPage(event.request, url))) return;
  event.respondWith(fetch(event.request).then(function (response) {
    if (kept && response.ok && !/no-store/.test(response.headers.get('cache-control') || '')) {
      var copy = response.clone();
      event.waitUntil(caches.open(KEPT).then(function (cache) { return cache.put(url.pathname, copy); }));
    }
    return response;
  }, function (error) {
    return caches.match(url.pathname).then(function (held) {
      return held || (isPage(event.request, url) ? caches.match('/offline') : null);
    }).then(function (held) { if (held) return held; throw error; });
  }));
});
