"""Benchmarks, side by side with peers in one run; results are ratios, because machines are noisy."""
