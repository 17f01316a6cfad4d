"""A lesson's words as the panes take them."""

from ..locales.language import current
from ..scenarios.catalogue import Lesson
from ..scenarios.words import HEADINGS
from ..widgets.lesson import Passage


def title(lesson: Lesson) -> str:
    """Return the title with the tutorial's section, if it is in the tutorial: "§9 Traffic light"."""
    name = lesson.words(current()).title
    return f"§{lesson.section} {name}" if lesson.section else name


def passages(lesson: Lesson) -> tuple[Passage, ...]:
    """Return what there is to read, under the headings of the language. Marks of code and stress are left out."""
    lang = current()
    words = lesson.words(lang)
    texts = (words.what, words.watch, words.try_next, words.surprise)
    return tuple(
        Passage(heading, text.replace("`", "").replace("**", ""))
        for heading, text in zip(HEADINGS[lang], texts, strict=True)
    )
