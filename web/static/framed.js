/* Inside another site's frame: tell it to close on Esc and how tall the page is; nothing else, and to that site only. */
(function () {
  'use strict';
  if (window.parent === window || window.name.indexOf('pufa ') !== 0) return;
  var host = window.name.slice(5), last = 0;
  document.documentElement.classList.add('framed');
  function tell(what) {
    try { window.parent.postMessage(what, host); } catch (error) { /* a name that is no origin: nobody to tell */ }
  }
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') tell({ pufa: 'close' }); });
  function measure() {
    var tall = document.body.scrollHeight;
    if (tall !== last) tell({ pufa: 'height', px: tall });
    last = tall;
  }
  if (window.ResizeObserver) new ResizeObserver(measure).observe(document.body);
  addEventListener('load', measure);
})();
