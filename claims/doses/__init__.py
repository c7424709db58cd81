"""Doses: reading them from prose and comparing them with the intake limits."""
