// Services that are picked make the checklist that is copied: one for each, below each other. None picked: the whole.
// What is picked is in the address, so that it can be sent.
(() => {
  const pick = document.querySelector("[data-pick]");
  if (!pick) return;
  const target = document.getElementById(pick.dataset.pick);
  const state = target.closest(".pm-copy").querySelector("[role=status]");
  const boxes = [...pick.querySelectorAll("input")];
  const whole = target.textContent;
  const fill = () => {
    const picked = boxes.filter((box) => box.checked);
    const parts = picked.map((box) => document.getElementById(box.dataset.from).textContent);
    target.textContent = parts.join("\n") || whole;
  };

  const asked = new URLSearchParams(location.search).getAll(boxes[0].name);
  for (const box of boxes) box.checked = asked.includes(box.value);
  fill();
  pick.hidden = false;
  pick.addEventListener("change", () => {
    fill();
    state.textContent = "";
    const query = new URLSearchParams(boxes.filter((box) => box.checked).map((box) => [box.name, box.value]));
    history.replaceState(null, "", query.size ? `?${query}${location.hash}` : location.pathname + location.hash);
  });
})();
