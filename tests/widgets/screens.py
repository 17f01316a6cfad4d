"""Reads what a pane shows, for tests that ask what is where rather than how it looks."""

from concurrency_tui.widgets.pane import LinePane


def lines(pane: LinePane) -> list[str]:
    """Return the lines on screen as text, without what is blank at their ends."""
    return [pane.render_line(row).text.rstrip() for row in range(pane.rows)]


def title(pane: LinePane) -> str:
    """Return what stands in the upper border, without the border."""
    return " ".join((pane._border_title or "").plain.replace("─", " ").split())


def footnote(pane: LinePane) -> str:
    """Return what stands in the lower border."""
    return pane._border_subtitle.plain if pane._border_subtitle else ""
