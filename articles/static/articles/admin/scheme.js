// A framed page of the site in the colours of the admin. The site follows the system's preference only, and an editor
// may have chosen the other scheme for the admin: its rules for dark are then switched on or off from here.

const DARK = "(prefers-color-scheme: dark)";

function darkRules(sheet) {
  return [...sheet.cssRules].flatMap((rule) => {
    if (rule.styleSheet) return darkRules(rule.styleSheet);
    return rule.media?.mediaText === DARK ? [rule] : [];
  });
}

function followTheme(frame) {
  let rules = [];

  function wear() {
    const isDark = document.documentElement.classList.contains("dark");
    for (const rule of rules) rule.media.mediaText = isDark ? "all" : "not all";
    const root = frame.contentDocument?.documentElement;
    if (root) root.style.colorScheme = isDark ? "dark" : "light";
  }

  function start() {
    rules = [...(frame.contentDocument?.styleSheets ?? [])].flatMap(darkRules);
    wear();
  }

  frame.addEventListener("load", start);
  if (frame.contentDocument?.readyState === "complete") start();
  new MutationObserver(wear).observe(document.documentElement, { attributeFilter: ["class"] });
}

document.querySelectorAll("iframe").forEach(followTheme);
