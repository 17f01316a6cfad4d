"""asyncio: tasks in the order of their turns, results, errors, cancellation, time-outs, groups."""

import asyncio
import sys


async def work(name, seconds, *, fails=False):
    print(name, "begins")
    await asyncio.sleep(seconds)
    if fails:
        raise ValueError(name)
    print(name, "ends")
    return name.upper()


async def steps(name, count):
    for number in range(count):
        print(name, number)
        await asyncio.sleep(0)


async def gathering():
    print(await asyncio.gather(work("a", 0.1), work("b", 0.05), steps("c", 3)))
    print(await asyncio.gather(work("d", 0.05, fails=True), work("e", 0.1), return_exceptions=True))
    try:
        await asyncio.gather(work("f", 0.05, fails=True), work("g", 0.1))
    except ValueError as error:
        print("caught", error)
    await asyncio.sleep(0.1)


async def cancelling():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as error:
            print("asked to stop", error.args)
            await asyncio.sleep(0.05)
            print("tidied up")
            raise

    async def deaf():
        while True:
            try:
                await asyncio.sleep(0.1)
            except asyncio.CancelledError:
                print("not now")
                continue
            return "at last"

    task = asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(0)
    print(task.cancel("please"), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print("it stopped", error.args, task.cancelled(), task.done())
    print(task.cancel())
    early = asyncio.create_task(work("never", 1))
    early.cancel()
    print(await asyncio.gather(early, return_exceptions=True))
    other = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    other.cancel()
    print(await other, other.cancelling(), other.uncancel())


async def time_outs():
    try:
        await asyncio.wait_for(work("slow", 10), 0.05)
    except TimeoutError as error:
        print("too slow", repr(error))
    print(await asyncio.wait_for(work("quick", 0.05), 10))
    try:
        await asyncio.wait_for(work("at once", 1), 0)
    except TimeoutError:
        print("no time at all")
    try:
        async with asyncio.timeout(0.05) as limit:
            await asyncio.sleep(10)
    except TimeoutError:
        print("out of time", limit.expired())
    async with asyncio.timeout(None) as limit:
        limit.reschedule(asyncio.get_running_loop().time() + 10)
        await asyncio.sleep(0.05)
    print("in time", limit.expired())
    try:
        async with asyncio.timeout(0.1):
            try:
                async with asyncio.timeout(0.05):
                    await asyncio.sleep(1)
            except TimeoutError:
                print("inner")
                await asyncio.sleep(1)
    except TimeoutError:
        print("outer")


async def waiting():
    tasks = [asyncio.create_task(work(name, delay)) for name, delay in (("x", 0.15), ("y", 0.05), ("z", 0.1))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(sorted(task.result() for task in done), len(pending))
    done, pending = await asyncio.wait(pending, timeout=0.005)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(pending)
    print(sorted(task.result() for task in done), len(pending))
    tasks = [asyncio.create_task(work(name, delay)) for name, delay in (("x", 0.15), ("y", 0.05), ("z", 0.1))]
    for each in asyncio.as_completed(tasks):
        print("completed", await each)
    bad = asyncio.create_task(work("bad", 0.05, fails=True))
    good = asyncio.create_task(work("good", 0.1))
    done, pending = await asyncio.wait([bad, good], return_when=asyncio.FIRST_EXCEPTION)
    print([type(task.exception()).__name__ for task in done], len(pending), await good)


async def shielding():
    inner = asyncio.create_task(work("shielded", 0.1))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.05)
    except TimeoutError:
        print("given up, but", inner.done())
    print(await inner)


async def groups():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(work("one", 0.1), name="first")
        second = group.create_task(work("two", 0.05))
    print(first.result(), second.result(), first.get_name())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("three", 0.05, fails=True))
            group.create_task(work("four", 10))
            await asyncio.sleep(10)
    except* ValueError as errors:
        print([str(each) for each in errors.exceptions])


async def names():
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()))
    task = asyncio.create_task(steps("named", 1))
    print(task.get_name().startswith("Task-"))
    task.set_name("renamed")
    print(task.get_name(), len(asyncio.all_tasks()), task)
    await task
    print(task)


async def callbacks():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "soon")
    loop.call_later(0.1, print, "later")
    gone = loop.call_later(0.05, print, "never")
    gone.cancel()
    task = asyncio.create_task(work("with callback", 0.05))
    task.add_done_callback(lambda done: print("callback:", done.result()))
    await task
    print("after it")
    await asyncio.sleep(0.15)
    future = loop.create_future()
    loop.call_later(0.05, future.set_result, 42)
    print(await future, future)


async def wrong():
    task = asyncio.current_task()
    try:
        await task
    except RuntimeError as error:
        print(str(error).startswith("Task cannot await on itself"))
    try:
        await asyncio.gather(5)
    except TypeError as error:
        print(error)
    try:
        asyncio.run(steps("nested", 1))
    except RuntimeError as error:
        print(error)


def main():
    for part in (gathering, cancelling, time_outs, waiting, shielding, groups, names, callbacks, wrong):
        print("-", part.__name__)
        asyncio.run(part())
    with asyncio.Runner() as runner:
        print(runner.run(work("in a runner", 0.05)), runner.run(work("and again", 0)))
    loop = asyncio.new_event_loop()
    print(loop.run_until_complete(work("by hand", 0.05)), loop.is_running(), loop.is_closed())
    loop.close()
    if sys.version_info >= (3, 12):
        print("- eager")
        asyncio.run(eager())


async def eager():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    print("before")
    at_once = asyncio.create_task(work("at once", 0))
    later = asyncio.create_task(work("later", 0.05))
    print("after")
    print(await at_once, await later)


main()
