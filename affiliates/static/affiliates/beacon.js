// Counts clicks on paid links that lead straight to a shop: sends the place of the link, nothing about the reader.
(function () {
  if (navigator.globalPrivacyControl || !navigator.sendBeacon) return;
  function count(event) {
    if (event.type === "auxclick" && event.button !== 1) return;
    var link = event.target instanceof Element && event.target.closest("a[data-placement]");
    if (link) navigator.sendBeacon("/go/beacon/", link.dataset.placement);
  }
  document.addEventListener("click", count, true);
  document.addEventListener("auxclick", count, true);
})();
