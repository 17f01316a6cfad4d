"""More parcels than packers: a pool of threads or of processes, and three ways to get at what it has done."""

import os
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from threading import current_thread
from typing import Literal


def pack(parcel: int, seconds: float) -> tuple[int, str]:
    packer = f"pid {os.getpid()}, {current_thread().name}"
    time.sleep(seconds)
    print(f"parcel {parcel} packed by {packer}")
    return parcel, packer


def note(future: Future[tuple[int, str]]) -> None:
    parcel, _ = future.result()
    print(f"parcel {parcel} noted by pid {os.getpid()}, {current_thread().name}")


def main(
    kind: Literal["processes", "threads"] = "processes",
    size: int = 4,
    parcels: int = 10,
    seconds: float = 1.0,
    results: Literal["at once", "at the end", "by callback"] = "by callback",
) -> None:
    executor = ProcessPoolExecutor if kind == "processes" else ThreadPoolExecutor
    orders: list[Future[tuple[int, str]]] = []
    with executor(size) as pool:
        for parcel in range(parcels):
            order = pool.submit(pack, parcel, seconds)
            orders.append(order)
            if results == "at once":
                note(order)
            elif results == "by callback":
                order.add_done_callback(note)
        if results == "at the end":
            for order in orders:
                note(order)
    packers = {order.result()[1] for order in orders}
    print(f"parcels: {parcels}, packers: {len(packers)}; main is pid {os.getpid()}")


if __name__ == "__main__":
    main()
