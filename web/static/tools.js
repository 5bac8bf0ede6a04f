/* What can be done with a finished card: copy, send on, print, give to the staff. Works on every card of a page. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, form = doc.getElementById('composer');
  if (!form || !window.fetch || !Element.prototype.closest) return;
  var words = JSON.parse(form.getAttribute('data-words'));
  var inWeChat = /MicroMessenger/i.test(navigator.userAgent);
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function post(url, content) {
    return fetch(url, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content)
    }).then(function (response) { return response.json(); });
  }
  if (inWeChat) {
    root.classList.add('wechat');
    var forward = doc.getElementById('forward');
    if (forward) forward.hidden = false;
  }

  /* The address that leads to this card: its own page, or one made for it now; asked for once. */
  function address(tools) {
    var own = tools.getAttribute('data-url');
    if (own) return Promise.resolve(own.charAt(0) === '/' ? location.origin + own : own);
    return post('/api/share', { answer_id: tools.getAttribute('data-answer') }).then(function (answer) {
      if (!answer.url) throw new Error('gone');
      tools.setAttribute('data-url', answer.url);
      return answer.url;
    });
  }
  /* The card as plain lines: label, answer, sources, phones, closing. */
  function lines(card) {
    var copy = card.cloneNode(true), found = [];
    each(copy.querySelectorAll('.sources li details, .feedback, .handover, .tools, .call, .listen, .edit, form'), function (one) {
      one.parentNode.removeChild(one);
    });
    each(copy.querySelectorAll('h2, h3, p, li'), function (one) {
      var text = one.textContent.replace(/\s+/g, ' ').trim();
      if (text && !one.querySelector('p, li')) found.push(text);
    });
    return found;
  }
  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () { return copyOld(text); });
    }
    return copyOld(text);
  }
  function copyOld(text) {
    var box = doc.createElement('textarea'), done = false;
    box.value = text;
    box.className = 'unseen';
    doc.body.appendChild(box);
    box.select();
    try { done = doc.execCommand('copy'); } catch (error) { done = false; }
    doc.body.removeChild(box);
    return done ? Promise.resolve() : Promise.reject(new Error('copy'));
  }
  /* Address under the printed card, QR code beside its conclusion. Resolves when the picture is there, or will not come. */
  function foot(card, url) {
    var line = card.querySelector('.printed') || card.appendChild(doc.createElement('p'));
    var code = card.querySelector('.paper') || card.insertBefore(doc.createElement('img'), card.firstChild);
    line.className = 'printed';
    line.textContent = words.page.made_here + url;
    code.alt = '';
    code.className = 'paper';
    return new Promise(function (done) {
      code.onload = code.onerror = done;
      code.src = new URL(url).pathname.replace(/\/$/, '') + '/qr.svg';
    });
  }
  /* Smaller letters for much text, so that it stays on one sheet. */
  function fit(card) {
    var much = 80 * card.querySelectorAll('.sources li').length;
    each(card.querySelectorAll('.block li, .block p'), function (line) { much += line.textContent.length + 20; });
    card.classList.toggle('long', much > 800);
    card.classList.toggle('longest', much > 1150);
    card.classList.toggle('fullest', much > 1500);
  }
  var acts = {
    copy: function (tools, card, tell) {
      address(tools).catch(function () { return location.origin + '/'; }).then(function (url) {
        return copyText(lines(card).concat(words.page.made_here + url).join('\n'));
      }).then(function () { tell(words.page.copied); }, function () { tell(words.page.not_copied); });
    },
    share: function (tools, card, tell) {
      address(tools).then(function (url) {
        if (inWeChat) { location.href = url; return undefined; }
        if (navigator.share) {
          var head = card.querySelector('h2').firstChild.textContent;
          return navigator.share({ title: doc.title, text: head, url: url }).catch(function () {});
        }
        return copyText(url).then(function () { tell(words.page.link_copied); });
      }).catch(function () { tell(words.page.not_copied); });
    },
    print: function (tools, card) {
      address(tools).catch(function () { return location.origin + '/'; }).then(function (url) {
        return doc.querySelector('.own') ? null : foot(card, url);
      }).then(function () {
        root.classList.add('print-one');
        fit(card);
        card.classList.add('print-this');
        window.print();
        root.classList.remove('print-one');
        card.classList.remove('print-this');
      });
    },
    edit: function (tools, card) {
      var box = doc.getElementById('question');
      box.value = card.querySelector('.understood b').textContent;
      box.dispatchEvent(new Event('input'));
      box.focus();
    }
  };
  doc.addEventListener('click', function (event) {
    var button = event.target.closest('[data-act]');
    if (!button || !acts[button.getAttribute('data-act')]) return;
    event.preventDefault();
    var card = button.closest('.card'), tools = card.querySelector('.tools');
    acts[button.getAttribute('data-act')](tools, card, function (text) {
      tools.querySelector('.told').textContent = text;
    });
  });

  /* A mark, or an address, that leads to something folded opens it; so does the printer. */
  function reveal(hash) {
    var target = hash.length > 1 && doc.getElementById(decodeURIComponent(hash.slice(1)));
    var fold = target && target.closest('details.rest');
    if (fold) { fold.open = true; target.scrollIntoView(); }
  }
  doc.addEventListener('click', function (event) {
    var mark = event.target.closest('.mark');
    if (mark) reveal(mark.hash);
  });
  reveal(location.hash);
  var opened = [], moved = [];
  addEventListener('beforeprint', function () {
    each(doc.querySelectorAll('details.rest:not([open])'), function (fold) { fold.open = true; opened.push(fold); });
    each(doc.querySelectorAll('.blocks .rest > .block'), mend);
  });
  addEventListener('afterprint', function () {
    moved.splice(0).reverse().forEach(function (one) {
      one.block.classList.remove('joined');
      one.parent.insertBefore(one.block, one.next);
    });
    opened.splice(0).forEach(function (fold) { fold.open = false; });
  });
  /* On paper the folded lines of a block follow its open ones, under the one heading. */
  function mend(block) {
    var open = block.parentNode.previousElementSibling;
    while (open && open.matches('.block:not(.conclusion)') && heading(open) !== heading(block)) open = open.previousElementSibling;
    if (!open || !open.matches('.block:not(.conclusion)') || !heading(block)) return;
    moved.push({ block: block, parent: block.parentNode, next: block.nextSibling });
    block.classList.add('joined');
    open.parentNode.insertBefore(block, open.nextSibling);
  }
  function heading(block) {
    var head = block.querySelector('h3');
    return head ? head.textContent : '';
  }

  /* 交给工作人员, told in the same place. */
  doc.addEventListener('submit', function (event) {
    var asked = event.target;
    if (!asked.classList.contains('handover')) return;
    event.preventDefault();
    post('/api/handover', { answer_id: asked.elements.answer_id.value }).then(function (answer) {
      if (!answer.number) throw new Error('not stored');
      var told = doc.createElement('div');
      told.className = 'handed';
      told.setAttribute('role', 'status');
      asked.parentNode.replaceChild(told, asked);
      [['notice', answer.text], ['ticket', words.page.handover_number.replace('{number}', answer.number)],
        ['', words.page.handover_keep]].forEach(function (row) {
        var line = told.appendChild(doc.createElement('p'));
        line.className = row[0];
        line.textContent = row[1];
      });
    }).catch(function () { HTMLFormElement.prototype.submit.call(asked); });
  });
})();
