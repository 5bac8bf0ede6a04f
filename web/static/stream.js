/* Reading a streamed answer: whole events out of whatever pieces the network brings. */
(function () {
  'use strict';
  /* give(name, data) for each event until over() says that nobody waits. The promise ends with the stream. */
  window.pufaStream = function (response, over, give) {
    var held = '';
    function event(part) {
      var name = '', data = '';
      part.split('\n').forEach(function (line) {
        if (line.indexOf('event: ') === 0) name = line.slice(7);
        if (line.indexOf('data: ') === 0) data += line.slice(6);
      });
      if (!over() && data) give(name, JSON.parse(data));
    }
    function take(text) {
      var parts = (held + text).split('\n\n');
      held = parts.pop();
      parts.forEach(event);
    }
    if (!response.body || !response.body.getReader) return response.text().then(take);
    var reader = response.body.getReader(), decoder = new TextDecoder();
    function next() {
      return reader.read().then(function (chunk) {
        if (over() || chunk.done) return undefined;
        take(decoder.decode(chunk.value, { stream: true }));
        return next();
      });
    }
    return next();
  };
})();
