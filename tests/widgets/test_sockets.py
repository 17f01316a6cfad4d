"""Sockets: the two ends of a connection, what is on its way, the backlog, and crowds of connections."""

import pytest
from concurrency_tui.trace.events import Kind, WorkerFlag
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets import drawings
from concurrency_tui.widgets.drawings import brief
from concurrency_tui.widgets.drawings.ink import length, strip
from concurrency_tui.widgets.drawings.scene import Scene
from concurrency_tui.widgets.drawings.socket_crowd import Tall
from concurrency_tui.widgets.drawings.socket_facts import Crowded, look
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.objects_order import wholes
from concurrency_tui.widgets.palette import DARK_PAINT, Paint
from concurrency_tui.widgets.tints import DARK

from .. import canned_net
from ..canned_net import Net
from .gallery_objects import Stand
from .hostile import NAMES

WIDTHS = (4, 16, 28, 38, 47, 48, 60, 64, 83, 120)


def said(trace: Trace, position: int = -1, width: int = 60, bands: int = 0) -> str:
    """Return what the pictures at a cursor say, by default at the end."""
    position = position if position >= 0 else len(trace)
    state = trace.state(position)
    rows = []
    for number in wholes(state.things):
        thing = state.things[number]
        picture = drawings.draw(trace, state, thing, width, bands)
        assert len(picture) == drawings.height(thing, width, bands)
        rows += ["".join(span.text for span in line) for line in picture]
    return "\n".join(rows)


def after(trace: Trace, kind: Kind, nth: int = 0) -> int:
    """Return the position after the nth event of a kind."""
    return [place for place in range(len(trace)) if trace.event(place).kind is kind][nth] + 1


