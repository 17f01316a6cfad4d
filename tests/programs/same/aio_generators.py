"""asyncio: asynchronous generators, iterators and contexts; what is closed, and when."""

import asyncio
import contextlib
import contextvars

DEPTH = contextvars.ContextVar("depth", default=0)


async def numbers(count):
    try:
        for number in range(count):
            await asyncio.sleep(0.001)
            yield number
    finally:
        print("numbers are closed")


@contextlib.asynccontextmanager
async def opened(name):
    print("open", name)
    await asyncio.sleep(0)
    try:
        yield name
    finally:
        await asyncio.sleep(0)
        print("close", name)


async def iterating():
    async for number in numbers(3):
        print(number)
    print([number async for number in numbers(2)])
    async for number in numbers(5):
        if number:
            break
    print("left early")
    async with contextlib.aclosing(numbers(3)) as several:
        print(await anext(several))
    generator = numbers(3)
    print(await generator.asend(None))
    await generator.aclose()
    async with contextlib.AsyncExitStack() as stack:
        for name in "ab":
            await stack.enter_async_context(opened(name))
        print("inside")


async def forgotten():
    generator = numbers(3)
    print(await anext(generator))
    return generator


async def deeper(level):
    DEPTH.set(DEPTH.get() + 1)
    await asyncio.sleep(0)
    if level:
        await asyncio.create_task(deeper(level - 1))
    print(level, DEPTH.get())


async def main():
    await iterating()
    await deeper(2)
    print(DEPTH.get())
    kept = await forgotten()
    print("still open", kept.ag_running)


asyncio.run(main())
print("done")
