"""Rows: measured in cells, cut where there is no room, painted as wide as asked."""

from concurrency_tui.widgets.drawings.bars import bar
from concurrency_tui.widgets.drawings.ink import Span, across, beside, clip, length, middle, padded, row, spread, strip
from concurrency_tui.widgets.drawings.scene import Who, seconds
from concurrency_tui.widgets.palette import DARK_PAINT
from hypothesis import given
from hypothesis import strategies as some

texts = some.text(some.characters(categories=["L", "N", "P", "S", "Mn", "Zs"]), max_size=12)
rows = some.lists(texts, max_size=6).map(lambda parts: row(*map(Span, parts)))
widths = some.integers(0, 40)


@given(rows, widths)
def test_rows_are_cut_and_filled_to_the_cell(line, width) -> None:
    assert length(clip(line, width)) <= width
    assert length(padded(line, width)) == width
    assert strip(line, width, DARK_PAINT).cell_length == width
    if length(line) <= width:
        assert clip(line, width) == line


@given(rows, rows, widths)
def test_two_ends_share_a_row(left, right, width) -> None:
    assert length(spread(left, right, width)) == width


@given(some.lists(rows, min_size=1, max_size=4), some.lists(rows, max_size=4), widths)
def test_pictures_stand_side_by_side(left, right, width) -> None:
    assert all(length(line) <= width for line in beside(left, right, width))


def test_pictures_of_equal_height_are_joined() -> None:
    one, two = [row("a"), row("b")], [row("c"), row("d")]
    assert ["".join(span.text for span in line) for line in across([one, two], gap=1)] == ["a c", "b d"]


@given(some.integers(0, 10**12), some.integers(0, 10**12), widths)
def test_bars_fill_their_width(value, longest, width) -> None:
    assert len(bar(value, longest, width)) == width


def test_text_is_centred_by_cells() -> None:
    assert middle("中", 6) == "  中  "
    assert middle("abcdef", 4) == "abc…"


def test_times_are_said_in_fitting_units() -> None:
    said = [seconds(time) for time in (0, 12_000, 5_000_000, 1_250_000_000, 245_000_000_000)]
    assert said == ["0.0 s", "12 µs", "5 ms", "1.2 s", "4 min 05 s"]


def test_a_tag_tells_workers_apart() -> None:
    tags = [Who(name).tag for name in ("Thread-12", "car 7", "reader", "ThreadPoolExecutor-0_3", "worker 12345")]
    assert tags == ["12", "7", "re", "3", "345"]
