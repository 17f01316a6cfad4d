"""asyncio beside threads: work for a pool, calls from other threads, several loops at once, a loop that is held up."""

import asyncio
import concurrent.futures
import contextvars
import threading
import time

USER = contextvars.ContextVar("user", default="nobody")


def slow(name, seconds=0.05):
    time.sleep(seconds)
    return f"{name} for {USER.get()} in {threading.current_thread().name.rpartition('_')[0]}"


def failing():
    raise KeyError("in the pool")


async def pools():
    USER.set("ann")
    print(await asyncio.to_thread(slow, "first", seconds=0.025))
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="own") as pool:
        print(await loop.run_in_executor(pool, slow, "second"))
        print(await asyncio.gather(*(loop.run_in_executor(pool, slow, str(number)) for number in range(4))))
    try:
        await asyncio.to_thread(failing)
    except KeyError as error:
        print("caught", error)
    ticks = asyncio.create_task(ticking(3))
    print(await asyncio.to_thread(slow, "meanwhile", 0.3))
    await ticks
    future = asyncio.ensure_future(asyncio.to_thread(slow, "given up", 0.1))
    try:
        await asyncio.wait_for(future, 0.025)
    except TimeoutError:
        print("the pool goes on without us")


async def ticking(count):
    for number in range(count):
        await asyncio.sleep(0.05)
        print("tick", number)


async def from_outside():
    loop = asyncio.get_running_loop()
    bell = asyncio.Event()

    def visitor():
        loop.call_soon_threadsafe(bell.set)
        future = asyncio.run_coroutine_threadsafe(answer(20), loop)
        print("visitor got", future.result())
        try:
            asyncio.run_coroutine_threadsafe(answer("x"), loop).result()
        except TypeError as error:
            print("visitor caught", error)
        slow_one = asyncio.run_coroutine_threadsafe(asyncio.sleep(1), loop)
        try:
            slow_one.result(timeout=0.05)
        except TimeoutError:
            print("visitor gives up", slow_one.cancel())

    thread = threading.Thread(target=visitor)
    thread.start()
    await bell.wait()
    print("the bell rang")
    await asyncio.sleep(0.25)
    await asyncio.to_thread(thread.join)


async def answer(number):
    await asyncio.sleep(0.025)
    return number + 1


async def held_up():
    other = asyncio.create_task(ticking(1))
    await asyncio.sleep(0)
    time.sleep(0.15)
    print("the whole loop slept")
    await other


def several_loops():
    results = {}

    async def inside(name):
        await asyncio.sleep(0.05)
        task = asyncio.current_task()
        results[name] = (task is not None, len(asyncio.all_tasks()), asyncio.get_running_loop().is_running())

    threads = [threading.Thread(target=lambda name=name: asyncio.run(inside(name))) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sorted(results.items()))
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        print(error)


async def busy():
    loop = asyncio.get_running_loop()
    end = loop.time() + 0.1
    flag = []
    loop.call_later(0.05, flag.append, 1)
    while not flag:
        await asyncio.sleep(0)
    print("the flag is up")
    while loop.time() < end:
        await asyncio.sleep(0)
    print("the time has come")


for part in (pools, from_outside, held_up, busy):
    print("-", part.__name__)
    asyncio.run(part())
several_loops()
