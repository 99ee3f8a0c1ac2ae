"""Runs programs: schedule, plan, forward and backward pass, trace."""
