/* Streams answers into the page. Without it every form works by itself; text only ever enters as text nodes. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  function by(id) { return doc.getElementById(id); }
  function each(list, act) { Array.prototype.forEach.call(list, act); }

  /* Size of letters and contrast: kept on this device only. */
  function choose(key, value) {
    try { localStorage.setItem('pufa-' + key, value); } catch (error) { /* private mode: for this page only */ }
  }
  function pressed() {
    each(doc.querySelectorAll('#sizes button'), function (button) {
      var size = button.getAttribute('data-size');
      var on = size === null ? root.classList.contains('contrast')
        : size ? root.classList.contains(size) : !/size-/.test(root.className);
      button.setAttribute('aria-pressed', String(on));
    });
  }
  var opener = by('sizes-open'), sizes = by('sizes');
  opener.addEventListener('click', function () {
    sizes.hidden = !sizes.hidden;
    opener.setAttribute('aria-expanded', String(!sizes.hidden));
    root.classList.toggle('choosing', !sizes.hidden);
  });
  sizes.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) return;
    var size = button.getAttribute('data-size');
    if (size === null) {
      choose('contrast', root.classList.toggle('contrast') ? 'contrast' : '');
    } else {
      root.classList.remove('size-large', 'size-huge');
      if (size) root.classList.add(size);
      choose('size', size);
    }
    pressed();
  });
  pressed();

  var form = by('composer'), talk = by('talk');
  function online() {
    by('offline').hidden = navigator.onLine !== false;
    root.classList.toggle('offline', navigator.onLine === false);
  }
  addEventListener('offline', online);
  addEventListener('online', online);
  if (!form) return;

  /* What the bars cover is kept clear of the focus, however tall they are just now. */
  if (window.ResizeObserver) {
    var bars = [doc.querySelector('.top'), by('offline'), form];
    var tall = function (bar) { return getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight + 10 : 0; };
    var clear = function () { root.style.scrollPadding = tall(bars[0]) + tall(bars[1]) + 'px 0 ' + tall(form) + 'px'; };
    var watch = new ResizeObserver(clear);
    bars.forEach(function (bar) { watch.observe(bar); });
    addEventListener('resize', clear);
  }
  var words = JSON.parse(form.getAttribute('data-words'));
  var box = by('question'), button = by('send'), alertBox = by('form-alert'), counter = by('counter');
  var status = by('status'), hidden = form.elements.conversation_id;
  var MAX = 300, busy = null, typedSince = false;

  function el(tag, name, text) {
    var node = doc.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = text;
    return node;
  }
  function put(parent, tag, name, text) { return parent.appendChild(el(tag, name, text)); }
  function fill(text, name, value) { return text.replace('{' + name + '}', value); }

  /* The input: counter, growing, numbers hidden before they leave the phone. */
  function masked(text) {
    return text.replace(/[\d０-９](?:[ -]?[\d０-９]){10,18}[XxＸｘ]?/g, function (found) {
      var length = found.replace(/[ -]/g, '').length;
      var phone = (length === 11 || length === 12) && /^[01０１]/.test(found);
      return phone || length >= 15 ? '〔号码已遮住〕' : found;
    });
  }
  function maskBox() {
    var safe = masked(box.value);
    if (safe === box.value) return false;
    box.value = safe;
    say(words.page.masked);
    return true;
  }
  function say(text) {
    alertBox.textContent = text;
    alertBox.hidden = !text;
    root.classList.toggle('alerted', !!text);
  }
  function grow() {
    var left = MAX - box.value.length;
    counter.hidden = left > 60;
    counter.className = left < 0 ? 'counter over' : 'counter';
    counter.textContent = left < 0 ? fill(words.page.over, 'over', -left) : fill(words.page.counter, 'left', left);
    box.style.height = 'auto';
    box.style.height = box.scrollHeight + 4 + 'px';
  }
  box.addEventListener('input', function () { typedSince = true; grow(); });
  box.addEventListener('change', maskBox);
  box.addEventListener('keydown', function (event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  grow();
  if (!window.fetch || !window.TextDecoder || !window.Promise || !talk) return;

  /* One answer, in fixed places; blocks fill them as they arrive. */
  var PLACES = ['danger', 'made', 'masked', 'understood', 'head', 'ways', 'choices', 'call-slot', 'blocks',
    'missing', 'sources', 'contacts', 'handover', 'feedback', 'tools', 'closing', 'wait'];
  function Card() {
    this.item = el('li', 'busy');
    this.box = put(this.item, 'article', 'card');
    this.box.setAttribute('aria-busy', 'true');
    this.at = {};
    this.count = 0;
    this.seen = {};
    this.places = {};
    this.cited = {};
    this.rest = null;
    var card = this;
    PLACES.forEach(function (name) { card.at[name] = put(card.box, 'div', 'at-' + name); });
    this.at['call-slot'].className = '';
    this.at.blocks.className += ' blocks';
    this.line = put(this.at.wait, 'p', 'wait');
  }
  Card.prototype.start = function (data) {
    this.key = data.answer_id;
    this.contacts = data.contacts || [];
    if (data.origin) this.made(words.chips[data.origin], '');
    if (data.understood) this.understood(data.understood);
  };
  Card.prototype.made = function (chip, when) {
    this.at.made.textContent = '';
    var line = put(this.at.made, 'p', 'made');
    put(line, 'span', 'chip', chip);
    line.appendChild(doc.createTextNode(' ' + when));
  };
  Card.prototype.understood = function (text) {
    this.at.understood.textContent = '';
    var line = put(this.at.understood, 'p', 'understood', words.page.understood);
    put(line, 'b', '', text);
    line.appendChild(doc.createTextNode(' '));
    act(line, 'edit', 'edit');
  };
  Card.prototype.marks = function (parent, numbers) {
    var key = this.key;
    numbers.forEach(function (number) {
      var link = put(parent, 'a', 'mark', '〔' + number + '〕');
      link.href = '#source-' + key + '-' + number;
      link.setAttribute('aria-label', '依据' + number);
    });
  };
  Card.prototype.heading = function (text, numbers) {
    var head = this.head = put(this.at.head, 'h2', '', text);
    head.id = 'h-' + this.key;
    head.tabIndex = -1;
    this.marks(head, numbers);
    this.box.setAttribute('aria-labelledby', head.id);
  };
  Card.prototype.add = function (block) {
    var card = this;
    this.count += 1;
    (block.cited || []).forEach(function (one) { card.source(one); });
    if (block.kind === 'danger') return this.danger(block);
    if (block.kind === 'conclusion' && !this.head) {
      this.heading(block.lines[0].text, block.lines[0].marks);
      this.cite(block.lines[0].marks);
      block.lines.slice(1).forEach(function (line) {
        card.marks(put(card.at.head, 'p', 'more', line.text), line.marks);
        card.cite(line.marks);
      });
      this.at['call-slot'].className = 'call-slot';
      return;
    }
    if (block.kind === 'conclusion') this.rest = null;
    var folded = block.lines.filter(function (line) { return line.folded && !card.at.danger.firstChild; });
    var open = block.lines.filter(function (line) { return folded.indexOf(line) < 0; });
    if (open.length) {
      this.at.blocks.insertBefore(this.block(block, open), this.rest);
      open.forEach(function (line) { card.cite(line.marks, block.kind !== 'conclusion'); });
    }
    if (!folded.length) return;
    var rest = this.fold(this.at.blocks, 'rest');
    rest.appendChild(this.block(block, folded));
    rest.firstChild.textContent = this.summary(rest);
  };
  Card.prototype.block = function (block, lines) {
    var card = this, part = el('section', 'block ' + block.kind + (block.heading && lines.length === 1 ? ' brief' : ''));
    if (block.heading) put(part, 'h3', '', block.heading);
    var list = lines.length > 1 ? put(part, 'ul') : part;
    lines.forEach(function (line) {
      card.marks(put(list, list === part ? 'p' : 'li', '', line.text), line.marks);
    });
    return part;
  };
  /* What is not of the first screen stands behind a line that says what it is. */
  Card.prototype.fold = function (parent, name) {
    if (!this[name]) {
      this[name] = put(parent, 'details', 'rest');
      put(this[name], 'summary');
    }
    return this[name];
  };
  Card.prototype.summary = function (rest) {
    var names = [];
    each(rest.querySelectorAll('h3'), function (head) { if (names.indexOf(head.textContent) < 0) names.push(head.textContent); });
    var text = fill(words.page.more_lines, 'number', rest.querySelectorAll('li, p').length);
    return text + (names.length ? '：' + names.join('、') : '');
  };
  /* beside: by a line that is not of a conclusion. */
  Card.prototype.cite = function (numbers, beside) {
    var cited = this.cited;
    numbers.forEach(function (number) { cited[number] = beside ? cited[number] || 'beside' : 'first'; });
  };
  /* Sources on which no conclusion rests are folded, but not doubtful ones of open lines; one always stands open. */
  Card.prototype.sorted = function () {
    if (!this.list) return;
    var card = this, all = Array.prototype.slice.call(this.list.children), count = 0;
    function idle(item) {
      var doubtful = item.querySelector('.tag:not(.ok)');
      return !Array.prototype.some.call(item.querySelectorAll('.number'), function (one) {
        var how = card.cited[one.textContent.replace(/\D/g, '')];
        return how === 'first' || (how && doubtful);
      });
    }
    var rest = this.at.blocks.querySelector('.rest') ? all.filter(idle) : [];
    if (rest.length === all.length) rest.shift();
    rest.forEach(function (item) {
      var fold = card.fold(card.list.parentNode, 'others');
      (fold.querySelector('ol') || put(fold, 'ol')).appendChild(item);
      count += 1;
    });
    if (count) this.others.firstChild.textContent = fill(words.page.more_sources, 'number', count);
  };
  Card.prototype.danger = function (block) {
    var part = put(this.at.danger, 'section', 'danger');
    block.lines.forEach(function (line) { put(part, 'p', '', line.text); });
    this.dial = put(part, 'div', 'dial');
    this.dialled(this.contacts);
    put(part, 'button', 'leave', words.buttons.leave).addEventListener('click', leave);
  };
  Card.prototype.dialled = function (contacts) {
    if (!this.dial || this.dial.firstChild) return;
    var dial = this.dial;
    contacts.forEach(function (contact) {
      if (contact.urgent) phone(dial, contact, 'button urgent');
    });
  };
  Card.prototype.source = function (one) {
    if (this.seen[one.number]) return;
    this.seen[one.number] = true;
    var shown = one.shown, item = el('li');
    var number = el('span', 'number', '〔' + one.number + '〕');
    number.id = 'source-' + this.key + '-' + one.number;
    number.tabIndex = -1;
    var same = [shown.title, shown.details, shown.tag, shown.secondhand, shown.quote].join('|');
    if (this.places[same]) {
      this.places[same].parentNode.insertBefore(number, this.places[same].nextSibling);
      this.places[same] = number;
      return;
    }
    this.places[same] = item.appendChild(number);
    if (!this.list) {
      var part = put(this.at.sources, 'section', 'sources');
      put(part, 'h3', '', words.headings.basis);
      this.list = put(part, 'ol');
    }
    item.appendChild(doc.createTextNode('《' + shown.title + '》 '));
    shown.details.forEach(function (text) { put(item, 'span', 'detail', text); item.appendChild(doc.createTextNode(' ')); });
    put(item, 'span', 'tag ' + shown.tone, shown.tag);
    if (shown.secondhand) {
      item.appendChild(doc.createTextNode(' '));
      put(item, 'span', 'tag warn', shown.secondhand);
    }
    var more = put(item, 'details'), summary = put(more, 'summary', '', words.sources.see_quote);
    put(summary, 'span', 'unseen', '：依据' + one.number);
    if (shown.quote) {
      var quote = put(more, 'blockquote');
      shown.quote.split('\n').forEach(function (line) { if (line) put(quote, 'p', '', line); });
    } else {
      put(more, 'p', '', words.sources.not_held);
      if (shown.published_at) put(more, 'p', '', words.sources.published_at + shown.published_at);
    }
    if (shown.url) put(put(more, 'p'), 'a', '', shown.url_text).href = shown.url;
    var later = Array.prototype.filter.call(this.list.children, function (other) { return other.value > one.number; });
    item.value = one.number;
    this.list.insertBefore(item, later[0] || null);
  };
  Card.prototype.finish = function (answer) {
    var card = this, shown = answer.shown, at = this.at;
    this.key = this.key || answer.answer_id;
    answer.citations.forEach(function (one) { card.source(one); });
    answer.blocks.slice(this.count).forEach(function (block) { card.add(block); });
    if (!this.head) this.heading(shown.heading, []);
    this.sorted();
    var danger = at.danger.firstChild;
    this.dialled(answer.contacts);
    this.made(answer.label.chip, answer.label.asked);
    if (answer.masked) put(at.masked, 'p', 'hint', words.page.masked);
    if (answer.understood) this.understood(answer.understood);
    if (shown.tone === 'warn') this.box.className = 'card warn';
    if (shown.ways.length) list(put(at.ways, 'ul', 'ways'), shown.ways);
    if (shown.missing) put(at.missing, 'p', 'missing', shown.missing);
    if (shown.choices.length) buttons(at.choices, shown.choices);
    var others = answer.contacts.filter(function (one) { return !(danger && one.urgent); });
    at['call-slot'].className = '';
    if (others.length) {
      var first = put(at['call-slot'], 'p', 'first');
      if (shown.can_share) act(first, 'listen', 'listen');
      var call = put(first, 'a', 'button call', words.buttons.call + ' ' + others[0].phone);
      call.href = 'tel:' + others[0].phone;
      var part = put(at.contacts, 'section', 'contacts');
      put(part, 'h3', '', words.labels.phones);
      var phones = put(part, 'ul', 'phones');
      others.forEach(function (one) {
        var row = put(phones, 'li');
        phone(row, one, one.urgent ? 'button urgent' : 'button');
        if (one.what) put(row, 'span', 'what', one.what);
        if (one.hours) put(row, 'span', 'what hours', one.hours);
      });
    }
    if (shown.card) put(put(at.contacts, 'p'), 'a', 'button', words.buttons.card).href = shown.card;
    if (shown.can_hand_over) handover(at.handover, answer.answer_id);
    if (answer.answer_id && !danger) feedback(put(at.feedback, 'section', 'feedback'), answer.answer_id);
    if (shown.can_share) tools(at.tools, answer.answer_id);
    put(at.closing, 'p', 'closing', answer.label.closing);
    if (answer.label.not_reviewed) put(at.closing, 'p', 'closing', answer.label.not_reviewed);
    if (shown.suggestions.length) {
      put(this.item, 'h2', 'next', words.labels.also);
      buttons(put(this.item, 'div'), shown.suggestions);
    }
    var topics = doc.querySelector('.welcome > .topics');
    if (topics && /^(greeting|out_of_scope|no_basis)$/.test(answer.status)) this.item.appendChild(topics.cloneNode(true));
    at.wait.textContent = '';
    this.box.removeAttribute('aria-busy');
    return this.head;
  };

  function phone(parent, contact, name) {
    var link = put(parent, 'a', name);
    link.href = 'tel:' + contact.phone;
    put(link, 'b', '', contact.phone);
    link.appendChild(doc.createTextNode(' '));
    put(link, 'span', '', contact.name);
  }
  function act(parent, name, style) {
    var one = put(parent, 'button', style, words.buttons[name]);
    one.type = 'button';
    one.setAttribute('data-act', name);
  }
  function tools(parent, id) {
    var row = put(parent, 'div', 'tools');
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', words.labels.tools);
    row.setAttribute('data-answer', id);
    row.setAttribute('data-url', '');
    ['copy', 'share', 'print'].forEach(function (name) { act(row, name, name); });
    put(row, 'span', 'told').setAttribute('role', 'status');
  }
  function handover(parent, id) {
    var asked = put(parent, 'form', 'handover'), field = put(asked, 'input');
    asked.method = 'post';
    asked.action = '/handover';
    field.type = 'hidden';
    field.name = 'answer_id';
    field.value = id;
    put(asked, 'p', '', words.page.handover_ask);
    put(asked, 'button', '', words.buttons.hand_over);
  }
  function list(parent, texts) { texts.forEach(function (text) { put(parent, 'li', '', text); }); }
  function buttons(parent, texts) {
    parent = put(parent, 'div', 'choices');
    texts.forEach(function (text) {
      var one = put(parent, 'button', '', text);
      one.type = 'button';
      one.addEventListener('click', function () { send(text); });
    });
  }
  function post(url, content) {
    return fetch(url, {
      method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' },
      body: content ? JSON.stringify(content) : undefined
    });
  }
  function end() {
    return hidden.value ? post('/api/conversations/' + hidden.value + '/end') : Promise.resolve();
  }
  function leave() {
    if (window.pufaTalk) window.pufaTalk.forget();
    end().catch(function () {});
    location.replace(words.away && window.top === window ? words.away : '/');
  }

  /* 有用 / 没帮上, in the same place, changeable. */
  function feedback(part, id) {
    var line = put(part, 'p', '', words.labels.feedback), row = put(part, 'div', 'row');
    var more = put(part, 'div');
    var sent = Promise.resolve();  /* one after the other, so that the last word is the one that stays */
    line.setAttribute('aria-live', 'polite');
    function tell(content) {
      content.answer_id = id;
      line.textContent = words.page.thanks;
      sent = sent.then(function () { return post('/api/feedback', content); })
        .catch(function () { line.textContent = words.labels.feedback; });
    }
    function option(parent, text, act) {
      var one = put(parent, 'button', '', text);
      one.type = 'button';
      one.addEventListener('click', function () {
        each(parent.children, function (other) { other.setAttribute('aria-pressed', String(other === one)); });
        act();
      });
    }
    option(row, words.buttons.useful, function () { more.textContent = ''; tell({ useful: true }); });
    option(row, words.buttons.not_useful, function () {
      tell({ useful: false });
      more.textContent = '';
      put(more, 'p', '', words.page.why_not);
      var reasons = put(more, 'div', 'reasons');
      Object.keys(words.reasons).forEach(function (reason) {
        option(reasons, words.reasons[reason], function () {
          tell({ useful: false, reason: reason, words: note.value ? masked(note.value) : null });
        });
      });
      var label = put(more, 'label', '', words.labels.note), note = put(label, 'input');
      note.maxLength = 200;
      note.addEventListener('change', function () {
        tell({ useful: false, words: masked(note.value) });
      });
      if (!part.closest('.card').querySelector('.handover, .handed')) handover(put(more, 'div'), id);
    });
  }
  each(doc.querySelectorAll('.feedback form[data-answer]'), function (old) {
    var part = old.parentNode;
    part.textContent = '';
    feedback(part, old.getAttribute('data-answer'));
  });
  doc.addEventListener('click', function (event) {
    var one = event.target.closest('button[name=question]');
    if (!one) return;
    event.preventDefault();
    send(one.value);
  });

  /* Sending, waiting, and what may go wrong. */
  function submit() {
    if (busy || button.getAttribute('aria-disabled') === 'true') return;
    maskBox();
    var text = box.value.trim();
    if (!text) { say(words.page.write_first); box.focus(); return; }
    if (text.length > MAX) { grow(); box.focus(); return; }
    send(text);
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    submit();
  });

  function send(text) {
    if (busy) return;
    text = masked(text);
    if (navigator.onLine === false) { box.value = text; online(); return; }
    root.classList.add('asking');
    talk.hidden = false;
    each(talk.querySelectorAll('.busy'), function (item) { item.classList.remove('busy'); });
    var asked = put(talk, 'li', 'asked'), card = new Card();
    put(asked, 'p', 'bubble', text);
    talk.appendChild(card.item);
    box.value = '';
    grow();
    if (alertBox.textContent !== words.page.masked) say('');
    typedSince = false;
    button.setAttribute('aria-disabled', 'true');
    if (window.matchMedia('(pointer: coarse)').matches) box.blur();
    card.line.textContent = status.textContent = words.stages.search;
    asked.scrollIntoView();
    busy = new Turn(text, asked, card);
    busy.run();
  }

  /* An earlier question and answer, for the list of this tab. */
  window.pufaWords = words;
  window.pufaCard = function (list, question, answer) {
    var card = new Card();
    card.item.className = '';
    put(put(list, 'li', 'asked'), 'p', 'bubble', question);
    list.appendChild(card.item);
    card.finish(answer);
  };

  /* 看回答 ↓: only while an answer has come that stands outside the window. Nothing scrolls by itself. */
  var see = null;
  function offer(head) {
    if (!window.IntersectionObserver) return;
    if (see) see.remove();
    var mine = see = put(form, 'button', 'see', words.buttons.see_answer);
    mine.type = 'button';
    mine.hidden = true;
    form.insertBefore(mine, form.firstChild);
    mine.addEventListener('click', function () { head.scrollIntoView(); head.focus({ preventScroll: true }); });
    new IntersectionObserver(function (found, eye) {
      mine.hidden = found[0].isIntersecting;
      if (mine.hidden || !head.isConnected) { eye.disconnect(); mine.remove(); }
    }, { rootMargin: '0px 0px -140px 0px' }).observe(head.closest('.card'));
  }

  function Turn(text, asked, card) {
    var turn = this;
    this.text = text;
    this.asked = asked;
    this.card = card;
    this.stop = window.AbortController ? new AbortController() : null;
    this.over = false;
    this.slow = setTimeout(function () {
      turn.line(words.page.slow);
      status.textContent = words.page.slow;
    }, 10000);
    this.slower = setTimeout(function () {
      turn.line(words.page.very_slow);
      var give = put(card.at.wait, 'button', '', words.buttons.stop);
      give.addEventListener('click', function () { turn.fail(''); });
    }, 20000);
    this.wait(30000);
  }
  Turn.prototype.line = function (text) { this.card.line.textContent = text; };
  Turn.prototype.wait = function (ms) {
    var turn = this;
    clearTimeout(this.dead);
    this.dead = setTimeout(function () { turn.fail(words.page.failed); }, ms);
  };
  Turn.prototype.run = function () {
    var turn = this;
    fetch('/api/chat', {
      method: 'POST', signal: this.stop ? this.stop.signal : undefined,
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ question: this.text, conversation_id: hidden.value || null, channel: window.top === window ? 'phone' : 'widget' })
    }).then(function (response) {
      var type = response.headers.get('content-type') || '';
      if (type.indexOf('text/event-stream') === 0) return turn.read(response);
      if (type.indexOf('application/json') !== 0) return turn.plain();
      return response.json().then(function (answer) {
        return response.ok ? turn.done(answer) : turn.refused(answer);
      });
    }).then(function () {
      if (!turn.over) turn.fail(words.page.failed);
    }).catch(function () { turn.fail(words.page.failed); });
  };
  Turn.prototype.read = function (response) {
    var turn = this;
    return window.pufaStream(response, function () { return turn.over; }, function (name, data) { turn.event(name, data); });
  };
  Turn.prototype.event = function (name, data) {
    this.wait(data.name === 'queued' ? 70000 : 30000);
    if (name === 'start') { hidden.value = data.conversation_id; this.card.start(data); }
    if (name === 'stage') this.stage(data);
    if (name === 'block') { this.quiet(); this.card.add(data); }
    if (name === 'done') this.done(data);
    if (name === 'error') this.refused(data);
  };
  Turn.prototype.stage = function (data) {
    if (data.name === 'queued') this.line(fill(words.stages.queued, 'position', data.position));
    else if (/^(rewrite|route|retrieve)$/.test(data.name)) this.line(words.stages.search);
    else if (/^(compose|verify|check_output)$/.test(data.name)) this.line(words.stages.check);
  };
  Turn.prototype.quiet = function () { clearTimeout(this.slow); clearTimeout(this.slower); };
  Turn.prototype.close = function () {
    this.over = true;
    this.quiet();
    clearTimeout(this.dead);
    busy = null;
    button.removeAttribute('aria-disabled');
  };
  Turn.prototype.done = function (answer) {
    if (this.over) return;
    this.close();
    if (alertBox.textContent === words.page.masked) say('');
    var head = this.card.finish(answer);
    offer(head);
    hidden.value = answer.conversation_id || hidden.value;
    box.placeholder = words.labels.follow_up;
    status.textContent = words.page.answered + (answer.status === 'answered' ? answer.shown.heading : answer.shown.title);
    doc.title = answer.shown.title + ' - ' + words.short;
    clearButton();
    if (window.pufaTalk) window.pufaTalk.add(this.text, answer);
    if (!typedSince && [box, button, doc.body].indexOf(doc.activeElement) >= 0) {
      head.focus({ preventScroll: true });
    }
  };
  Turn.prototype.refused = function (answer) {
    var danger = answer.blocks.length > 0, seconds = answer.retry_after || 0;
    if (danger) { this.done(answer); box.value = this.text; grow(); return; }
    this.fail(answer.shown.sentence, answer.contacts);
    if (!seconds) return;
    button.setAttribute('aria-disabled', 'true');
    var tick = setInterval(function () {
      seconds -= 1;
      button.textContent = seconds > 0 ? String(seconds) : words.buttons.send;
      if (seconds > 0) return;
      clearInterval(tick);
      button.removeAttribute('aria-disabled');
    }, 1000);
  };
  /* The text comes back into the box; nothing half done stays on the page. */
  Turn.prototype.fail = function (sentence, contacts) {
    if (this.over) return;
    this.close();
    if (this.stop) this.stop.abort();
    talk.removeChild(this.asked);
    talk.removeChild(this.card.item);
    if (!talk.children.length) root.classList.remove('asking');
    if (!box.value) box.value = this.text;
    grow();
    status.textContent = '';
    online();
    say(navigator.onLine === false ? '' : sentence);
    if (!sentence) return;
    var again = put(alertBox, 'button', '', words.buttons.retry);
    again.type = 'button';
    again.addEventListener('click', function () { plain(box.value.trim()); });
    (contacts || words.help).slice(0, 1).forEach(function (contact) { phone(alertBox, contact, 'button'); });
  };
  Turn.prototype.plain = function () {
    this.close();
    plain(this.text);
  };
  /* The way that needs no script: the form itself, and a whole page back. */
  function plain(text) {
    if (!text || button.getAttribute('aria-disabled') === 'true') return;
    box.value = masked(text);
    HTMLFormElement.prototype.submit.call(form);
  }
  function clearButton() {
    if (doc.querySelector('.clear')) return;
    var wipe = el('button', 'clear', words.buttons.clear_all);
    wipe.type = 'button';
    wipe.addEventListener('click', function () {
      function home() { location.replace('/?cleared=1'); }
      if (window.pufaTalk) window.pufaTalk.forget();
      end().then(home, home);
    });
    form.parentNode.insertBefore(wipe, form);
  }
})();
