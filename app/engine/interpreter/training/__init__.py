"""What a text trains, and what it is about. `naming.py` reads names, `reach.py` says how far gradients flow. On them
stand these folders, each on those above it in this list:

forms/      how a training step may be written: what each form of an update scales, follows and begins from
gradients/  which of the reader's values are gradients, of what, and which of them are graded
steps/      is a line a training step? There a turn ends; what earlier turns left stays as numbers
rounds/     long loops are computed without reading each round
output/     what is the output? The training that a text does itself is told of it
"""
