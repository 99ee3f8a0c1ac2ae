"""How a training step may be written.

where it begins   `beginnings.py`: a leaf, or the first value of what a function trains; `array_parts.py`: a part of one
by its form       `descents.py`: `w = w - 0.1 * u`; `corrections.py`: an error without a rate by its name;
                  `projections.py`: the result is mapped on; `momenta.py`: seen through what an optimizer remembers
by values         `slopes.py`: whether a step follows the slope of a loss
"""
