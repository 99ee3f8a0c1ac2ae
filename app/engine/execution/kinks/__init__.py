"""The gradients that are as right as ours where a run stands on a kink, and whether a given value is one of them."""
