"""The language that is spoken, and texts in it."""

import pytest
from concurrency_tui.locales.language import LANGUAGES, NAMES, current, kept, speaking, use
from concurrency_tui.locales.words import N_, _, ngettext, npgettext, pgettext
from concurrency_tui.trace.narrate_words import say


def test_english_is_spoken_until_another_language_is_chosen():
    assert current() == "en"
    with speaking("zh"):
        assert current() == "zh"
    assert current() == "en"


def test_every_language_has_a_name_and_can_be_spoken():
    assert tuple(NAMES) == LANGUAGES
    for lang in LANGUAGES:
        with speaking(lang):
            assert current() == lang


def test_a_language_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no language 'xx'"):
        use("xx")
    assert current() == "en"


def test_the_language_comes_back_after_an_error():
    with pytest.raises(KeyError), speaking("zh"):
        raise KeyError
    assert current() == "en"


def test_fields_are_filled_in_and_never_read_as_templates():
    assert _("{name} waits", name="{other}") == "{other} waits"
    assert pgettext("some context", "{count:,} left", count=1234) == "1,234 left"


def test_a_text_without_fields_may_have_braces():
    assert _("a {set}") == "a {set}"


def test_a_number_chooses_the_form():
    assert [ngettext("{count} car", "{count} cars", count) for count in (0, 1, 2)] == ["0 cars", "1 car", "2 cars"]
    assert npgettext("road", "{count} car of {name}", "{count} cars of {name}", 1, name="x") == "1 car of x"


def test_a_mark_changes_nothing():
    assert N_("play") == "play"


def test_a_text_that_no_catalogue_has_is_said_in_english():
    with speaking("zh"):
        assert _("no catalogue has this") == "no catalogue has this"


def test_sentences_of_a_run_follow_the_language():
    with speaking("zh"):
        chinese = say("noun.somebody")
    assert chinese not in ("", say("noun.somebody"))


def test_what_is_kept_is_forgotten_with_the_language():
    asked = []

    @kept(8)
    def answer(question: str) -> str:
        asked.append(question)
        return f"{question} {current()}"

    assert [answer("a"), answer("a")] == ["a en", "a en"]
    with speaking("zh"):
        assert answer("a") == "a zh"
    assert answer("a") == "a en"
    assert asked == ["a", "a", "a"]
