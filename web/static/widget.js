/* The button for other sites: one script, a real button, the page in a frame after the first tap. */
(function () {
  'use strict';
  var doc = document, me = doc.currentScript;
  if (!me || window.pufaWidget) return;
  window.pufaWidget = true;
  var base = me.src.replace(/\/widget\.js(\?.*)?$/, ''), origin = base.replace(/^(https?:\/\/[^\/]+).*$/, '$1');
  var inline = me.getAttribute('data-mode') === 'inline', left = me.getAttribute('data-side') === 'left';
  var bottom = parseInt(me.getAttribute('data-bottom'), 10) || 16;
  var FONT = 'font:700 20px/1.3 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;';
  var BUTTON = 'all:initial;box-sizing:border-box;display:inline-flex;align-items:center;justify-content:center;' +
    'min-width:120px;min-height:60px;padding:8px 16px;cursor:pointer;color:#fff;background:#0b4f8a;' +
    'border:2px solid #fff;border-radius:8px;' + FONT;
  var RING = '3px solid #ffbf00';

  function plain() {
    return window.innerWidth <= 640 || /MicroMessenger/i.test(navigator.userAgent) ||
      !Element.prototype.attachShadow;
  }
  function el(parent, tag, style, text) {
    var node = parent.appendChild(doc.createElement(tag));
    node.style.cssText = style;
    if (text) node.textContent = text;
    return node;
  }
  function ring(node) {
    node.addEventListener('focus', function () { node.style.outline = RING; node.style.boxShadow = '0 0 0 6px #1a1a1a'; });
    node.addEventListener('blur', function () { node.style.outline = node.style.boxShadow = 'none'; });
    return node;
  }
  function start() {
    var host = doc.createElement('div'), place = inline ? '' : 'position:fixed!important;z-index:9999!important;' +
      (left ? 'left' : 'right') + ':16px!important;bottom:' + bottom + 'px!important;';
    host.style.cssText = 'all:initial!important;display:block!important;' + place;
    if (inline && me.parentNode) me.parentNode.insertBefore(host, me.nextSibling);
    else doc.body.appendChild(host);
    window.addEventListener('beforeprint', function () { host.style.setProperty('display', 'none', 'important'); });
    window.addEventListener('afterprint', function () { host.style.setProperty('display', 'block', 'important'); });
    if (plain()) {
      ring(el(host.attachShadow ? host.attachShadow({ mode: 'open' }) : host, 'a', BUTTON, 'BUTTON_WORDS')).href = base + '/';
      return;
    }
    panelled(host.attachShadow({ mode: 'open' }));
  }
  function panelled(root) {
    var panel = el(root, 'div', 'display:none'), frame = null;
    var launcher = ring(el(root, 'button', BUTTON, 'BUTTON_WORDS'));
    panel.id = 'panel';
    launcher.setAttribute('aria-expanded', 'false');
    launcher.setAttribute('aria-controls', 'panel');
    function show(open) {
      panel.style.display = open ? 'block' : 'none';
      launcher.style.display = open ? 'none' : 'inline-flex';
      launcher.setAttribute('aria-expanded', String(open));
      (open ? frame : launcher).focus();
    }
    function build() {
      panel.style.cssText = 'all:initial;box-sizing:border-box;background:#fff;border:1px solid #767676;border-radius:8px;' +
        'overflow:hidden;' + (inline ? 'width:100%' : 'width:400px;height:680px;max-height:calc(100vh - 32px)');
      var small = 'min-width:0;min-height:44px;margin-left:8px;padding:4px 10px;font-size:16px;';
      var head = el(panel, 'div', 'display:flex;align-items:center;height:48px;padding:0 8px;color:#1a1a1a;' + FONT);
      el(head, 'span', 'flex:1', 'SHORT_NAME');
      var out = ring(el(head, 'a', BUTTON + small, '新窗口'));
      out.href = base + '/';
      out.target = '_blank';
      out.rel = 'noopener';
      ring(el(head, 'button', BUTTON + small, '关闭')).addEventListener('click', function () { show(false); });
      frame = doc.createElement('iframe');
      frame.style.cssText = 'display:block;border:0;width:100%;height:' + (inline ? '600px' : 'calc(100% - 48px)');
      frame.title = 'LONG_NAME';
      frame.name = 'pufa ' + location.origin;
      frame.setAttribute('allow', 'clipboard-write');
      frame.src = base + '/';
      panel.appendChild(frame);
    }
    launcher.addEventListener('click', function () {
      if (plain()) { location.href = base + '/'; return; }
      if (!frame) build();
      show(true);
    });
    root.addEventListener('keydown', function (event) { if (event.key === 'Escape' && frame) show(false); });
    window.addEventListener('message', function (event) {
      if (!frame || event.origin !== origin || event.source !== frame.contentWindow || !event.data) return;
      if (event.data.pufa === 'close') show(false);
      if (event.data.pufa === 'height' && inline && event.data.px > 0) {
        frame.style.height = Math.min(Math.max(event.data.px, 320), 4000) + 'px';
      }
    });
  }
  if (doc.body) start(); else doc.addEventListener('DOMContentLoaded', start);
})();
