// Shows the card of a cited instrument beside the citation while the pointer or the keyboard focus is on it.
// Without scripts every citation still is a link to its card at the end of the page.
(function () {
  "use strict";
  var card = document.getElementById("card");
  var current = null;
  var timer = 0;
  function hide() {
    card.hidden = true;
    if (current) { current.removeAttribute("aria-describedby"); }
    current = null;
  }
  function later() { clearTimeout(timer); timer = setTimeout(hide, 250); }
  function copy(id, wanted) {
    var from = document.getElementById(id);
    if (!from) { return; }
    var box = document.createElement("div");
    from.querySelectorAll(wanted).forEach(function (node) { box.appendChild(node.cloneNode(true)); });
    card.appendChild(box);
  }
  function show(link) {
    clearTimeout(timer);
    if (link === current) { return; }
    hide();
    card.textContent = "";
    if (link.classList.contains("cite")) { copy(link.getAttribute("href").slice(1), ".name, .title, .verdict, dl"); }
    (link.dataset.findings || "").split(" ").filter(Boolean).forEach(function (id) { copy(id, ".message"); });
    if (!card.childNodes.length) { return; }
    current = link;
    link.setAttribute("aria-describedby", "card");
    card.hidden = false;
    var place = link.getClientRects()[0];
    var left = Math.min(place.left, document.documentElement.clientWidth - card.offsetWidth - 8);
    var below = place.bottom + 6;
    var above = place.top - card.offsetHeight - 6;
    var top = below + card.offsetHeight > window.innerHeight && above > 0 ? above : below;
    card.style.left = Math.max(8, left) + window.scrollX + "px";
    card.style.top = top + window.scrollY + "px";
  }
  document.querySelectorAll(".document a").forEach(function (link) {
    link.addEventListener("mouseenter", function () { show(link); });
    link.addEventListener("mouseleave", later);
    link.addEventListener("focus", function () { show(link); });
    link.addEventListener("blur", later);
  });
  card.addEventListener("mouseenter", function () { clearTimeout(timer); });
  card.addEventListener("mouseleave", later);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
})();
