/* The life of the kiosk: calling people over, screens, 还在看吗, wiping, staying inside, saying it is alive. */
(function () {
  'use strict';
  var K = window.pufaKiosk;
  if (!K) return;
  var doc = document, born = Date.now(), asked = new URLSearchParams(location.search);
  var SLUG = /^[A-Za-z0-9_-]{1,60}$/, KEPT = ['event', 'device', 'print', 'ime'];
  /* Seconds until something is said, and from then until all is wiped; 0: wiped at once. */
  var PATIENCE = { home: [45, 0], type: [60, 30], list: [60, 30], answer: [90, 30], scan: [90, 30], help: [90, 30] };
  var RELOAD_MS = 6 * 3600 * 1000, TEASER_MS = 8000, MINUTE_MS = 60000, CLEARED_MS = 6000;
  var timer = 0, counting = 0, left = 0, large = false, minutes = 0, due = false;
  var still = K.at('still'), attract = K.at('attract'), shell = K.at('shell');

  function slug(name) { return SLUG.test(asked.get(name) || '') ? asked.get(name) : null; }
  K.session.event = slug('event');
  K.session.device = slug('device');
  function start(cleared) {
    var kept = new URLSearchParams();
    KEPT.forEach(function (name) { if (asked.get(name)) kept.set(name, asked.get(name)); });
    if (cleared) kept.set('cleared', '1');
    return '/kiosk' + (String(kept) ? '?' + kept : '');
  }

  /* Idle: the clock starts again at every sign of a person, and waits while an answer is on its way. */
  K.touched = function () {
    clearTimeout(timer);
    if (K.screen === 'attract' || !still.hidden || K.streaming()) return;
    timer = setTimeout(idle, PATIENCE[K.screen][0] * 1000);
  };
  function idle() {
    left = PATIENCE[K.screen][1];
    if (!left) { K.clear(false); return; }
    still.hidden = false;
    shell.setAttribute('inert', '');
    tell();
    still.querySelector('[data-do=stay]').focus();
    counting = setInterval(function () {
      left -= 1;
      tell();
      if (left <= 0) K.clear(false);
    }, 1000);
  }
  function tell() { K.at('still-more').textContent = K.fill(K.k.still_more, { seconds: left }); }
  function stay() {
    clearInterval(counting);
    still.hidden = true;
    shell.removeAttribute('inert');
    K.touched();
  }
  ['pointerdown', 'keydown', 'wheel', 'touchmove', 'scroll'].forEach(function (name) {
    addEventListener(name, K.touched, { capture: true, passive: true });
  });

  /* Wiped here and now, whatever the network does; then the page itself begins anew where it can be reached. */
  K.clear = function (person) {
    K.stop();
    if (window.speechSynthesis) speechSynthesis.cancel();
    clearTimeout(timer);
    stay();
    K.emptyTyping();
    K.wipeAnswer();
    K.at('list').querySelector('.pages').textContent = K.at('list').querySelector('h1').textContent = '';
    K.side(null);
    K.at('matching').textContent = '';
    setLarge(false);
    K.show('attract');
    K.say(person ? K.k.cleared : '');
    forget();
    due = true;
    restart(person);
  };
  /* Another question is not a follow-up of the last one. */
  function forget() {
    var id = K.session.id;
    K.session.id = '';
    if (id) K.post('/api/conversations/' + id + '/end').catch(function () {});
  }
  function restart(cleared) {
    return reach().then(function (there) { if (there && K.screen === 'attract') location.replace(start(cleared)); });
  }
  function reach() {
    return fetch('/healthz', { cache: 'no-store' }).then(function (response) { return response.ok; }, function () { return false; });
  }

  /* What the buttons do. */
  function setLarge(on) {
    large = on;
    doc.documentElement.classList.toggle('large', on);
    Array.prototype.forEach.call(doc.querySelectorAll('[data-do=large]'), function (one) {
      one.textContent = on ? K.k.normal : K.k.large;
    });
    if (K.pages[K.screen]) K.pages[K.screen].go(0);
  }
  var acts = {
    home: function () { leaveAnswer(); forget(); K.show('home'); },
    type: function () { leaveAnswer(); K.type(); },
    scan: function () { leaveAnswer(); K.show('scan'); },
    help: function () { K.stop(); K.show('help'); },
    large: function () { setLarge(!large); },
    end: function () { K.clear(true); },
    stay: stay
  };
  function leaveAnswer() {
    K.stop();
    K.emptyTyping();
  }
  K.onShow(function (name) {
    ['home', 'type', 'scan', 'help'].forEach(function (act) {
      Array.prototype.forEach.call(doc.querySelectorAll('.foot [data-do=' + act + ']'), function (one) { one.hidden = act === name; });
    });
    K.touched();
  });
  K.common = function () {
    if (!K.pack) return [];
    return K.pack.topics.slice(0, 4).map(function (topic) { return topic.questions[0]; });
  };
  function topics() {
    list(K.k.all_topics, K.pack.topics.map(function (topic) {
      return [topic.name, function () { openTopic(topic.slug); }];
    }));
  }
  function openTopic(name) {
    var topic = K.pack.topics.filter(function (one) { return one.slug === name; })[0];
    if (!topic) { topics(); return; }
    list(topic.name, topic.questions.map(function (id) {
      return [K.pack.answers[id].question, function () { K.open(id); }];
    }));
  }
  function list(title, rows) {
    var box = K.at('list').querySelector('.pages');
    K.at('list').querySelector('h1').textContent = title;
    box.textContent = '';
    rows.forEach(function (row) { K.button(K.put(box, 'li'), row[0], '', row[1]); });
    K.show('list');
  }
  K.open = function (id) {
    var card = K.fromReady(id);
    K.emptyTyping();
    K.at('answer').querySelector('h1').textContent = card.question;
    K.card(K.at('answer').querySelector('.pages'), card);
    K.side(card);
    K.show('answer');
    count(id);
  };
  /* Read ready questions count like asked ones; a kiosk without a network has nobody to tell. */
  function count(id) {
    if (!K.session.id) K.session.id = random();
    K.post('/api/kiosk/opened', {
      entry: id, conversation_id: K.session.id, event: K.session.event, device: K.session.device
    }).catch(function () {});
  }
  function random() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return byte.toString(16).padStart(2, '0'); }).join('');
  }
  addEventListener('click', function (event) {
    var one = event.target.closest('[data-do]'), link = event.target.closest('a[href]');
    if (one && one.getAttribute('aria-disabled') !== 'true') acts[one.getAttribute('data-do')]();
    if (!link) return;
    event.preventDefault();
    if (!link.hasAttribute('data-topic')) acts.home();
    else if (!K.pack) location.replace(link.href);
    else if (link.getAttribute('data-topic')) openTopic(link.getAttribute('data-topic'));
    else topics();
  });
  attract.addEventListener('click', function () { K.say(''); K.show('home'); });

  /* Nothing leads out. */
  ['contextmenu', 'dragstart', 'dragover', 'drop', 'gesturestart', 'auxclick'].forEach(function (name) {
    addEventListener(name, function (event) { event.preventDefault(); }, true);
  });
  addEventListener('selectstart', function (event) {
    if (event.target !== K.at('typed')) event.preventDefault();
  }, true);
  addEventListener('wheel', function (event) { if (event.ctrlKey) event.preventDefault(); }, { passive: false, capture: true });
  addEventListener('touchmove', function (event) { if (event.touches.length > 1) event.preventDefault(); }, { passive: false, capture: true });
  addEventListener('keydown', function (event) {
    var system = event.ctrlKey || event.metaKey || event.altKey || /^(F\d+|BrowserBack|BrowserForward|BrowserHome|ContextMenu)$/.test(event.key);
    if (system) event.preventDefault();
  }, true);
  addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });

  /* The network: ready answers are in memory, so only asking needs it. */
  function online() {
    K.offline = navigator.onLine === false;
    K.offer();
  }
  addEventListener('online', online);
  addEventListener('offline', online);
  function load() {
    return fetch('/kiosk/ready.json').then(function (response) {
      if (!response.ok) throw new Error(response.status);
      return response.json();
    }).then(function (pack) {
      K.pack = pack;
      doc.documentElement.setAttribute('data-ready', '');
      K.loadWords();
    }).catch(function () { setTimeout(load, 10000); });
  }

  /* Calling people over. */
  var teasers = attract.querySelectorAll('.teaser'), turn = 0, calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  setInterval(function () {
    if (K.screen !== 'attract' || calm.matches || teasers.length < 2) return;
    teasers[turn].hidden = true;
    turn = (turn + 1) % teasers.length;
    teasers[turn].hidden = false;
  }, TEASER_MS);
  setInterval(function () {
    minutes += 1;
    attract.className = attract.className.replace(/ ?shift-\d/, '') + ' shift-' + minutes % 4;
    beat();
    /* Also when it was wiped while the network was gone. */
    if (K.screen === 'attract' && (due || Date.now() - born >= RELOAD_MS)) restart(false);
  }, MINUTE_MS);

  /* Shows the desk that this kiosk is on: its name and screen, nothing of a person. */
  function beat() {
    if (!K.session.device) return;
    K.post('/api/kiosk/heartbeat', { device: K.session.device, event: K.session.event, screen: K.screen }).catch(function () {});
  }

  K.offline = false;
  K.show('attract');
  online();
  load();
  if (asked.get('cleared')) {
    K.say(K.k.cleared);
    setTimeout(function () { K.say(''); }, CLEARED_MS);
  }
  addEventListener('load', function () {
    setTimeout(beat, 1000);
    if (navigator.serviceWorker) navigator.serviceWorker.register('/kiosk-sw.js', { scope: '/kiosk' }).catch(function () {});
  });
})();
