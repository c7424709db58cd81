"""The parts of the article page that browser tests take hold of."""


def text(page):
    return page.get_by_label("Text in Markdown")


def preview(page):
    return page.frame_locator("[data-frame]")


def value(page):
    return text(page).input_value()


def saved(page):
    """Where the page says when it was saved."""
    return page.locator("[data-saved]")


def choose(page, words):
    """Select words in the textarea."""
    text(page).evaluate(
        "(area, words) => { const at = area.value.indexOf(words); area.focus();"
        " area.setSelectionRange(at, at + words.length); }",
        words,
    )
