/* 加文件: files may be dropped on the field; the page works without. */
(() => {
  "use strict";
  const drop = document.getElementById("drop");
  const input = document.getElementById("files");
  if (!drop || !input || !("files" in input)) return;
  drop.querySelector(".js-drop").hidden = false;
  const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("over", on); };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
})();
