/* Typing with our own pinyin keyboard, with real keys, or with the device's own (?ime=system). */
(function () {
  'use strict';
  var K = window.pufaKiosk;
  if (!K) return;
  var put = K.put, box = K.at('typed'), board = K.at('board'), rows = K.at('matching'), alertBox = K.at('type-alert');
  var heading = rows.parentNode.querySelector('h2');
  var system = /[?&]ime=system(&|$)/.test(location.search), find = null, letters = '', found = [], first = 0, shown = 0;
  var KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'], NUMBERS = ['1234567890', '，。？！、：；', '（）《》元年月日'];
  var digits = false, line, bar, send;

  function say(text) {
    alertBox.textContent = text;
    alertBox.hidden = !text;
    K.at('type-notice').hidden = !!text;
  }
  function write(text) {
    box.value = K.masked(box.value + text);
    if (/〔号码已遮住〕/.test(box.value)) say(K.words.page.masked);
    changed();
  }
  function changed() {
    var left = K.words.limit - box.value.length;
    if (left < 0) say(K.fill(K.words.page.over, { over: -left }));
    else if (left <= 60) say(K.fill(K.words.page.counter, { left: left }));
    else if (alertBox.textContent !== K.words.page.masked) say('');
    box.scrollTop = box.scrollHeight;
    offer();
  }
  K.emptyTyping = function () {
    box.value = '';
    letters = '';
    digits = false;
    say('');
    if (!system) keys();
    look();
  };

  /* Letters and what they may mean. */
  function look() {
    found = find ? find(letters) : [];
    first = 0;
    draw();
    offer();
  }
  function width(text) { return Math.max(3.4, text.length * 1.25 + 0.9) + 0.3; }
  function draw() {
    if (system) return;
    line.firstChild.textContent = letters || '';
    bar.textContent = '';
    var room = bar.clientWidth / parseFloat(getComputedStyle(document.documentElement).fontSize) || 32;
    shown = 0;
    found.slice(first, first + 8).some(function (one, place) {
      room -= width(one.text);
      if (room < 0 && place) return true;
      K.button(bar, one.text, '', function () { choose(one); });
      shown += 1;
      return false;
    });
    K.off(line.previous, first === 0);
    K.off(line.next, first + shown >= found.length);
  }
  function choose(one) {
    letters = letters.slice(one.used);
    K.say(K.k.chosen + one.text);
    write(one.text);
    look();
  }
  function turnTo(next) {
    if (next) first += shown;
    else first = Math.max(0, first - 8);
    draw();
  }
  function back() {
    if (letters) { letters = letters.slice(0, -1); look(); return; }
    box.value = /〔号码已遮住〕$/.test(box.value) ? box.value.slice(0, -7) : Array.from(box.value).slice(0, -1).join('');
    changed();
  }
  function press(key) {
    if (/^[a-z]$/.test(key)) { if (find && letters.length < 40) { letters += key; look(); } } else { settle(); write(key); }
  }
  /* Letters that are still open become their first candidate. */
  function settle() {
    while (letters && found.length) choose(found[0]);
    letters = '';
    look();
  }
  function submit() {
    settle();
    var text = K.masked(box.value).trim();
    if (!text || text.length > K.words.limit) { changed(); return; }
    if (K.offline) { offer(); return; }
    say('');
    K.ask(text);
  }

  function keys() {
    board.textContent = '';
    line = put(board, 'div', 'line');
    var open = put(line, 'span', 'letters');
    open.setAttribute('role', 'group');
    open.setAttribute('aria-label', K.k.letters);
    line.previous = K.button(line, K.k.previous, '', function () { turnTo(false); });
    line.next = K.button(line, K.k.next, '', function () { turnTo(true); });
    bar = put(board, 'div', 'candidates');
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', K.k.candidates);
    var rows = digits ? NUMBERS : KEYS;
    rows.forEach(function (row, place) {
      var keys = put(board, 'div', 'keys');
      Array.from(row).forEach(function (key) { K.button(keys, key, 'key', function () { press(key); }); });
      if (place === rows.length - 1) K.button(keys, K.k.back, 'key wide', back);
    });
    var last = put(board, 'div', 'keys');
    K.button(last, digits ? K.k.letters : K.k.digits, 'key wide', function () { settle(); digits = !digits; keys(); draw(); });
    K.button(last, K.k.space, 'key space', function () { if (letters) settle(); });
    K.button(last, K.k.wipe, 'key wide', function () { K.emptyTyping(); });
    send = K.button(last, K.k.send, 'key send', submit);
  }
  function systemKeys() {
    box.removeAttribute('readonly');
    box.setAttribute('inputmode', 'text');
    box.addEventListener('input', changed);
    box.addEventListener('change', function () { box.value = K.masked(box.value); });
    board.className = 'board few';
    var last = put(board, 'div', 'keys');
    K.button(last, K.k.wipe, 'key wide', function () { K.emptyTyping(); });
    send = K.button(last, K.k.send, 'key send', submit);
  }

  /* Ready questions that have most in common with the words so far; rare pairs of characters count most. */
  var pieces = null;
  function parts(text) {
    var clean = text.replace(/[^\u4e00-\u9fff]/g, ''), all = Array.from(clean);
    for (var at = 0; at + 1 < clean.length; at += 1) all.push(clean.slice(at, at + 2));
    return all;
  }
  function weigh() {
    pieces = { seen: {}, rows: [] };
    Object.keys(K.pack.answers).forEach(function (id) {
      var own = new Set(parts(K.pack.answers[id].question));
      own.forEach(function (piece) { pieces.seen[piece] = (pieces.seen[piece] || 0) + 1; });
      pieces.rows.push({ id: id, own: own });
    });
  }
  K.match = function (text) {
    if (!K.pack) return [];
    if (!pieces) weigh();
    var asked = Array.from(new Set(parts(text))), total = pieces.rows.length;
    return pieces.rows.map(function (row) {
      var score = asked.reduce(function (sum, piece) {
        return sum + (row.own.has(piece) ? piece.length * piece.length * Math.log(1 + total / pieces.seen[piece]) : 0);
      }, 0);
      return { id: row.id, score: score / Math.sqrt(6 + row.own.size) };
    }).filter(function (row) { return row.score > 0; })
      .sort(function (one, other) { return other.score - one.score; }).slice(0, 4)
      .map(function (row) { return row.id; });
  };
  function offer() {
    if (K.screen !== 'type') return;
    var text = box.value + (found.length ? found[0].text : ''), matching = K.match(text);
    heading.textContent = matching.length ? K.k.matching : K.k.often;
    rows.textContent = '';
    (matching.length ? matching : K.common()).forEach(function (id) {
      K.button(put(rows, 'li'), K.pack.answers[id].question, '', function () { K.open(id); });
    });
    K.off(send, K.offline);
    if (K.offline) say(K.k.offline);
    else if (alertBox.textContent === K.k.offline) say('');
  }
  K.offer = offer;

  /* Opens the screen; text and why: words that come back with the reason. */
  K.type = function (text, why) {
    K.show('type');
    if (!system && !find) loadWords();
    if (text !== undefined) box.value = text;
    draw();
    changed();
    if (!system && !find) say(K.k.loading);
    if (why) say(why);
  };
  function loadWords() {
    K.words$ = K.words$ || fetch('/kiosk/words.json').then(function (response) {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    });
    return K.words$.then(function (dictionary) {
      find = find || window.pufaPinyin(dictionary);
      if (alertBox.textContent === K.k.loading) say('');
      document.documentElement.setAttribute('data-words', '');
      look();
    }, function () {
      K.words$ = null;
      if (K.screen === 'type') say(K.k.no_words);
    });
  }
  K.loadWords = function () { if (!system) loadWords(); };

  addEventListener('keydown', function (event) {
    if (K.screen !== 'type' || system || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    var onButton = event.target.closest && event.target.closest('button, a');
    if (/^[a-zA-Z]$/.test(event.key)) press(event.key.toLowerCase());
    else if (/^[1-8]$/.test(event.key) && letters && found[first + Number(event.key) - 1]) choose(found[first + Number(event.key) - 1]);
    else if (/^[0-9，。？！、]$/.test(event.key)) press(event.key);
    else if (event.key === 'Backspace') back();
    else if (event.key === 'Escape') { letters = ''; look(); }
    else if (event.key === ' ' && !onButton) settle();
    else if (event.key === 'Enter' && !onButton) { if (letters) settle(); else submit(); } else return;
    event.preventDefault();
  });
  if (system) systemKeys();
  else keys();
})();
