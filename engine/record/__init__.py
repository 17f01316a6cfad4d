"""From what the kernel and the probes see to the events of a trace."""
