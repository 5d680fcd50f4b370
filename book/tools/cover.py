"""Draw the picture of the landing page: one digit on its way through the trained LeNet-5.

    .venv/bin/python book/tools/cover.py

It goes to book/_static/cover.png. Run it again when the weights have changed.
"""

import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from lenet.data import load_mnist, prepare  # noqa: E402
from lenet.models import lenet5  # noqa: E402

OUT = Path(__file__).resolve().parents[1] / "_static" / "cover.png"


def draw(axis, image, **more):
    axis.imshow(image, **more)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, color="#AAAAAA", linewidth=0.6)


def main() -> None:
    train, _ = load_mnist()
    image = prepare(train.images[38:39])
    model = lenet5("tanh", weights="trained")
    names = ["C1", "C3", "F6", "output"]
    layers = dict(zip(names, keras.Model(model.input, [model.get_layer(name).output for name in names]).predict(image, verbose=0)))

    plt.style.use("lenet.book")
    figure = plt.figure(figsize=(11, 3.1), layout="constrained")
    parts = figure.subfigures(1, 5, width_ratios=[1.25, 1.75, 3.1, 0.65, 1.0])
    titles = ["a digit", "C1: 6 maps", "C3: 16 maps", "F6", "the answer"]
    for part, title in zip(parts, titles):
        part.suptitle(title, fontsize=11)
    signed = {"cmap": "RdBu_r", "vmin": -1, "vmax": 1}
    draw(parts[0].subplots(), image[0, :, :, 0], cmap="gray_r")
    for axis, m in zip(parts[1].subplots(3, 2).flat, range(6)):
        draw(axis, layers["C1"][0, :, :, m], **signed)
    for axis, m in zip(parts[2].subplots(3, 6).flat, range(18)):
        if m < 16:
            draw(axis, layers["C3"][0, :, :, m], **signed)
        else:
            axis.axis("off")
    draw(parts[3].subplots(), layers["F6"].reshape(12, 7), **signed)
    axis = parts[4].subplots()
    axis.barh(range(10), layers["output"][0], color=["#D55E00" if k == layers["output"][0].argmax() else "#0072B2" for k in range(10)])
    axis.set(yticks=range(10), xticks=[0, 1], xlim=(0, 1), xlabel="probability")
    axis.invert_yaxis()
    assert np.argmax(layers["output"]) == 7, "the cover shows a seven that is read as a seven"
    figure.savefig(OUT, dpi=110)


if __name__ == "__main__":
    main()
