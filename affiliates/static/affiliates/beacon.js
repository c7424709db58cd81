// Counts opened articles, paid links that come into sight, and clicks on links that lead straight to a shop.
// Sends the numbers of the article and of the places, nothing about the reader; and nothing if the reader objects.
(function () {
  var article = document.currentScript.dataset.article;
  if (navigator.globalPrivacyControl || !navigator.sendBeacon) return;
  var isOpened = false, seen = [], timers = new Map(), later;

  function click(event) {
    if (event.type === "auxclick" && event.button !== 1) return;
    var link = event.target instanceof Element && event.target.closest("a[data-placement]");
    if (link) navigator.sendBeacon("/go/beacon/", link.dataset.placement);
  }
  document.addEventListener("click", click, true);
  document.addEventListener("auxclick", click, true);
  if (!article) return;

  function send(word) {
    if (word || seen.length) navigator.sendBeacon("/go/seen/", [article].concat(word || [], seen.splice(0)).join(" "));
  }
  function show() {
    if (document.visibilityState === "hidden") send();
    else if (!isOpened) send((isOpened = true) && "view");
  }
  function place(link) {
    return link.dataset.placement || (/^\/go\/[^/]+\/(\w{6})\/$/.exec(link.getAttribute("href")) || [])[1];
  }
  document.addEventListener("visibilitychange", show);
  addEventListener("pagehide", function () { send(); });
  show();

  // In sight: half of the link, for a second.
  if (!window.IntersectionObserver) return;
  var observer = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      clearTimeout(timers.get(entry.target));
      if (entry.isIntersecting) timers.set(entry.target, setTimeout(note, 1000, entry.target));
    });
  }, { threshold: 0.5 });
  function note(link) {
    observer.unobserve(link);
    seen.push(place(link));
    clearTimeout(later);
    if (seen.length > 29) send();
    else later = setTimeout(send, 2000);
  }
  document.querySelectorAll("a.paid").forEach(function (link) { if (place(link)) observer.observe(link); });
})();
