/* The desk lives without this. With it: a warning two minutes before the session ends. */
(() => {
  "use strict";
  const body = document.body;
  const minutes = Number(body.dataset.warnAfter);
  const bar = document.getElementById("session-warning");
  if (!minutes || !bar) return;
  let timer = 0;
  const start = () => {
    clearTimeout(timer);
    bar.hidden = true;
    timer = setTimeout(() => { bar.hidden = false; }, minutes * 60000);
  };
  const stay = document.getElementById("session-stay");
  stay.addEventListener("click", () => {
    fetch("/staff/stay", { method: "POST", headers: { "x-csrf-token": body.dataset.csrf } })
      .then((answer) => { if (answer.ok) start(); });
  });
  start();
})();
