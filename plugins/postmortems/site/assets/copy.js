// Buttons that copy a text of the page. Without it the text is there to be selected.
(() => {
  document.documentElement.classList.add("pm-copies");

  const copied = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      return false; // no permission, or no secure connection
    }
  };
  const select = (source) => {
    source.closest("details")?.setAttribute("open", "");
    getSelection().selectAllChildren(source);
    source.parentElement.focus();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copies]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copies);
    const state = button.parentElement.querySelector("[role=status]");
    const done = await copied(source);
    if (!done) select(source);
    state.textContent = done ? button.dataset.done : button.dataset.failed;
  });
})();
