"""From a program to numbers: schedule, plan, forward and backward pass, trace."""
