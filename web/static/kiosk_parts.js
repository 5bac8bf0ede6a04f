/* What the other kiosk scripts stand on: the page's parts, screens, and answers shown screen by screen. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, given = doc.body.getAttribute('data-kiosk');
  if (!given) { plainPage(); return; }
  root.classList.add('js');
  var words = JSON.parse(given), shown = [];
  var K = window.pufaKiosk = { words: words, k: words.kiosk, screen: 'attract', pages: {}, masked: masked };

  /* A page reached without scripts, or before they ran: it goes back to the start by itself. */
  function plainPage() {
    var timer = 0;
    function again() {
      clearTimeout(timer);
      timer = setTimeout(function () { location.replace('/kiosk'); }, 120000);
    }
    ['pointerdown', 'keydown', 'scroll'].forEach(function (name) { addEventListener(name, again, true); });
    addEventListener('contextmenu', function (event) { event.preventDefault(); });
    addEventListener('click', function (event) {
      var link = event.target.closest('a[href]');
      if (!link) return;
      event.preventDefault();
      location.replace(link.href);
    });
    again();
  }
  function masked(text) {
    return text.replace(/[\d０-９](?:[ -]?[\d０-９]){10,18}[XxＸｘ]?/g, function (found) {
      var length = found.replace(/[ -]/g, '').length;
      var phone = (length === 11 || length === 12) && /^[01０１]/.test(found);
      return phone || length >= 15 ? '〔号码已遮住〕' : found;
    });
  }
  K.el = function (tag, name, text) {
    var node = doc.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = text;
    return node;
  };
  K.put = function (parent, tag, name, text) { return parent.appendChild(K.el(tag, name, text)); };
  K.button = function (parent, text, name, act) {
    var one = K.put(parent, 'button', name, text);
    one.type = 'button';
    one.addEventListener('click', function () {
      if (one.getAttribute('aria-disabled') !== 'true') act(one);
    });
    return one;
  };
  K.off = function (one, off) {
    if (off) one.setAttribute('aria-disabled', 'true');
    else one.removeAttribute('aria-disabled');
  };
  K.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  };
  K.at = function (id) { return doc.getElementById(id); };
  K.say = function (text) { K.at('told').textContent = text; };
  K.post = function (url, content, more) {
    return fetch(url, Object.assign({
      method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' },
      body: content ? JSON.stringify(content) : undefined
    }, more));
  };
  K.onShow = function (act) { shown.push(act); };
  K.show = function (name) {
    K.screen = name;
    K.at('attract').hidden = name !== 'attract';
    K.at('shell').hidden = name === 'attract';
    Array.prototype.forEach.call(doc.querySelectorAll('.screen'), function (one) { one.hidden = one.id !== name; });
    doc.body.className = 'on-' + name;
    var head = name === 'attract' ? null : doc.querySelector('#' + name + ' h1');
    doc.title = (head ? head.textContent || words.short : K.k.start) + ' - ' + words.short;
    if (K.pages[name]) K.pages[name].go(0);
    shown.forEach(function (act) { act(name); });
    if (head) head.focus({ preventScroll: true });
  };

  /* Columns as wide as the box: no line is ever cut in two, and a screen is one column. */
  function Pages(section) {
    var pages = this;
    this.box = section.querySelector('.pages');
    this.bar = section.querySelector('.pager');
    this.now = 0;
    this.up = K.button(this.bar, K.k.up, '', function () { pages.go(pages.now - 1); });
    this.where = K.put(this.bar, 'span', 'page-no');
    this.down = K.button(this.bar, K.k.down, '', function () { pages.go(pages.now + 1); });
    this.from = null;
    this.box.addEventListener('pointerdown', function (event) { pages.from = event.clientX; });
    this.box.addEventListener('pointerup', function (event) {
      var moved = pages.from === null ? 0 : event.clientX - pages.from;
      pages.from = null;
      if (Math.abs(moved) > 90) pages.go(pages.now + (moved < 0 ? 1 : -1));
    });
    this.box.addEventListener('focusin', function (event) {
      var step = pages.step(), left = event.target.getBoundingClientRect().left - pages.box.getBoundingClientRect().left;
      pages.go(Math.floor((pages.box.scrollLeft + left + 2) / step));
    });
    if (window.ResizeObserver) new ResizeObserver(function () { pages.go(pages.now); }).observe(this.box);
  }
  Pages.prototype.step = function () {
    return this.box.clientWidth + (parseFloat(getComputedStyle(this.box).columnGap) || 0);
  };
  Pages.prototype.go = function (wanted) {
    if (!this.box.clientWidth) return;
    this.bar.hidden = false;
    var step = this.step(), gap = step - this.box.clientWidth;
    var count = Math.max(1, Math.ceil((this.box.scrollWidth + gap) / step - 0.1));
    this.bar.hidden = count === 1;
    this.now = Math.max(0, Math.min(wanted, count - 1));
    this.box.scrollLeft = this.now * step;
    this.where.textContent = K.fill(K.k.page, { position: this.now + 1, number: count });
    K.off(this.up, this.now === 0);
    K.off(this.down, this.now === count - 1);
    var frame = this.box.getBoundingClientRect();
    Array.prototype.forEach.call(this.box.querySelectorAll('button'), function (one) {
      var left = one.getBoundingClientRect().left;
      one.classList.toggle('elsewhere', left < frame.left - 2 || left >= frame.right);
    });
  };
  ['list', 'answer', 'help'].forEach(function (name) { K.pages[name] = new Pages(K.at(name)); });
})();
