"""Connections: how they come about, what is on its way through them, and how they end."""

import pytest
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.state import Chunk
from concurrency_tui.trace.waits import able, cycle, edge, is_able

from tests.canned_script import Script

CLIENT_ADDRESS = "127.0.0.1:50001"
ADDRESS = "127.0.0.1:8000"


class Net(Script):
    """A run with a server (main), a client and a helper. Objects: 0 listens, then pairs of a client's and a server's."""

    def __init__(self) -> None:
        super().__init__("net", "def main(): pass")
        self.client, self.helper = self.spawn("client"), self.spawn("helper")
        self.listener = self.thing("socket", "listener")
        self.act(0, Kind.LISTEN, self.listener, 5, ADDRESS)

    def connect(self):
        ours = self.thing("socket", "ours", worker=self.client)
        self.act(self.client, Kind.CONNECT, ours, self.listener, ADDRESS)
        return ours

    def accept(self, ours):
        theirs = self.thing("socket", "theirs")
        self.note(Kind.PEER, obj=theirs, value=ours)
        self.act(0, Kind.ACCEPT, self.listener, theirs, CLIENT_ADDRESS)
        return theirs

    def pair(self):
        ours = self.connect()
        return ours, self.accept(ours)

    def send(self, worker, thing, data):
        self.act(worker, Kind.SEND, thing, len(data), repr(data))

    def recv(self, worker, thing, size):
        self.act(worker, Kind.RECV, thing, size, "b''")

    @property
    def state(self):
        trace = self.trace()
        return trace.state(len(trace))

    def end(self, thing):
        return self.state.things[thing]


def test_a_client_stands_in_the_backlog_until_it_is_accepted():
    run = Net()
    assert (run.end(0).phase, run.end(0).capacity, run.end(0).end.address) == ("listening", 5, ADDRESS)
    ours = run.connect()
    assert (run.end(0).end.backlog, run.end(ours).phase, run.end(ours).end.remote) == ((ours,), "open", ADDRESS)
    theirs = run.accept(ours)
    assert (run.end(0).end.backlog, run.end(0).uses) == ((), 1)
    assert (run.end(ours).end.peer, run.end(theirs).end.peer) == (theirs, ours)
    assert run.end(ours).end.address == run.end(theirs).end.remote == CLIENT_ADDRESS
    assert run.end(theirs).end.address == ADDRESS
    assert (run.end(ours).whole, run.end(theirs).whole, run.end(0).parts) == (theirs, 0, (theirs,))


def test_what_is_sent_is_on_its_way_until_it_is_received():
    run = Net()
    ours, theirs = run.pair()
    run.send(run.client, ours, b"hello")
    run.send(run.client, ours, b"you")
    assert run.end(theirs).end.wire == (Chunk("b'hello'", 5, 5), Chunk("b'you'", 3, 3))
    assert (run.end(theirs).end.incoming, run.end(ours).end.sent, run.end(ours).uses) == (8, 8, 2)
    run.recv(run.helper, theirs, 6)
    assert run.end(theirs).end.wire == (Chunk("b'you'", 3, 2),)
    run.recv(run.helper, theirs, 2)
    assert (run.end(theirs).end.wire, run.end(theirs).end.incoming, run.end(theirs).end.received) == ((), 0, 8)
    assert run.end(theirs).passed == 2


def test_what_is_sent_before_it_is_accepted_waits_as_well():
    run = Net()
    ours = run.connect()
    theirs = run.thing("socket", "theirs")
    run.note(Kind.PEER, obj=theirs, value=ours)
    run.send(run.client, ours, b"hello")
    run.act(0, Kind.ACCEPT, 0, theirs, CLIENT_ADDRESS)
    assert run.end(theirs).end.incoming == 5


@pytest.mark.parametrize("first", ["client", "server"])
def test_an_end_that_nobody_has_accepted_belongs_to_the_client(first):
    run = Net()
    ours, theirs = run.thing("socket", "ours", worker=run.client), run.thing("socket", "theirs")
    run.note(Kind.PEER, obj=theirs if first == "server" else ours, value=ours if first == "server" else theirs)
    run.act(run.client, Kind.CONNECT, ours, run.listener, ADDRESS)
    assert (run.end(theirs).whole, run.end(ours).whole) == (ours, run.listener)
    run.act(0, Kind.ACCEPT, run.listener, theirs, CLIENT_ADDRESS)
    assert (run.end(ours).whole, run.end(theirs).whole) == (theirs, run.listener)


