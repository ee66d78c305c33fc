// `/` leads to the search page from everywhere, unless someone is typing.
(() => {
  const page = new URL("../../search/", document.currentScript.src);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    const field = document.querySelector("#pm-find");
    if (field) field.focus();
    else location.assign(page);
  });
})();
