// What can be scrolled sideways can be reached and scrolled by keys; and the theme's buttons on code get a name.
(() => {
  const reach = () => {
    for (const box of document.querySelectorAll(".pm-scroll, .md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
    document.querySelectorAll("nav.md-code__nav").forEach((each) => each.setAttribute("role", "presentation"));
  };
  addEventListener("load", reach);
  addEventListener("resize", reach);
})();
