"""The tree of the runs made on the stage: which choice led to which end. `enter` goes there."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from ...locales.words import N_, _
from ...trace.narrate import ended
from ...trace.sanitize import clean
from ..bindings import ON_TOP
from ..branches import Bookmark, Branch, Branches
from ..footer import KeyLine

Place = tuple[Branch, int | None]
"""A run, and a position in it or None for the one last looked at."""


def ending(branch: Branch) -> str:
    """Return how a run ended, in a few words."""
    trace = branch.trace
    if not branch.kept:
        return _("made again when opened")
    if not trace.complete:
        return _("{count:,} steps so far", count=trace.last_step)
    return _("{outcome}, {count:,} steps", outcome=ended(trace.state(len(trace)).outcome), count=trace.last_step)


class RunTree(Tree[Place]):
    """The tree itself. Enter is named in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "select_cursor", N_("go there"), id="branches.go", tooltip=N_("Show the run, or the bookmark.")
        ),
    ]


class BranchTree(ModalScreen[Place | None]):
    """Ends with the place to go to, or None."""

    CSS_PATH = "branches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b", "close", N_("close"), id="branches.close", tooltip=N_("Stay where you are.")),
        ON_TOP,
    ]

    def __init__(self, branches: Branches) -> None:
        super().__init__()
        self._branches = branches

    def compose(self) -> ComposeResult:
        """Lay out the tree."""
        with Vertical(id="branches") as box:
            box.border_title = _("Runs")
            tree = RunTree(_("Runs"))
            tree.show_root = False
            tree.guide_depth = 3
            yield tree
            yield Static(
                _("1-9 on the stage lets another worker run: a branch. Nothing is lost by going back."),
                id="branches-hint",
                markup=False,
            )
        yield KeyLine()

    async def on_language_changed(self) -> None:
        """Write everything in the other language."""
        await self.recompose()
        self.on_mount()

    def on_mount(self) -> None:
        """Grow the tree, with the cursor on the run that is shown."""
        tree = self.query_one(RunTree)
        shown = None
        for root in self._branches.roots:
            shown = self._grow(tree.root, root) or shown
        tree.focus()
        if shown is not None:
            self.call_after_refresh(tree.move_cursor, shown)

    def _grow(self, parent: TreeNode[Place], branch: Branch) -> TreeNode[Place] | None:
        """Add a run with its bookmarks and branches; return the node of the shown run if it is among them."""
        node = parent.add(self._label(branch), data=(branch, None), expand=True)
        shown = node if branch is self._branches.shown else None
        for bookmark in branch.bookmarks:
            node.add_leaf(self._note(bookmark), data=(branch, bookmark.position))
        for child in branch.children:
            shown = self._grow(node, child) or shown
        node.allow_expand = bool(node.children)
        return shown

    def _label(self, branch: Branch) -> Text:
        here = branch is self._branches.shown
        mark = "● " if here else "○ "
        return Text.assemble(
            mark,
            (clean(branch.reason()), "bold" if here else ""),
            (f"  {clean(ending(branch))}", "dim"),
        )

    def _note(self, bookmark: Bookmark) -> Text:
        return Text.assemble("⚑ ", clean(bookmark.note), (_("  step {step:,}", step=bookmark.step), "dim"))

    @on(Tree.NodeSelected)
    def _chosen(self, event: Tree.NodeSelected[Place]) -> None:
        self.dismiss(event.node.data)

    def action_close(self) -> None:
        """Stay."""
        self.dismiss(None)
