/* Letters -> words. No page, no storage: given the dictionary it answers what a run of letters may mean. */
(function () {
  'use strict';
  /* What one step costs; the cheaper reading stands first. Tried out on the phrases of the tests. */
  var COST = { fuzzy: 2, initial: 3, missing: 3, word: 6, char: 11, half: 1 };
  var PER_RANK = 0.7, CHAR_RANK = 25, WIDTH = 60;
  /* Finals after hu- and after f-, which this region speaks alike. */
  var HU_F = [['u', 'u'], ['ua', 'a'], ['uan', 'an'], ['uang', 'ang'], ['ui', 'ei'], ['un', 'en'], ['uo', 'o']];

  function put(found, spelled, cost) {
    if (!(spelled in found) || found[spelled] > cost) found[spelled] = cost;
  }
  function initials(first, rest) {
    var alike = { zh: 'z', z: 'zh', ch: 'c', c: 'ch', sh: 's', s: 'sh', n: 'l', l: 'n' }[first];
    var all = [[first, rest, 0]];
    if (alike) all.push([alike, rest, COST.fuzzy]);
    HU_F.forEach(function (pair) {
      if (first === 'h' && rest === pair[0]) all.push(['f', pair[1], COST.fuzzy]);
      if (first === 'f' && rest === pair[1]) all.push(['h', pair[0], COST.fuzzy]);
    });
    if (rest === 'v') all.push([first, 'u', COST.fuzzy]);
    return all;
  }
  function finals(rest) {
    var all = [[rest, 0]];
    if (/(e|i)ng$/.test(rest)) all.push([rest.slice(0, -1), COST.fuzzy]);
    else if (/(^|[^u])(e|i)n$/.test(rest)) all.push([rest + 'g', COST.fuzzy]);
    return all;
  }
  /* Every way a syllable may be typed, with its cost. */
  function spellings(syllable) {
    var parts = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)$/.exec(syllable), found = {};
    initials(parts[1], parts[2]).forEach(function (start) {
      finals(start[1]).forEach(function (end) { put(found, start[0] + end[0], start[2] + end[1]); });
    });
    return Object.keys(found).map(function (spelled) { return [spelled, found[spelled]]; });
  }

  window.pufaPinyin = function (dictionary) {
    var known = {}, heads = {};
    function variants(syllable) { return known[syllable] || (known[syllable] = spellings(syllable)); }
    function shelve(entry) {
      var letters = {};
      variants(entry.sounds[0]).forEach(function (way) { letters[way[0][0]] = true; });
      Object.keys(letters).forEach(function (letter) { (heads[letter] = heads[letter] || []).push(entry); });
    }
    dictionary.words.split('\n').forEach(function (line, rank) {
      var parts = line.split(' ');
      if (parts.length > 1) shelve({ text: parts[0], sounds: parts.slice(1), weight: COST.word + PER_RANK * Math.log2(rank + 2) });
    });
    Object.keys(dictionary.chars).forEach(function (syllable) {
      Array.from(dictionary.chars[syllable]).forEach(function (char, place) {
        shelve({ text: char, sounds: [syllable], weight: COST.char + PER_RANK * Math.log2(CHAR_RANK * (place + 1)) });
      });
    });

    /* Where a word may end in the letters and what that costs. whole: every syllable was typed in full. */
    function ends(entry, letters, from) {
      var found = [], at = [{ place: from, cost: 0, whole: true }];
      function end(place, cost, left, whole) {
        found.push({ entry: entry, place: place, cost: cost + entry.weight + left * COST.missing, left: left, whole: whole });
      }
      entry.sounds.forEach(function (sound, index) {
        var left = entry.sounds.length - index, next = [], short = entry.sounds.length > 1;
        at.forEach(function (here) {
          var rest = letters.slice(here.place);
          if (!rest) { if (index) end(here.place, here.cost, left, false); return; }
          variants(sound).forEach(function (way) {
            if (rest.startsWith(way[0])) {
              next.push({ place: here.place + way[0].length, cost: here.cost + way[1], whole: here.whole });
            } else if (way[0].startsWith(rest) && (rest.length > 1 || !short)) {
              end(letters.length, here.cost + way[1] + COST.half, left - 1, false);
            }
          });
          if (short && rest[0] === sound[0]) next.push({ place: here.place + 1, cost: here.cost + COST.initial, whole: false });
          if (short && /^[zcs]h/.test(sound) && rest.startsWith(sound.slice(0, 2))) {
            next.push({ place: here.place + 2, cost: here.cost + COST.initial, whole: false });
          }
        });
        at = next;
      });
      at.forEach(function (here) { end(here.place, here.cost, 0, here.whole); });
      return found;
    }
    function from(letters, start) {
      return (heads[letters[start]] || []).reduce(function (all, entry) { return all.concat(ends(entry, letters, start)); }, []);
    }
    /* The cheapest row of words through all letters; '' where there is none. */
    function sentence(letters) {
      var best = [{ cost: 0, text: '', words: 0 }];
      for (var start = 0; start < letters.length; start += 1) {
        if (!best[start]) continue;
        from(letters, start).forEach(function (step) {
          var cost = best[start].cost + step.cost, held = best[step.place];
          if (step.left && step.place < letters.length) return;
          if (!held || held.cost > cost) {
            best[step.place] = { cost: cost, text: best[start].text + step.entry.text, words: best[start].words + 1 };
          }
        });
      }
      var last = best[letters.length];
      return last && last.words > 1 ? last.text : '';
    }

    /* What the letters may mean, best first: [{text, used}], used = how many letters it stands for. */
    return function (typed) {
      var letters = typed.toLowerCase().replace(/[^a-z]/g, '').slice(0, 40), seen = {}, found = [];
      if (!letters) return [];
      function add(text, used) {
        if (!text || seen[text]) return;
        seen[text] = true;
        found.push({ text: text, used: used });
      }
      var steps = from(letters, 0).sort(function (one, other) { return one.cost - other.cost; });
      var all = steps.filter(function (step) { return step.place === letters.length; });
      var row = sentence(letters);
      if (!all.some(function (step) { return step.whole; })) {
        all.slice(0, 2).forEach(function (step) { add(step.entry.text, letters.length); });
        add(row, letters.length);
      }
      all.slice(0, WIDTH).forEach(function (step) { add(step.entry.text, letters.length); });
      add(row, letters.length);
      steps.filter(function (step) { return step.place < letters.length && step.whole; })
        .sort(function (one, other) { return other.place - one.place || one.cost - other.cost; })
        .slice(0, WIDTH * 2).forEach(function (step) { add(step.entry.text, step.place); });
      return found;
    };
  };
})();
