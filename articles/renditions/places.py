"""Where pictures stand in the pages, and how wide they are there. Follows static/cms/css; a browser test holds both."""

from __future__ import annotations

from dataclasses import dataclass

DENSE, PHONE = 2, 3  # pixels a point: screens as wide as a desk, screens in a hand


@dataclass(frozen=True, slots=True)
class Step:
    """From this width of the window on, the picture's box is `size` wide, of the form `box` (width by height)."""

    from_px: int
    size: int
    unit: str = "px"
    box: float = 0  # 0: the picture is shown whole


HERO, TEXT, LEAD, FRONT, CARD, THUMB = "hero", "text", "lead", "front", "card", "thumb"
WIDE, BOX, ROW = "wide", "box", "row"  # BOX and ROW: a product alone, a product in a comparison
_SQUARE = Step(0, 96, box=1)
PLACES: dict[str, tuple[Step, ...]] = {
    HERO: (Step(1310, 1216, box=2.5), Step(0, 93, "vw", box=16 / 9)),
    TEXT: (Step(1280, 832), Step(650, 592), Step(0, 93, "vw")),
    LEAD: (Step(1310, 679, box=1.5), Step(800, 53, "vw", box=1.5), Step(0, 93, "vw", box=1.5)),
    WIDE: (Step(1310, 594, box=1.5), Step(672, 46, "vw", box=1.5), _SQUARE),
    FRONT: (Step(1024, 387, box=1.5), Step(672, 46, "vw", box=1.5), _SQUARE),
    CARD: (Step(672, 340, box=1.5), _SQUARE),
    THUMB: (_SQUARE,),
    BOX: (Step(0, 128),),
    ROW: (Step(0, 96),),
}


def sizes(place: str, ratio: float) -> str:
    """Return the attribute for a picture of that form: one that covers its box is wider than the box."""
    parts = []
    for step in PLACES[place]:
        condition = f"(min-width:{step.from_px}px) " if step.from_px else ""
        parts.append(f"{condition}{round(step.size * _factor(step, ratio))}{step.unit}")
    return ",".join(parts)


def enough(place: str, ratio: float) -> float:
    """Return the width in pixels beyond which no screen shows more."""
    widest, window = 0.0, 0
    for step in PLACES[place]:
        points = step.size * _factor(step, ratio)
        if step.unit == "vw":
            points *= window / 100
        widest = max(widest, points * (DENSE if step.from_px or step.unit == "vw" else PHONE))
        window = step.from_px
    return widest


def _factor(step: Step, ratio: float) -> float:
    return max(1.0, ratio / step.box) if step.box else 1.0
