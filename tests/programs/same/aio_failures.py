"""asyncio: what is said of exceptions that nobody asked for, and of loops and coroutines used wrongly."""

import asyncio
import sys
import traceback


async def fails(message="oh"):
    await asyncio.sleep(0)
    raise ValueError(message)


async def outer():
    try:
        await fails("inner")
    except ValueError as error:
        raise RuntimeError("outer") from error


async def printed():
    try:
        await asyncio.create_task(outer())
    except RuntimeError:
        traceback.print_exc()
    task = asyncio.create_task(fails("from a task"))
    try:
        await task
    except ValueError:
        traceback.print_exc()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails("one"))
            group.create_task(fails("two"))
    except* ValueError:
        traceback.print_exc()
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.001)
    except TimeoutError as error:
        print(type(error.__cause__).__name__)


async def never_retrieved():
    task = asyncio.create_task(fails("never retrieved"), name="forgotten")
    await asyncio.sleep(0.001)
    del task
    await asyncio.sleep(0.001)
    print("went on")


async def in_callback():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.001)
    loop.set_exception_handler(lambda _loop, context: print("handler:", context["message"]))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.001)


async def cancelled_from_inside():
    asyncio.current_task().cancel()
    await asyncio.sleep(1)


asyncio.run(printed())
asyncio.run(never_retrieved())
asyncio.run(in_callback())
try:
    asyncio.run(cancelled_from_inside())
except asyncio.CancelledError as error:
    print("cancelled", error.args)
try:
    asyncio.run(fails("to the top"))
except ValueError as error:
    print(error)
    traceback.print_exc()


async def leaves():
    other = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    try:
        sys.exit(3)
    finally:
        print(other.done())


try:
    asyncio.run(leaves())
except SystemExit as error:
    print("exit", error.code)


async def main():
    await asyncio.gather(fails("the last"), asyncio.sleep(0))


asyncio.run(main())
