"""Computing that takes virtual time: the cores, a GIL for each process, and what calls cost."""
