"""Starting, waiting for, asking and stopping greenlets of gevent."""

import time

import gevent
from gevent import Greenlet, GreenletExit

started = time.monotonic()


def clock() -> float:
    """Return tenths of seconds since the section began, which a busy machine may reach a little late."""
    return int((time.monotonic() - started) * 10 + 0.1) / 10


def work(name, seconds):
    print(clock(), name, "begins")
    gevent.sleep(seconds)
    print(clock(), name, "ends")
    return f"result of {name}"


def failing():
    gevent.sleep(0.02)
    raise ValueError("as it must")


def stubborn():
    try:
        gevent.sleep(100)
    except GreenletExit:
        print(clock(), "asked to stop")
        gevent.sleep(0.1)
        print(clock(), "stops late")
        raise
    finally:
        print(clock(), "cleaned up")


class Own(Greenlet):
    def __init__(self, number):
        super().__init__()
        self.number = number

    def _run(self):
        gevent.sleep(0.1 * self.number)
        return self.number * self.number


print("-- order")
started = time.monotonic()
jobs = [gevent.spawn(work, name, seconds) for name, seconds in (("a", 0.3), ("b", 0.1), ("c", 0.2))]
print("all spawned, none has begun:", [bool(job.value) for job in jobs], [job.dead for job in jobs])
done = gevent.joinall(jobs)
print(clock(), "joined in this order:", [jobs.index(job) for job in done])
print([job.get() for job in jobs], [job.ready() for job in jobs], [job.successful() for job in jobs])

print("-- giving way")
started = time.monotonic()


def step(name):
    for number in range(3):
        print(name, number)
        gevent.sleep(0)


gevent.joinall([gevent.spawn(step, name) for name in "xyz"])

print("-- time-outs of joins")
started = time.monotonic()
slow = gevent.spawn(work, "slow", 0.5)
slow.join(timeout=0.2)
print(clock(), "not yet:", slow.ready())
print(len(gevent.joinall([slow], timeout=0.1)), "of 1")
try:
    slow.get(timeout=0.1)
except gevent.Timeout as error:
    print(clock(), "time-out", error)
print(slow.get())
try:
    gevent.spawn(work, "never asked", 0.0).get(block=False)
except gevent.Timeout:
    print("not ready")
gevent.sleep(0.01)

print("-- failing")
started = time.monotonic()
gevent.get_hub().exception_stream = None
bad = gevent.spawn(failing)
bad.join()
print(bad.ready(), bad.successful(), repr(bad.exception), bad.value)
try:
    bad.get()
except ValueError as error:
    print("got", error)
try:
    gevent.joinall([gevent.spawn(failing), gevent.spawn(work, "beside", 0.1)], raise_error=True)
except ValueError as error:
    print("joinall raises", error)
gevent.sleep(0.2)

print("-- stopping")
started = time.monotonic()
victim = gevent.spawn(stubborn)
gevent.sleep(0.1)
victim.kill()
print(clock(), "killed:", victim.dead, repr(victim.value))
victim = gevent.spawn(stubborn)
victim.kill()
print("never began:", victim.dead, repr(victim.value))
victim = gevent.spawn(stubborn)
gevent.sleep(0.1)
victim.kill(block=False)
print(clock(), "not yet:", victim.dead)
victim.join()
gevent.killall([gevent.spawn(stubborn) for _ in range(2)])
some = [gevent.spawn(work, name, 9) for name in "pq"]
gevent.sleep(0)
gevent.killall(some)
print(clock(), [job.value for job in some])

print("-- links, subclasses, later starts")
started = time.monotonic()
owns = [Own(3), Own(1)]
for own in owns:
    own.start()
print([owns.index(own) for own in gevent.joinall(owns)])
own = Own(2)
own.link(lambda job: print(clock(), "linked:", job.value))
own.link_value(lambda job: print(clock(), "value:", job.value))
own.link_exception(lambda job: print("not called"))
own.start()
print(own.get())
gevent.sleep(0)
gevent.spawn_later(0.2, print, "later").join()
print(clock(), "with time")
with gevent.spawn(work, "inside", 0.1) as inside:
    print("in the block")
print(inside.value)

print("-- waiting for any, for all")
started = time.monotonic()
jobs = [gevent.spawn(work, name, 0.1 * number) for number, name in enumerate("uvw", 1)]
print(jobs.index(gevent.wait(jobs, count=1)[0]))
for job in gevent.iwait(jobs):
    print("finished", jobs.index(job))
gevent.spawn(work, "last", 0.1)
print(gevent.wait(), clock())
raw = gevent.spawn_raw(work, "raw", 0.1)
gevent.sleep(0.2)
print(raw.dead)
