"""asyncio: Lock, Event, Condition, Semaphore, Barrier and the queues; who goes first, and what is refused."""

import asyncio


async def locks():
    lock = asyncio.Lock()

    async def user(name):
        async with lock:
            print(name, "has it", lock.locked())
            await asyncio.sleep(0.03)
        print(name, "gave it back", lock.locked())

    await asyncio.gather(*(user(name) for name in "abc"))
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
    await lock.acquire()
    waiter = asyncio.create_task(user("patient"))
    other = asyncio.create_task(user("impatient"))
    await asyncio.sleep(0)
    other.cancel()
    try:
        await asyncio.wait_for(lock.acquire(), 0.03)
    except TimeoutError:
        print("no lock in time")
    lock.release()
    print(await asyncio.gather(waiter, other, return_exceptions=True))


async def events():
    event = asyncio.Event()

    async def car(number):
        await event.wait()
        print("car", number, event.is_set())

    cars = [asyncio.create_task(car(number)) for number in range(3)]
    await asyncio.sleep(0.03)
    print("green")
    event.set()
    await asyncio.gather(*cars)
    await event.wait()
    event.clear()
    try:
        async with asyncio.timeout(0.03):
            await event.wait()
    except TimeoutError:
        print("red", event.is_set())


async def conditions():
    condition = asyncio.Condition()
    shelf = []

    async def consumer(name):
        async with condition:
            await condition.wait_for(lambda: shelf)
            print(name, "takes", shelf.pop())

    async def waiter():
        async with condition:
            print("woken", await condition.wait(), condition.locked())

    tasks = [asyncio.create_task(consumer(name)) for name in "xyz"]
    for item in range(3):
        await asyncio.sleep(0.018)
        async with condition:
            shelf.append(item)
            condition.notify()
    await asyncio.gather(*tasks)
    tasks = [asyncio.create_task(waiter()) for _ in range(2)]
    await asyncio.sleep(0)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)
    for call in (condition.notify, condition.release):
        try:
            call()
        except RuntimeError as error:
            print(error)


async def semaphores():
    for kind in (asyncio.Semaphore, asyncio.BoundedSemaphore):
        stalls = kind(2)

        async def worker(name, stalls=stalls):
            async with stalls:
                print(name, "in", stalls.locked())
                await asyncio.sleep(0.018)
            print(name, "out")

        await asyncio.gather(*(worker(number) for number in range(5)))
        try:
            stalls.release()
            print("one more", stalls.locked())
        except ValueError as error:
            print(error)


async def barriers():
    barrier = asyncio.Barrier(3)

    async def runner(name):
        try:
            place = await barrier.wait()
        except asyncio.BrokenBarrierError as error:
            print(name, "broken", error)
        else:
            print(name, "is", place, barrier.n_waiting)

    await asyncio.gather(*(runner(name) for name in "abcdef"))
    task = asyncio.create_task(runner("alone"))
    await asyncio.sleep(0)
    await barrier.abort()
    await task
    print(barrier.broken)
    await barrier.reset()
    print(barrier.broken, barrier.parties)


async def queues():
    for queue in (asyncio.Queue(2), asyncio.LifoQueue(), asyncio.PriorityQueue(3)):

        async def producer(queue=queue):
            for item in (3, 1, 2, 5, 4):
                await queue.put(item)
                print("put", item)

        async def consumer(name, queue=queue):
            while True:
                item = await queue.get()
                print(name, "got", item)
                await asyncio.sleep(0.012)
                queue.task_done()

        consumers = [asyncio.create_task(consumer(name)) for name in ("left", "right")]
        await producer()
        await queue.join()
        for task in consumers:
            task.cancel()
        print(await asyncio.gather(*consumers, return_exceptions=True))
        print(queue.qsize(), queue.empty(), queue.full(), queue.maxsize)
        try:
            queue.get_nowait()
        except asyncio.QueueEmpty as error:
            print(type(error).__name__)
        try:
            while queue.maxsize or queue.qsize() < 3:
                queue.put_nowait(queue.qsize())
        except asyncio.QueueFull as error:
            print(type(error).__name__)
        try:
            await asyncio.wait_for(asyncio.Queue().get(), 0.012)
        except TimeoutError:
            print("nothing came")
        try:
            asyncio.Queue().task_done()
        except ValueError as error:
            print(error)


async def main():
    for part in (locks, events, conditions, semaphores, barriers, queues):
        print("-", part.__name__)
        await part()


asyncio.run(main())
