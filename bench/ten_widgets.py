"""A plain Textual app of ten widgets: the peer that `bench/start.py` measures against."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import (
    Button,
    DataTable,
    Footer,
    Header,
    Input,
    Label,
    ListItem,
    ListView,
    ProgressBar,
    TextArea,
    Tree,
)


class TenWidgets(App[None]):
    """Header, footer and eight widgets with a little in each."""

    TITLE = "ten widgets"
    BINDINGS: ClassVar = [("q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield Header()
        yield Label("The first frame is there.")
        with Horizontal():
            yield ListView(*(ListItem(Label(f"item {number}")) for number in range(3)))
            yield Tree("tree")
            yield DataTable[str]()
        yield TextArea("print('hello')\n", read_only=True)
        yield ProgressBar(total=10)
        yield Input(placeholder="input")
        yield Button("button")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns("worker", "state", "line")
        table.add_rows([f"Thread-{number}", "running", str(number)] for number in range(20))


if __name__ == "__main__":
    TenWidgets().run()
