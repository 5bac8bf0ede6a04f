/* A kiosk without a network starts all the same: its page, ready answers and dictionary as last seen.
   A fixed list and nothing else: what a person opened or wrote is not kept, not even as an address. */
'use strict';
var KEPT = 'kiosk-1', FILES = ['CSS', 'JS'], FRESH = ['/kiosk', '/kiosk/ready.json', '/kiosk/words.json'];
function keep(path, response) {
  var copy = response.clone();
  return caches.open(KEPT).then(function (cache) { return cache.put(path, copy); });
}
self.addEventListener('install', function (event) {
  event.waitUntil(caches.delete(KEPT).then(function () {
    return Promise.all(FILES.concat(FRESH).map(function (path) {
      return fetch(path).then(function (response) { return response.ok ? keep(path, response) : null; });
    }));
  }).then(function () { return self.skipWaiting(); }));
});
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener('fetch', function (event) {
  var path = new URL(event.request.url).pathname;
  if (event.request.method !== 'GET' || FILES.concat(FRESH).indexOf(path) < 0) return;
  event.respondWith(fetch(event.request).then(function (response) {
    if (response.ok) event.waitUntil(keep(path, response));
    return response;
  }, function (error) {
    return caches.match(path).then(function (held) { if (held) return held; throw error; });
  }));
});
