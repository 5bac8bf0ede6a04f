/* What a person takes along: the code of the answer's page, the numbers to call, a slip of paper. */
(function () {
  'use strict';
  var K = window.pufaKiosk;
  if (!K) return;
  var side = K.at('answer').querySelector('.side'), printing = /[?&]print=1(&|$)/.test(location.search), shown = null;

  /* card: what stands on the screen; null while an answer is being made. */
  K.side = function (card) {
    shown = card;
    side.textContent = '';
    side.hidden = !card;
    if (!card) return;
    var code = K.put(side, 'div', 'code'), told = K.put(side, 'div', 'more');
    if (card.id && K.words.base) picture(side, '/kiosk/qr/' + card.id + '.svg', K.words.base + '/entries/' + card.id, K.k.take);
    else if (card.share && K.words.base) {
      K.button(code, K.k.take_typed, 'main-act', function (one) { fetchCode(one, card.share); });
    } else if (card.id || card.share) K.put(code, 'p', 'under-qr', K.k.qr_none);
    else code.hidden = true;
    var list = K.put(told, 'ul', 'quick');
    K.words.help.slice(-2).forEach(function (row) {
      var item = K.put(list, 'li');
      K.put(item, 'b', 'number', row[1]);
      item.appendChild(document.createTextNode(' ' + row[0]));
    });
    if (printing && !card.danger.length) slips(told, card);
  };
  function picture(parent, source, address, words) {
    var code = parent.querySelector('.code'), more = parent.querySelector('.more');
    code.textContent = '';
    var image = K.put(code, 'img', 'qr');
    image.alt = '二维码，内容是网址 ' + address;
    image.draggable = false;
    image.addEventListener('error', function () { image.remove(); });
    image.src = source;
    more.insertBefore(K.el('p', 'link', address), more.firstChild);
    more.insertBefore(K.el('p', 'under-qr', words), more.firstChild);
  }
  function fetchCode(one, id) {
    K.off(one, true);
    one.textContent = K.k.take_wait;
    return K.post('/api/kiosk/take', { answer_id: id }).then(function (response) {
      return response.ok ? response.json() : { url: null };
    }).catch(function () { return { url: null }; }).then(function (given) {
      if (!shown || shown.share !== id) return;
      if (given.url) { picture(side, given.qr, given.url, given.lasts ? K.k.take : K.k.take_kept); K.pages.answer.go(K.pages.answer.now); return; }
      one.textContent = K.k.take_typed;
      K.off(one, false);
      K.say(K.k.take_failed);
      var said = side.querySelector('.alert') || K.put(side.querySelector('.code'), 'p', 'alert');
      said.textContent = K.k.take_failed;
    });
  }
  function slips(parent, card) {
    var row = K.put(parent, 'div', 'slips');
    K.button(row, K.k.print, '', function () { slip(false); });
    if (card.typed && card.question) K.button(row, K.k.print_question, '', function () { slip(true); });
  }
  /* A ready question is everybody's; a typed one is printed only when asked for. */
  function slip(asked) {
    document.body.classList.toggle('with-question', asked || !shown.typed);
    window.print();
    document.body.classList.remove('with-question');
  }
})();