@pytest.mark.parametrize(
    "trace", [canned_net.echo(1), canned_net.echo(3), canned_net.echo(9), canned_net.backlog(), canned_net.crowd(60)]
)
def test_pictures_are_as_wide_and_high_as_promised(trace: Trace) -> None:
    for position in sorted({*range(0, len(trace), max(len(trace) // 25, 1)), len(trace)}):
        for width in WIDTHS:
            for bands in (0, 1, 3):
                lines = said(trace, position, width, bands)
                state = trace.state(position)
                for number in wholes(state.things):
                    picture = drawings.draw(trace, state, state.things[number], width, bands)
                    assert {length(line) for line in picture} == {max(width, drawings.NARROWEST)}, lines


@pytest.mark.parametrize("width", [38, 60, 100])
def test_what_is_sent_is_on_the_wire_until_it_is_received(width: int) -> None:
    trace = canned_net.echo(2)
    assert "┤" not in said(trace, after(trace, Kind.SEND) - 1, width)
    (line,) = [line for line in said(trace, after(trace, Kind.SEND), width).split("\n") if "┤" in line]
    assert "client 0" in line
    assert "├▸ ⇄ talk 0" in line
    (line,) = [line for line in said(trace, after(trace, Kind.SEND, 2), width).split("\n") if "◂┤" in line]
    assert "HELLO" in line


def test_with_room_what_is_sent_stands_in_a_box_with_its_bytes() -> None:
    trace = canned_net.backlog()
    lines = said(trace, after(trace, Kind.SEND, 2), 80, 1).split("\n")
    (place,) = [number for number, line in enumerate(lines) if "┤b'one'├▸" in line]
    assert "┤b'a longer sentence'├┤b'two'├┤b'one'├▸" in lines[place]
    assert "╭──────╮" in lines[place - 1]
    assert "╰─3 B──╯╰─3 B──╯" in lines[place + 1]
    assert "╰─1/3──╯" in said(trace, after(trace, Kind.RECV), 80, 1)
    assert "sent 23 B" in lines[place + 2]


def test_the_backlog_names_who_waits_and_what_they_have_sent() -> None:
    run = Net()
    first, second = run.client("client 0"), run.client("client 1")
    phone = run.connect(first)
    conn = run.thing("socket", "conn")
    run.note(Kind.PEER, obj=phone, value=conn)
    run.send(first, phone, b"hello")
    run.connect(second)
    lines = said(run.trace())
    assert "backlog 2/5 ◂ ┤5 B├client 0 client 1" in lines
    assert "no connection yet" in lines
    assert lines.count("╭") + lines.count("┏") == 1, "neither end has a picture of its own"


def test_a_long_backlog_is_summed_up() -> None:
    run = Net(100)
    for number in range(80):
        run.connect(run.client(f"client {number}"))
    lines = said(run.trace(), width=50)
    assert "backlog 80/100 ◂ 0 1 2 3" in lines
    assert "+70 more" in lines


@pytest.mark.parametrize(("width", "total"), [(38, ""), (60, "┤800 B├")])
def test_what_a_long_backlog_has_sent_is_summed_up_where_there_is_room(width: int, total: str) -> None:
    run = Net(200)
    for number in range(160):
        worker = run.client(f"client {number}")
        phone, conn = run.thing("socket", "phone"), run.thing("socket", "conn")
        run.note(Kind.PEER, obj=conn, value=phone)
        run.act(worker, Kind.CONNECT, phone, run.listener, canned_net.ADDRESS)
        run.send(worker, phone, b"hello")
    line = said(run.trace(), width=width).split("\n")[1]
    assert f"backlog 160/200 ◂ {total}0 1 2" in line
    assert "more" in line


def test_it_is_said_who_accepts() -> None:
    trace = canned_net.echo(2)
    assert "accept ⇄ MainThread" in said(trace, after(trace, Kind.WAIT))
    assert "MainThread elsewhere" in said(trace, after(trace, Kind.SEND))
    assert "nobody accepts" in said(trace)


def test_who_selects_is_there_for_the_next_client() -> None:
    run = Net()
    phone = run.connect(run.client("client 0"))
    server = run.serve("server")
    run.accept(phone, server)
    assert "server elsewhere" in said(run.trace())
    run.act(server, Kind.WAIT, text="select")
    assert "elsewhere" not in said(run.trace())


def test_how_a_connection_ends_is_said() -> None:
    trace = canned_net.echo(2)
    half = said(trace, after(trace, Kind.SHUT))
    assert "╌ end ╌" in half
    assert "1 open" in said(trace, after(trace, Kind.CLOSE, 2))
    assert said(trace).count(" closed ") == 2
    assert "0 open" in said(trace)
    assert "✗ reset" in said(canned_net.backlog())


def test_a_connection_without_a_server_has_a_picture_of_its_own() -> None:
    run = Net()
    one, two = run.thing("socket", "left"), run.thing("socket", "right")
    assert "not connected" in said(run.trace())
    run.note(Kind.PEER, obj=one, value=two)
    run.send(0, one, b"hi")
    lines = said(run.trace())
    assert "left  socket" in lines
    assert "┤b'hi'├▸ right" in lines
    assert "outside" in said(canned_net.backlog())


def test_few_connections_get_more_room_where_there_is_some() -> None:
    trace = canned_net.echo(2)
    position = after(trace, Kind.SEND)
    heights = [said(trace, position, 80, bands).count("\n") + 1 for bands in range(4)]
    assert heights == [7, 15, 15, 15]
    many = canned_net.echo(9)
    position = after(many, Kind.SEND)
    assert [said(many, position, 80, bands).count("\n") + 1 for bands in range(2)] == [12, 21]


def test_a_picture_changes_its_height_only_when_a_connection_comes() -> None:
    trace = canned_net.echo(9)
    heights: dict[int, set[int]] = {}
    for position in range(len(trace) + 1):
        things = trace.state(position).things
        if things and things[0].phase:
            heights.setdefault(len(things[0].parts), set()).add(drawings.height(things[0], 60))
    assert set(heights) == set(range(10))
    assert all(len(each) == 1 for each in heights.values())


def test_a_crowd_has_a_sign_for_each_and_draws_only_the_lines_that_are_asked_for(monkeypatch) -> None:
    trace = canned_net.crowd()
    state = trace.state(len(trace))
    facts = look(Scene(trace, state, state.things[0]))
    assert isinstance(facts, Crowded)
    assert len(facts.server.cells) == 497
    picture = drawings.draw(trace, state, state.things[0], 80)
    assert isinstance(picture, Tall)
    asked: list[int] = []
    wire = facts.wire
    object.__setattr__(picture._facts, "wire", lambda place: asked.append(place) or wire(place))
    shown = ["".join(span.text for span in line) for line in picture[0:20]]
    assert "▸ 271 asked  ◂ 129 answered" in shown[2]
    assert "client 250" in shown[3]
    assert "┤b'and again'├┤b'hello'├▸" in shown[3]
    assert sum(line.count("✗") for line in shown[4:11]) == 23
    assert len(asked) < 12
    assert [line for line in shown[11:] if "client 3 " in line]


def test_the_connection_at_the_cursor_is_marked_in_the_crowd() -> None:
    trace = canned_net.crowd()
    state = trace.state(len(trace))
    picture = drawings.draw(trace, state, state.things[0], 80)
    lit = [span for line in picture[4:11] for span in line if span.ink == "cursor"]
    assert [span.text for span in lit] == ["▸"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("clients", [2, 30])
def test_what_strangers_send_and_are_called_is_text(name: str, clients: int) -> None:
    run = Net()
    for _ in range(clients):
        worker = run.client(name)
        phone = run.connect(worker, name)
        conn = run.accept(phone)
        run.act(worker, Kind.SEND, phone, 9, name * 9)
        run.act(worker, Kind.SEND, conn, 9, name)
    trace = run.trace()
    state = trace.state(len(trace))
    for width in (28, 60, 100):
        picture = drawings.draw(trace, state, state.things[0], width, 1)
        assert {length(line) for line in picture} == {width}
        for line in picture:
            assert "".join(span.text for span in line).isprintable()
            assert strip(line, width, DARK_PAINT).cell_length == width


def test_ascii_pictures_hold_nothing_but_ascii() -> None:
    paint = Paint(DARK, ascii_only=True)
    for trace in (canned_net.echo(2), canned_net.backlog(), canned_net.crowd(60)):
        for position in range(0, len(trace) + 1, 7):
            state = trace.state(position)
            for number in wholes(state.things):
                for line in drawings.draw(trace, state, state.things[number], 60, 1):
                    assert strip(line, 60, paint).text.isascii(), strip(line, 60, paint).text


def test_one_line_says_what_a_socket_is() -> None:
    trace = canned_net.backlog()
    state = trace.state(len(trace))
    words = {
        thing.name: "".join(span.text for span in brief.draw(brief.look(Scene(trace, state, thing)), 50)[0])
        for thing in state.things
    }
    assert "listening" in words["server"]
    assert "open" in words["outside"]


def test_equal_inputs_give_the_very_same_picture() -> None:
    trace = canned_net.echo(2)
    state = trace.state(40)
    assert drawings.draw(trace, state, state.things[0], 60) is drawings.draw(trace, state, state.things[0], 60)


async def test_the_pane_makes_room_for_each_new_connection() -> None:
    trace = canned_net.echo(3)
    app = Stand([ObjectsPane()], trace, 0)
    async with app.run_test(size=(50, 40)):
        (pane,) = app.panes
        for position in range(len(trace) + 1):
            pane.show(trace, position)
            text = [pane.render_line(row).text for row in range(pane.rows)]
            assert sum(line.startswith(("╭", "┏")) for line in text) == sum(
                line.startswith(("╰", "┗")) for line in text
            )


async def test_a_hero_has_half_of_the_pane_below_threads_with_many_workers_inside() -> None:
    run = Net(128)
    for number in range(9):
        run.spawn(f"thread {number}")
    for number in range(60):
        worker = run.spawn(f"Greenlet-{number}", flags=WorkerFlag.GREENLET)
        run.accept(run.connect(worker))
    trace = run.trace()
    app = Stand([ObjectsPane()], trace, len(trace))
    tops = []
    async with app.run_test(size=(50, 18)):
        (pane,) = app.panes
        for hero in ("", "socket"):
            pane.hero = hero
            lines = [pane.render_line(row).text for row in range(pane.rows)]
            tops.append(next(at for at, line in enumerate(lines) if " server " in line))
    assert tops[1] < tops[0]
    assert tops[1] <= pane.rows // 2


@pytest.mark.parametrize(("clients", "part", "size"), [(1, 0.6, (80, 12)), (3, 0.6, (40, 14)), (9, 0.55, (64, 26))])
def test_looks(snap_compare, clients: int, part: float, size: tuple[int, int]) -> None:
    trace = canned_net.echo(clients)
    assert snap_compare(Stand([ObjectsPane()], trace, round(len(trace) * part)), terminal_size=size)


def test_looks_by_day(snap_compare) -> None:
    trace = canned_net.backlog()
    assert snap_compare(Stand([ObjectsPane()], trace, len(trace), light=True), terminal_size=(80, 30))


def test_looks_crowded(snap_compare) -> None:
    trace = canned_net.crowd()
    assert snap_compare(Stand([ObjectsPane()], trace, len(trace)), terminal_size=(70, 34))
