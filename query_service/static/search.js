// On narrow windows the ways to narrow a search down are folded, so that the hits are in sight.
for (const folded of document.querySelectorAll("details.narrow")) {
  if (window.matchMedia("(width < 60rem)").matches) folded.open = false;
}
