"""The thin layer below the standard library that is ours: locks, threads, clocks, output. One module for each seam."""
