/* 听一听: only where this phone has a Chinese voice. One sentence at a time; leaving the page stops it. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, speech = window.speechSynthesis;
  var form = doc.getElementById('composer'), voice = null, button = null;
  if (!form || !speech || !window.SpeechSynthesisUtterance || !speech.getVoices) return;
  var words = JSON.parse(form.getAttribute('data-words'));
  var PARTS = ['.block.conditions', '.block.comparison', '.block.amount', '.block.calculation', '.block.steps',
    '.block.where', '.contacts'];

  function look() {
    var found = Array.prototype.filter.call(speech.getVoices(), function (one) { return /^zh/i.test(one.lang); });
    if (!found.length) return false;
    voice = found[0];
    root.classList.add('voice');
    return true;
  }
  if (!look() && speech.addEventListener) {
    speech.addEventListener('voiceschanged', look);
    setTimeout(function () { speech.removeEventListener('voiceschanged', look); }, 2000);
  }

  function sentences(text) {
    return (text.replace(/〔\d+〕/g, '').match(/[^。！？；\n]+[。！？；]?/g) || []).reduce(function (all, one) {
      one = one.replace(/\s+/g, ' ').trim();
      for (; one.length > 60; one = one.slice(60)) all.push(one.slice(0, 60));
      return one ? all.concat(one) : all;
    }, []);
  }
  function spoken(card) {
    var model = card.querySelector('.chip').textContent === words.chips.model;
    var text = [model ? words.page.spoken_model : words.page.spoken_program, card.querySelector('h2').textContent];
    PARTS.forEach(function (part) {
      Array.prototype.forEach.call(card.querySelectorAll(part), function (block) {
        Array.prototype.forEach.call(block.querySelectorAll('h3, p, li'), function (line) {
          text.push(line.textContent);
        });
      });
    });
    return sentences(text.join('\n'));
  }
  function stop() {
    if (button) button.textContent = words.buttons.listen;
    button = null;
    speech.cancel();
  }
  function say(queue, mine) {
    if (button !== mine) return;
    if (!queue.length) { stop(); return; }
    var one = new SpeechSynthesisUtterance(queue[0]);
    one.voice = voice;
    one.lang = 'zh-CN';
    one.rate = 0.9;
    one.onend = function () { say(queue.slice(1), mine); };
    one.onerror = function () { if (button === mine) stop(); };
    speech.speak(one);
  }
  doc.addEventListener('click', function (event) {
    var pressed = event.target.closest('[data-act=listen]');
    if (!pressed) return;
    var again = pressed === button;
    stop();
    if (again) return;
    button = pressed;
    button.textContent = words.buttons.listen_stop;
    say(spoken(pressed.closest('.card')), pressed);
  });
  addEventListener('pagehide', stop);
})();
