"""Standard output and standard error as a program sees them."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout

from attempt import attempt

print("a", "b", sep="-", end="!\n")
print("one\ntwo")
print("no line end", end="")
print(" and its rest", flush=True)
print(end="")
print()
sys.stdout.write("written\n")
attempt("write gives", sys.stdout.write, "four\n")
attempt("write bytes", sys.stdout.write, b"x")
sys.stdout.writelines(["x", "y", "\n"])
print("error", file=sys.stderr)
sys.stderr.write("more error\n")
attempt("writable", sys.stdout.writable)
attempt("readable", sys.stdout.readable)
attempt("isatty", sys.stdout.isatty)
attempt("fileno", sys.stdout.fileno)
attempt("name", lambda: sys.stdout.name)
attempt("read", sys.stdout.read)
attempt("buffer", sys.stdout.buffer.write, b"bytes\n")
attempt("text to the buffer", sys.stdout.buffer.write, "x")
sys.stdout.buffer.flush()
sys.stdout.flush()
captured = io.StringIO()
with redirect_stdout(captured), redirect_stderr(captured):
    print("not seen")
print(repr(captured.getvalue()))
print("ünïcödé ☃ 𝄞")
print("the original", file=sys.__stdout__)
sys.__stderr__.write("the original error\n")
