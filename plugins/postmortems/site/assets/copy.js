// Buttons that copy a text of the page, or a file of the site. Without it the text is there to be selected, and a link
// leads to the file.
(() => {
  document.documentElement.classList.add("pm-copies");

  // A citation ends with the address of its page, which only the browser knows where the site was not told.
  if (location.origin !== "null") {
    for (const place of document.querySelectorAll("[data-address]")) {
      place.textContent = ` ${location.origin}${location.pathname}`;
    }
  }

  const fetched = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return new Blob([await answer.text()], { type: "text/plain" });
  };
  const copied = async (button, source) => {
    try {
      if (source) await navigator.clipboard.writeText(source.textContent);
      // Handed over as a promise: some browsers forget the click while they wait for a file.
      else await navigator.clipboard.write([new ClipboardItem({ "text/plain": fetched(button.dataset.copiesFile) })]);
      return true;
    } catch {
      return false; // no permission, no secure connection, or no such file
    }
  };
  const select = (source) => {
    source.closest("details")?.setAttribute("open", "");
    getSelection().selectAllChildren(source);
    source.closest("[tabindex]").focus();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copies], [data-copies-file]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copies);
    const state = button.parentElement.querySelector("[role=status]");
    state.textContent = ""; // so that the same is told again
    const done = await copied(button, source);
    if (!done && source) select(source);
    state.textContent = done ? button.dataset.done : button.dataset.failed;
  });
})();
