"""Training steps: `training_steps.py` tells them by names, forms and values, `tensor_steps.py` those of PyTorch by what
is changed, `number_steps.py` those of a text that computes with numbers alone. After a step its leaf begins anew;
`earlier.py` keeps what earlier turns have printed and filled."""
