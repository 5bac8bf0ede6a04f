/* An answer, ready or just made, on the screen: fixed places, text nodes only. Phone numbers are words to be read. */
(function () {
  'use strict';
  var K = window.pufaKiosk;
  if (!K) return;
  var put = K.put, acts = K.at('answer').querySelector('.acts');

  var SUGGESTIONS = 2;

  function marks(parent, numbers) {
    (numbers || []).forEach(function (number) { put(parent, 'span', 'mark', '〔' + number + '〕'); });
  }
  function line(parent, tag, row) {
    var node = put(parent, tag, '', row[0]);
    marks(node, row[1]);
  }
  function block(parent, one) {
    var part = put(parent, 'section', 'block ' + one.kind);
    if (one.heading) put(part, 'h3', '', one.heading);
    var list = one.lines.length > 1 ? put(part, 'ul') : part;
    one.lines.forEach(function (row) { line(list, list === part ? 'p' : 'li', row); });
  }
  function phones(parent, rows, name) {
    var list = put(parent, 'ul', name);
    rows.forEach(function (row) {
      var item = put(list, 'li');
      put(item, 'b', 'number', row[1]);
      item.appendChild(document.createTextNode(' ' + row[0] + (row[2] ? ' ' + row[2] : '')));
    });
  }
  function source(list, one) {
    var item = put(list, 'li');
    marks(item, one.numbers);
    item.appendChild(document.createTextNode(['《' + one.title + '》'].concat(one.details).join(' · ') + ' '));
    put(item, 'span', 'tag ' + one.tone, one.tag);
    if (one.secondhand) put(item, 'span', 'tag warn', one.secondhand);
    if (one.quote) put(item, 'blockquote', '', one.quote);
    else put(item, 'span', 'detail', K.words.sources.not_held + (one.published_at ? K.words.sources.published_at + one.published_at : ''));
  }
  /* What can be pressed stands below the pages, never among them: within reach on a tall screen. */
  function choices(texts) {
    texts.forEach(function (text) { K.button(acts, text, '', function () { K.ask(text); }); });
  }

  /* card: what fromReady and fromAnswer give. */
  K.card = function (box, card) {
    box.textContent = acts.textContent = '';
    box.className = 'pages card ' + (card.tone || 'plain');
    if (card.danger.length) {
      var part = put(box, 'section', 'danger');
      card.danger.forEach(function (text) { put(part, 'p', '', text); });
      phones(part, card.urgent, 'phones dial');
    }
    var made = put(box, 'p', 'made');
    put(made, 'span', 'chip', card.chip);
    made.appendChild(document.createTextNode(' ' + card.asked));
    if (card.masked) put(box, 'p', 'hint', card.masked);
    if (card.question) {
      var asked = put(box, 'p', 'understood', K.words.page.understood);
      put(asked, 'b', '', card.question);
    }
    if (card.heading[0]) line(box, 'h2', card.heading);
    card.more.forEach(function (row) { line(box, 'p', row); });
    if (card.ways.length) {
      var ways = put(box, 'ul', 'ways');
      card.ways.forEach(function (text) { put(ways, 'li', '', text); });
    }
    card.blocks.forEach(function (one) { block(box, one); });
    if (card.missing) put(box, 'p', 'missing', card.missing);
    if (card.phones.length) {
      var called = put(box, 'section', 'contacts');
      put(called, 'h3', '', K.k.phones);
      phones(called, card.phones, 'phones');
    }
    choices(card.choices);
    if (card.handover) handover(card.handover);
    if (card.suggestions.length) put(acts, 'p', 'also', K.k.also);
    choices(card.suggestions.slice(0, SUGGESTIONS));
    if (card.sources.length) {
      var rests = put(box, 'section', 'sources');
      put(rests, 'h3', '', K.words.basis);
      var list = put(rests, 'ol');
      card.sources.forEach(function (one) { source(list, one); });
    }
    if (card.closing) put(box, 'p', 'closing', card.closing + (card.note ? ' ' + card.note : ''));
  };
  K.wipeAnswer = function () {
    var section = K.at('answer');
    section.querySelector('.pages').textContent = acts.textContent = section.querySelector('h1').textContent = '';
  };
  function handover(id) {
    var said = put(acts, 'p', '', K.words.hand_over[0]);
    K.button(acts, K.words.hand_over[1], '', function (one) {
      K.off(one, true);
      K.post('/api/handover', { answer_id: id }).then(function (response) { return response.json(); }).then(function (given) {
        said.textContent = (given.text || K.words.page.failed) + (given.number ? ' ' + K.fill(K.words.page.handover_number, given) + '。' + K.words.page.handover_keep : '');
        one.hidden = true;
        K.pages.answer.go(K.pages.answer.now);
      }).catch(function () {
        said.textContent = K.words.page.failed;
        K.off(one, false);
      });
    });
  }

  function empty() {
    return {
      danger: [], urgent: [], chip: '', asked: '', masked: '', question: '', heading: ['', []], more: [], ways: [],
      choices: [], blocks: [], missing: '', phones: [], suggestions: [], sources: [], closing: '', note: '', tone: ''
    };
  }
  K.fromReady = function (id) {
    var held = K.pack.answers[id];
    return Object.assign(empty(), {
      id: id, chip: K.words.chips.extract, asked: K.pack.day, question: held.question, heading: held.heading,
      more: held.more || [], blocks: held.blocks, phones: held.phones || [],
      sources: (held.sources || []).map(function (row) {
        return Object.assign({ numbers: row[1] }, K.pack.sources[row[0]]);
      }),
      closing: K.words.closing, note: held.reviewed ? '' : K.words.sources.not_reviewed
    });
  };
  function rows(one) { return one.lines.map(function (row) { return [row.text, row.marks]; }); }
  function asBlock(one) { return { kind: one.kind, heading: one.heading, lines: rows(one) }; }
  /* One place in a document is one line, with every number under which it is cited. */
  function merged(citations) {
    var held = {}, all = [];
    citations.forEach(function (one) {
      var key = [one.shown.title, one.shown.details, one.shown.tag, one.shown.secondhand, one.shown.quote].join('|');
      if (held[key]) held[key].numbers.push(one.number);
      else all.push(held[key] = Object.assign({}, one.shown, { numbers: [one.number] }));
    });
    return all;
  }
  K.fromAnswer = function (answer) {
    var shown = answer.shown, danger = [], rest = [];
    answer.blocks.forEach(function (one) {
      if (one.kind === 'danger') danger = danger.concat(one.lines.map(function (row) { return row.text; }));
      else rest.push(asBlock(one));
    });
    var first = rest[0] && rest[0].kind === 'conclusion' ? rest.shift() : null;
    var urgent = answer.contacts.filter(function (one) { return danger.length && one.urgent; });
    function row(one) { return [one.name, one.phone, one.hours || '']; }
    return Object.assign(empty(), {
      typed: true, share: shown.can_share ? answer.answer_id : '', handover: shown.can_hand_over ? answer.answer_id : '',
      danger: danger, urgent: urgent.map(row), chip: answer.label.chip, asked: answer.label.asked,
      masked: answer.masked ? K.words.page.masked : '', question: answer.understood, tone: shown.tone,
      heading: first ? first.lines[0] : [shown.heading, []], more: first ? first.lines.slice(1) : [],
      ways: shown.ways, choices: shown.choices, blocks: rest, missing: shown.missing,
      phones: answer.contacts.filter(function (one) { return urgent.indexOf(one) < 0; }).map(row),
      suggestions: shown.suggestions, sources: merged(answer.citations), closing: answer.label.closing,
      note: answer.label.not_reviewed
    });
  };
  /* What has come of an answer so far: finished blocks only. */
  K.soFar = function (start, blocks) {
    var given = blocks.length ? blocks : [];
    var card = K.fromAnswer({
      shown: { heading: '', tone: '', ways: [], choices: [], missing: '', suggestions: [] }, blocks: given,
      citations: [].concat.apply([], given.map(function (one) { return one.cited || []; })),
      contacts: start.contacts || [], understood: start.understood || '', label: { chip: K.words.chips[start.origin] || '', asked: '', closing: '', not_reviewed: '' }
    });
    card.phones = [];
    card.share = '';
    return card;
  };
})();
