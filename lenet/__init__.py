"""Helpers of the book *LeNet-5, layer by layer*.

One module per job: ``data`` (the digits), ``models`` (the networks), ``training`` (learning), ``plots`` (figures),
``exercises`` (checks of a reader's answers). Importing the package does nothing else.
"""

__version__ = "0.2.0"