def test_two_sockets_of_a_pair_are_drawn_as_one():
    run = Net()
    one, two = run.thing("socket", "one"), run.thing("socket", "two")
    run.note(Kind.PEER, obj=one, value=two)
    assert (run.end(one).whole, run.end(two).whole) == (NONE, one)
    assert (run.end(one).phase, run.end(two).phase) == ("open", "open")


@pytest.mark.parametrize(("how", "shut", "phase"), [(0, 1, "half-closed"), (1, 2, "half-closed"), (2, 3, "shut")])
def test_a_socket_may_be_shut_in_one_direction(how, shut, phase):
    run = Net()
    ours, _ = run.pair()
    run.act(run.client, Kind.SHUT, ours, how)
    assert (run.end(ours).end.shut, run.end(ours).phase) == (shut, phase)


def test_shutting_one_direction_after_the_other_shuts_both():
    run = Net()
    ours, _ = run.pair()
    run.act(run.client, Kind.SHUT, ours, 0)
    run.act(run.client, Kind.SHUT, ours, 1)
    assert run.end(ours).phase == "shut"


def test_what_was_sent_before_closing_still_arrives():
    run = Net()
    ours, theirs = run.pair()
    run.send(run.client, ours, b"bye")
    run.send(0, theirs, b"lost")
    run.act(run.client, Kind.CLOSE, ours)
    assert (run.end(ours).phase, run.end(ours).end.wire, run.end(ours).end.incoming) == ("closed", (), 0)
    assert (run.end(theirs).phase, run.end(theirs).end.incoming) == ("open", 3)


def test_nothing_is_on_its_way_to_a_closed_socket():
    run = Net()
    ours, theirs = run.pair()
    run.act(run.client, Kind.CLOSE, ours)
    run.send(0, theirs, b"HELLO")
    assert (run.end(ours).end.incoming, run.end(theirs).end.sent) == (0, 5)


def test_a_reset_is_seen_at_the_other_end():
    run = Net()
    ours, theirs = run.pair()
    run.act(run.client, Kind.CLOSE, ours, text="reset")
    assert (run.end(ours).phase, run.end(theirs).phase) == ("closed", "reset")


def test_who_is_in_the_backlog_of_a_closed_socket_is_reset():
    run = Net()
    ours = run.connect()
    run.act(0, Kind.CLOSE, run.listener)
    assert (run.end(ours).phase, run.end(0).end.backlog) == ("reset", ())


def test_a_receiver_is_able_once_something_arrives_or_the_other_end_has_finished():
    for deed, ends in (((Kind.SEND, 5), False), ((Kind.CLOSE, NONE), True), ((Kind.SHUT, 1), True)):
        run = Net()
        ours, theirs = run.pair()
        run.act(run.helper, Kind.WAIT, theirs, text="recv")
        assert not is_able(run.state, run.state.workers[run.helper])
        run.act(run.client, deed[0], ours, deed[1])
        assert is_able(run.state, run.state.workers[run.helper])
        assert (run.end(theirs).end.incoming == 0) is ends


def test_an_accepting_worker_is_able_once_a_client_has_connected():
    run = Net()
    run.act(0, Kind.WAIT, 0, text="accept")
    assert 0 not in able(run.state)
    run.connect()
    assert 0 in able(run.state)


def test_a_sender_is_able_once_there_is_room():
    run = Net()
    ours, theirs = run.pair()
    run.send(run.client, ours, b"x" * 100)
    run.act(run.client, Kind.WAIT, ours, text="send")
    assert run.client not in able(run.state)
    run.recv(run.helper, theirs, 1)
    assert run.client in able(run.state)


def test_a_selecting_worker_is_able_once_a_socket_that_it_uses_is_readable():
    run = Net()
    ours, theirs = run.pair()
    run.act(0, Kind.WAIT, NONE, text="select")
    assert 0 not in able(run.state)
    run.send(run.client, ours, b"hello")
    assert run.end(theirs).worker == 0
    assert 0 in able(run.state)


def test_a_receiver_expects_who_is_at_the_other_end():
    run = Net()
    ours, theirs = run.pair()
    run.act(run.helper, Kind.WAIT, theirs, text="recv")
    assert edge(run.state, run.state.workers[run.helper]).holder == run.client
    run.act(run.client, Kind.WAIT, ours, text="recv")
    assert edge(run.state, run.state.workers[run.client]).holder == run.helper


def test_two_that_wait_for_each_others_words_are_no_deadlock_before_the_run_says_so():
    run = Net()
    ours, theirs = run.pair()
    run.act(run.helper, Kind.WAIT, theirs, text="recv")
    run.act(run.client, Kind.WAIT, ours, text="recv")
    run.act(0, Kind.JOIN, run.helper)
    assert cycle(run.state) == []
