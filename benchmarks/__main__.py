"""``make bench`` prints the cost table."""

from benchmarks.bench_scoring import main

main()
