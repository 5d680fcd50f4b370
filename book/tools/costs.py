"""Write the page book/costs.md: what each layer of LeNet-5 costs, computed from the networks, not typed.

    .venv/bin/python book/tools/costs.py
"""

from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "costs.md"

HEAD = (
    "| layer | makes | weights | multiplications | connections | sees |\n"
    "|---|---|---:|---:|---:|---:|\n"
)


def row(layer: str, makes: str, *numbers: int) -> str:
    return f"| {layer} | {makes} | " + " | ".join(f"{number:,}" for number in numbers) + " |\n"


def everyday() -> str:
    """The table of the presets ``tanh`` and ``relu``, read off the Keras models."""
    from lenet.models import PRESETS, lenet5

    tables = []
    for preset in PRESETS:
        if preset == "paper":
            continue
        table, total, field, step = "", [0, 0, 0], 1, 1
        for layer in lenet5(preset).layers[1:]:
            weights, shape = layer.count_params(), layer.output.shape[1:]
            if layer.name == "flatten":
                continue
            if layer.name.startswith("S"):  # an average of 2 × 2
                places, window, own = shape[0] * shape[1] * shape[2], 2, 2
                products, connections = 0, places * 4
            else:
                kernel, bias = (w.shape for w in layer.weights)
                window, own = (kernel[0] if len(kernel) == 4 else 1), 1
                places = shape[0] * shape[1] if len(shape) == 3 else 1
                products, connections = places * (weights - bias[0]), places * weights
            field, step = field + (window - 1) * step, step * own
            table += row(layer.name, " × ".join(map(str, shape)), weights, products, connections, field)
            total = [a + b for a, b in zip(total, (weights, products, connections))]
        tables.append(table + row("**total**", "", *total).replace(" |\n", " | |\n"))
    assert tables[0] == tables[1], "the presets differ in their bends alone"
    return HEAD + tables[0]


def paper() -> str:
    """The table of the network of 1998, from its description."""
    from lenet.layers import C3_TABLE

    reads = [len(maps) for maps in C3_TABLE]
    layers = [  # name, makes, places of a map, weights of the layer, biases among them, receptive field
        ("C1", "28 × 28 × 6", 28 * 28, 6 * 26, 6, 5),
        ("C3", "10 × 10 × 16", 10 * 10, sum(25 * n + 1 for n in reads), 16, 14),
        ("C5", "1 × 1 × 120", 1, 120 * (16 * 25 + 1), 120, 32),
        ("F6", "84", 1, 84 * 121, 84, 32),
    ]
    rows = {name: (makes, weights, places * (weights - biases), places * weights, field) for name, makes, places, weights, biases, field in layers}
    for name, size, maps, field in [("S2", 14, 6, 6), ("S4", 5, 16, 16)]:  # coefficient · sum of four + bias
        rows[name] = (f"{size} × {size} × {maps}", 2 * maps, size * size * maps, size * size * maps * 5, field)
    rows["output"] = ("10", 0, 840, 840, 32)  # ten squared distances in 84 dimensions, to fixed bitmaps
    ordered = [(name, rows[name]) for name in ("C1", "S2", "C3", "S4", "C5", "F6", "output")]
    total = [sum(values[k] for _, values in ordered) for k in (1, 2, 3)]
    assert (total[0], total[2]) == (60_000, 340_908), "as published"
    return HEAD + "".join(row(name, *values) for name, values in ordered) + row("**total**", "", *total).replace(" |\n", " | |\n")


def page() -> str:
    return (
        "# What each layer costs\n\n"
        "Weights: what the layer learns, biases among them. Multiplications: of a number with a weight, for one digit. "
        "Connections, counted as the paper of 1998 counts them: each number that a unit reads, and each use of a "
        "bias. Sees: the rows of the padded picture in the receptive field of one number.\n\n"
        "## As it is built today: `lenet5(\"tanh\")` and `lenet5(\"relu\")`\n\n"
        f"{everyday()}\nThe two differ in the bend of C1, C3 and C5, which has no weights.\n\n"
        "## As published in 1998\n\n"
        f"{paper()}\nThe differences: each map of S2 and S4 has a coefficient and a bias that are learned; a map of C3 reads "
        "three, four or six maps of S2, not all; the output compares F6 with ten patterns of 84 numbers, fixed at least "
        "at first. The weights and connections add up to the 60,000 and 340,908 of the paper.\n\n"
        "`book/tools/costs.py` writes this page.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
