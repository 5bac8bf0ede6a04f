/* The last ten answers of this tab, on the start page; gone with the tab or with 清空记录. And the service worker. */
(function () {
  'use strict';
  var doc = document, KEY = 'pufa-talk', KEPT = 10;
  function read() {
    try { return JSON.parse(sessionStorage.getItem(KEY) || '[]'); } catch (error) { return []; }
  }
  function write(rows) {
    try {
      if (rows.length) sessionStorage.setItem(KEY, JSON.stringify(rows));
      else sessionStorage.removeItem(KEY);
    } catch (error) { /* private mode or full: nothing is kept */ }
  }
  function forget() { write([]); }
  window.pufaTalk = { forget: forget, add: function (question, answer) {
    if (!answer.answer_id || answer.blocks.some(function (block) { return block.kind === 'danger'; })) return;
    write(read().concat([{ question: question, answer: answer }]).slice(-KEPT));
  } };
  if (/[?&]cleared=1/.test(location.search)) forget();
  each(doc.querySelectorAll('form[action="/end"]'), function (form) { form.addEventListener('submit', forget); });
  function each(list, act) { Array.prototype.forEach.call(list, act); }

  var welcome = doc.querySelector('.welcome'), rows = read();
  if (welcome && rows.length && window.pufaCard) {
    var part = doc.createElement('details'), talk = doc.createElement('ol');
    var summary = part.appendChild(doc.createElement('summary'));
    summary.textContent = window.pufaWords.labels.history;
    part.className = 'history';
    talk.className = 'talk';
    part.appendChild(talk);
    rows.forEach(function (row) { window.pufaCard(talk, row.question, row.answer); });
    var wipe = part.appendChild(doc.createElement('button'));
    wipe.type = 'button';
    wipe.textContent = window.pufaWords.buttons.clear_all;
    wipe.addEventListener('click', function () {
      forget();
      fetch('/api/conversations/' + rows[rows.length - 1].answer.conversation_id + '/end', { method: 'POST' })
        .catch(function () {}).then(function () { location.replace('/?cleared=1'); });
    });
    welcome.insertBefore(part, welcome.querySelector('.topics'));
  }
  if ('serviceWorker' in navigator && window.top === window) {
    addEventListener('load', function () {
      setTimeout(function () { navigator.serviceWorker.register('/sw.js').catch(function () {}); }, 0);
    });
  }
})();
