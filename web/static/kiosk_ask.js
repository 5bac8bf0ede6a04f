/* A typed question on its way: sent, streamed, shown, or the reason why not with the words kept. */
(function () {
  'use strict';
  var K = window.pufaKiosk;
  if (!K) return;
  var box = K.at('answer').querySelector('.pages'), turn = null;

  K.session = { id: '', event: null, device: null };
  K.streaming = function () { return turn !== null; };
  K.stop = function () {
    if (!turn) return;
    turn.over = true;
    clearTimeout(turn.dead);
    clearTimeout(turn.slow);
    clearTimeout(turn.slower);
    if (turn.abort) turn.abort.abort();
    turn = null;
  };

  K.ask = function (text) {
    text = K.masked(text.trim());
    if (!text) return;
    K.stop();
    K.show('answer');
    K.side(null);
    turn = new Turn(text);
    turn.draw();
    turn.run();
  };
  function Turn(text) {
    var mine = this;
    this.text = text;
    this.abort = window.AbortController ? new AbortController() : null;
    this.start = {};
    this.blocks = [];
    this.said = K.words.stages.search;
    this.slow = setTimeout(function () { mine.line(K.words.page.slow); }, 10000);
    this.slower = setTimeout(function () { mine.line(K.words.page.very_slow); }, 20000);
    this.wait(30000);
  }
  Turn.prototype.wait = function (ms) {
    var mine = this;
    clearTimeout(this.dead);
    this.dead = setTimeout(function () { mine.fail(K.words.page.failed); }, ms);
  };
  Turn.prototype.line = function (text) {
    this.said = text;
    this.draw();
  };
  Turn.prototype.draw = function () {
    if (this.over) return;
    K.card(box, Object.assign(K.soFar(this.start, this.blocks), { question: this.start.understood || this.text }));
    K.put(box, 'p', 'wait', this.said);
    box.setAttribute('aria-busy', 'true');
    K.pages.answer.go(K.pages.answer.now);
  };
  Turn.prototype.run = function () {
    var mine = this;
    K.say(K.words.stages.search);
    K.post('/api/chat', {
      question: this.text, conversation_id: K.session.id || null, channel: 'kiosk',
      event: K.session.event, device: K.session.device
    }, {
      keepalive: false, signal: this.abort ? this.abort.signal : undefined,
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' }
    }).then(function (response) {
      var type = response.headers.get('content-type') || '';
      if (type.indexOf('text/event-stream') === 0) return mine.read(response);
      return response.json().then(function (answer) { mine.done(answer, response.ok); });
    }).then(function () { mine.fail(K.words.page.failed); }, function () { mine.fail(K.words.page.failed); });
  };
  Turn.prototype.read = function (response) {
    var mine = this;
    return window.pufaStream(response, function () { return mine.over; }, function (name, data) { mine.event(name, data); });
  };
  Turn.prototype.event = function (name, data) {
    this.wait(data.name === 'queued' ? 70000 : 30000);
    if (name === 'start') { K.session.id = data.conversation_id; this.start = data; this.draw(); }
    if (name === 'stage') this.stage(data);
    if (name === 'block') { this.blocks.push(data); this.draw(); }
    if (name === 'done') this.done(data, true);
    if (name === 'error') this.done(data, false);
  };
  Turn.prototype.stage = function (data) {
    if (data.name === 'queued') this.line(K.fill(K.words.stages.queued, data));
    else if (/^(compose|verify|check_output)$/.test(data.name) && this.said === K.words.stages.search) this.line(K.words.stages.check);
  };
  Turn.prototype.done = function (answer, fine) {
    if (this.over) return;
    if (!fine && !answer.blocks.length) { this.fail(answer.shown.sentence); return; }
    K.stop();
    var card = K.fromAnswer(answer);
    K.session.id = answer.conversation_id || K.session.id;
    K.card(box, card);
    box.removeAttribute('aria-busy');
    K.pages.answer.go(0);
    K.side(card);
    K.at('answer').querySelector('h1').textContent = answer.shown.title;
    document.title = answer.shown.title + ' - ' + K.words.short;
    K.say(K.words.page.answered + (answer.status === 'answered' ? answer.shown.heading : answer.shown.title));
    K.touched();
  };
  /* Nothing half done stays; the words wait on the typing screen. */
  Turn.prototype.fail = function (sentence) {
    if (this.over) return;
    K.stop();
    K.say('');
    box.removeAttribute('aria-busy');
    K.wipeAnswer();
    K.type(this.text, sentence);
    K.touched();
  };
})();
