"""time: sleeping and clocks, as far as two runs can agree."""

import time

from attempt import attempt

start = time.monotonic(), time.time(), time.perf_counter(), time.monotonic_ns(), time.time_ns(), time.perf_counter_ns()
attempt("sleep", time.sleep, 0.02)
stop = time.monotonic(), time.time(), time.perf_counter(), time.monotonic_ns(), time.time_ns(), time.perf_counter_ns()
print([before < after for before, after in zip(start, stop, strict=True)], [type(value).__name__ for value in stop])
print(time.process_time() >= 0, time.thread_time() >= 0, type(time.process_time_ns()).__name__)
attempt("sleep no time", time.sleep, 0)
attempt("sleep a whole number", time.sleep, False)
attempt("sleep a negative time", time.sleep, -1)
attempt("sleep a negative time", time.sleep, -0.001)
attempt("sleep text", time.sleep, "1")
attempt("sleep None", time.sleep, None)
attempt("sleep for ever", time.sleep, float("inf"))
attempt("sleep not a number", time.sleep, float("nan"))
attempt("sleep far too long", time.sleep, 1e100)
attempt("sleep far too long and whole", time.sleep, 10**12)
for wait in (0.001, 0.003, 0.007):
    before = [read() for read in (time.time, time.monotonic, time.perf_counter)]
    time.sleep(wait)
    after = [read() for read in (time.time, time.monotonic, time.perf_counter)]
    print([then - since >= wait for since, then in zip(before, after, strict=True)])
end = time.perf_counter() + 0.02
while time.perf_counter() < end:
    pass
print("a busy wait ends")
print(len(time.localtime()), time.gmtime(0)[:6], time.strftime("%Y", time.gmtime(0)), len(time.ctime()))
print(time.gmtime().tm_year >= 2026, abs(time.mktime(time.localtime()) - time.time()) < 2)
