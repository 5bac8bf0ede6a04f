/* Without a network: the start page, topics and hotlines as last seen. Never a typed question or an answer. */
'use strict';
var KEPT = 'pufa-VERSION';
var SHELL = ['/', '/topics', '/hotlines', 'CSS', 'JS'];
function isKept(url) {
  return url.origin === location.origin && !url.search &&
    (/^\/(topics(\/[\w-]+)?|hotlines)?$/.test(url.pathname) || url.pathname.indexOf('/static/') === 0);
}
self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(KEPT).then(function (cache) { return cache.addAll(SHELL); }).then(function () {
    return self.skipWaiting();
  }));
});
self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) { return name === KEPT ? null : caches.delete(name); }));
  }));
});
self.addEventListener('fetch', function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== 'GET' || !isKept(url)) return;
  event.respondWith(fetch(event.request).then(function (response) {
    if (response.ok && !/no-store/.test(response.headers.get('cache-control') || '')) {
      var copy = response.clone();
      event.waitUntil(caches.open(KEPT).then(function (cache) { return cache.put(url.pathname, copy); }));
    }
    return response;
  }, function (error) {
    return caches.match(url.pathname).then(function (held) { if (held) return held; throw error; });
  }));
});
