"""Benchmarks, and the newspaper of real copy that they and the proofs run on."""
