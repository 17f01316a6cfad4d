"""Stalls: nobody changes places, and the way to a cursor does not matter."""

from concurrency_tui.trace.events import Kind
from concurrency_tui.widgets.drawings import tenancy
from concurrency_tui.widgets.drawings.tenancy import Places, tenants

from .. import canned
from ..canned_script import Script
from .zoo import SOURCE


def _places(trace, position: int) -> Places:
    state = trace.state(position)
    return tenants(trace, state, 0) if state.things else ()


def test_a_tenant_keeps_the_stall_until_it_leaves() -> None:
    trace = canned.semaphore(20, 5)
    before: Places = ()
    for position in range(len(trace) + 1):
        now = _places(trace, position)
        stays = set(trace.state(position).things[0].holders) if now else set()
        for at, tenant in enumerate(before):
            if tenant and tenant.worker in stays:
                assert now[at] == tenant
        assert len(now) <= 5
        before = now


def test_the_way_to_a_cursor_does_not_matter(monkeypatch) -> None:
    monkeypatch.setattr(tenancy, "BLOCK", 64)
    forward, backward, fresh = (canned.semaphore(20, 5) for _ in range(3))
    positions = range(len(forward) + 1)
    ahead = [_places(forward, position) for position in positions]
    back = [_places(backward, position) for position in reversed(positions)]
    assert ahead == back[::-1]
    assert ahead[150] == _places(fresh, 150)


def test_a_permit_released_by_somebody_else_frees_the_oldest_stall() -> None:
    run = Script("handed", SOURCE)
    gate = run.thing("Semaphore", "gate", 2)
    run.act(run.spawn("a"), Kind.ACQUIRE, gate, 1)
    run.act(run.spawn("b"), Kind.ACQUIRE, gate, 0)
    run.act(run.spawn("c"), Kind.RELEASE, gate, 1)
    trace = run.trace()
    places = _places(trace, len(trace))
    assert places[0] is None
    assert places[1] is not None
    assert places[1].worker == 2
