"""A lesson's words have a title and four headings, and what is laid out otherwise is named with its line."""

import pytest
from concurrency_tui.scenarios.words import HEADINGS, Words, WordsError, parse

TEXT = """
# A title

## What it is

One.

Two.

## What to watch
- three

## Try next

four
## What surprises people

five
"""


def test_sections_are_told_apart():
    assert parse(TEXT, "en") == Words("A title", "One.\n\nTwo.", "- three", "four", "five")


def test_chinese_has_headings_of_its_own():
    text = "# 标题\n" + "".join(f"## {heading}\n{heading}。\n" for heading in HEADINGS["zh"])
    assert parse(text, "zh") == Words("标题", *(f"{heading}。" for heading in HEADINGS["zh"]))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("# A title", "A title", "line 2: the file begins with A title, not with # and the title"),
        ("# A title", "# ", "line 2: the file begins with #, not with # and the title"),
        ("# A title", "# A title\nmore", "line 2: words between the title and the first heading"),
        ("## Try next\n", "## Try it\n", "line 13: the heading is ## Try it instead of ## Try next"),
        ("## Try next\n\nfour\n", "", "line 13: the heading is ## What surprises people instead of ## Try next"),
        ("- three\n", "", "line 10: nothing under ## What to watch"),
        ("## What surprises people\n\nfive", "", "the heading ## What surprises people is missing"),
        ("five", "five\n## More\nsix", "line 19: ## More is one heading too many"),
        ("five", "five\n# Another title\nsix", "line 19: # Another title is one heading too many"),
        (TEXT, "", "line 1: the file begins with '', not with # and the title"),
    ],
)
def test_what_is_laid_out_otherwise_is_named(old, new, complaint):
    with pytest.raises(WordsError) as raised:
        parse(TEXT.replace(old, new, 1), "en")
    assert str(raised.value) == complaint
