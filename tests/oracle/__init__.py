"""The engine against an independent one: PyTorch in float64. `case.py` is an entry, `live.py` compares."""
