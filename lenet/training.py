"""Train a network: recipes, and a seeded run with progress, as today or as in 1998."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lenet.data import BACKGROUND, INK, Digits, batches, prepare

if TYPE_CHECKING:
    from lenet.distort import Distortion


class Recipe(NamedTuple):
    """How a network is trained."""

    epochs: int = 10  # passes through the training digits
    batch_size: int = 128  # digits in one step
    learning_rate: float = 3e-3  # of Adam, at its highest
    warm_up: float | None = 0.2  # share of all steps in which the rate climbs from 0; it then falls to 0 along a cosine. None: it stays
    paper: float = BACKGROUND  # what paper and ink become in the inputs, see `lenet.data.prepare`
    ink: float = INK


class Recipe1998(NamedTuple):
    """How a network is trained by `train_sdlm`: as published, but for the curvature, and j, of which the paper gives no value."""

    rates: tuple[float, ...] = (5e-4,) * 2 + (2e-4,) * 3 + (1e-4,) * 3 + (5e-5,) * 4 + (1e-5,) * 8  # η of each pass
    batch_size: int = 1  # digits in one step, their gradients summed: η means the same with more, if h changes little
    mu: float = 0.02  # keeps the rate of a weight finite where the error is flat
    patterns: int = 500  # digits that the curvature is estimated on, before each pass
    j: float | None = 10.0  # of the MAP criterion; None takes the distance alone
    curvature: str = "distance"  # the criterion whose curvature is propagated, "distance" or "map"
    reshuffled: bool = False  # whether each pass has an order of its own; in 1998 a "constant random order" (appendix C)


class Epoch(NamedTuple):
    """What was seen in one epoch. ``loss`` is the mean cross-entropy in nats, ``error`` is in percent.

    The two training figures are means over the epoch, while the weights were still changing; the two validation
    figures are taken at its end, and are ``None`` where nothing was held out.
    """

    loss: float
    error: float
    validation_loss: float | None
    validation_error: float | None


class Run(NamedTuple):
    """A finished training: what was asked, what was seen, how long it took."""

    recipe: Recipe
    seed: int
    epochs: tuple[Epoch, ...]
    seconds: float


def train(
    model,
    training: Digits,
    validation: Digits | None = None,
    recipe: Recipe = Recipe(),
    seed: int = 0,
    progress: bool = True,
    after_epoch: Callable[[int], None] | None = None,
) -> Run:
    """Train a model with Adam on cross-entropy, in place.

    Args:
        model: a `keras.Model` from prepared images to ten probabilities, such as `lenet.models.lenet5` builds.
        training: the digits to learn from.
        validation: digits to look at after each epoch, never to learn from.
        recipe: epochs, batch size and learning rate.
        seed: decides the order of the digits. The first weights were decided when the model was built.
        progress: print one line for each epoch.
        after_epoch: called with the number of epochs done, after each.

    Returns: the `Run`. The same model, digits, recipe and seed give the same run again on the same machine.

    Raises: ``ValueError`` for no digits, or a recipe without an epoch, a batch or a rate.
    """
    import keras

    if not len(training):
        raise ValueError("Expected digits to learn from, received none.")
    if recipe.epochs < 1 or recipe.batch_size < 1 or not recipe.learning_rate > 0 or not 0 <= (recipe.warm_up or 0) < 1:
        raise ValueError(f"Expected at least one epoch, one digit a batch and a rate above 0, received {recipe}.")
    rate: Any = recipe.learning_rate
    if recipe.warm_up is not None:
        steps = recipe.epochs * -(-len(training) // recipe.batch_size)
        climb = int(recipe.warm_up * steps)
        first, top = (0.0, recipe.learning_rate) if climb else (recipe.learning_rate, None)
        rate = keras.optimizers.schedules.CosineDecay(first, steps - climb, warmup_target=top, warmup_steps=climb)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=4)
    epochs: list[Epoch] = []

    def record(_: int, logs: dict[str, float]) -> None:
        wrong, validation_wrong = (100 * (1 - logs[name]) if name in logs else None for name in ("accuracy", "val_accuracy"))
        epochs.append(Epoch(logs["loss"], wrong, logs.get("val_loss"), validation_wrong))
        _tell("epoch", epochs, recipe.epochs, progress, after_epoch)

    grey, start = (recipe.paper, recipe.ink), time.perf_counter()
    model.fit(
        batches(prepare(training.images, *grey), training.labels, recipe.batch_size, seed),
        validation_data=validation and batches(prepare(validation.images, *grey), validation.labels, 1000),
        epochs=recipe.epochs,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=record)],
        shuffle=False,  # the pipeline shuffles
        verbose=0,
    )
    return Run(recipe, seed, tuple(epochs), time.perf_counter() - start)


def _tell(name: str, epochs: list[Epoch], of: int, progress: bool, after_epoch: Callable[[int], None] | None) -> None:
    """What happens after an epoch, as its callers ask for it."""
    epoch = epochs[-1]
    if progress:
        held_out = "" if epoch.validation_error is None else f", validation error {epoch.validation_error:.2f} %"
        print(f"{name} {len(epochs)} of {of}: loss {epoch.loss:.4f}, training error {epoch.error:.2f} %{held_out}", flush=True)
    if after_epoch:
        after_epoch(len(epochs))


def train_sdlm(
    model,
    training: Digits,
    validation: Digits | None = None,
    recipe: Recipe1998 = Recipe1998(),
    seed: int = 0,
    progress: bool = True,
    after_epoch: Callable[[int], None] | None = None,
    distortion: Distortion | None = None,
) -> Run:
    """Train a model as in 1998, in place.

    Args:
        model: a `keras.Model` that `lenet.sdlm.SDLM` can train, such as ``lenet5("paper", initial="1998-root")``.
        training, validation: the digits to learn from, and those to look at after each pass.
        recipe: rates, batch size, μ, criterion and curvature.
        seed: decides the order of the digits, their distortions, and which of them the curvature is estimated on.
        progress, after_epoch: as in `train`, for each pass.
        distortion: how far digits are distorted at most: each pass then shows a part of the set of `lenet.distort.enlarged`, which comes
            round again after ten. ``None``: the digits as they are.

    Returns: the `Run`, the same again as in `train`, with an epoch for each pass; its losses are means of the criterion.

    Raises: ``ValueError`` for no digits, a model that `lenet.sdlm.SDLM` cannot train, or a recipe without a pass, a pattern or a curvature.
    """
    import tensorflow as tf

    from lenet.distort import enlarged
    from lenet.losses import MAP, Distance
    from lenet.sdlm import SDLM

    if not len(training):
        raise ValueError("Expected digits to learn from, received none.")
    criterion = Distance() if recipe.j is None else MAP(recipe.j)
    curvatures = {"distance": Distance()} | ({} if recipe.j is None else {"map": criterion})
    if not recipe.rates or not min(recipe.rates) > 0 or recipe.patterns < 1 or recipe.curvature not in curvatures:
        known = " or ".join(map(repr, curvatures))
        raise ValueError(f"Expected rates above 0, at least one pattern, and {known} as curvature, received {recipe}.")
    optimizer = SDLM(model, criterion, curvatures[recipe.curvature], recipe.mu)
    generator, epochs, start = np.random.default_rng(seed), [], time.perf_counter()
    images, labels = tf.constant(prepare(training.images)), tf.constant(training.labels)
    held_out = validation and (prepare(validation.images), validation.labels)
    order = generator.permutation(len(training))
    for number, eta in enumerate(recipe.rates):
        if distortion:
            part = enlarged(training, distortion, seed, number % 10)
            images, labels = tf.constant(prepare(part.images)), tf.constant(part.labels)
        patterns = generator.permutation(len(training))[: recipe.patterns]
        rates = optimizer.rates(optimizer.curvatures(tf.gather(images, patterns)), eta)
        if recipe.reshuffled:
            order = generator.permutation(len(training))
        seen = optimizer.run_pass(images, labels, rates, recipe.batch_size, order)
        epochs.append(Epoch(*seen, *(optimizer.look(*held_out) if held_out else (None, None))))
        _tell("pass", epochs, len(recipe.rates), progress, after_epoch)
    return Run(recipe, seed, tuple(epochs), time.perf_counter() - start)


def error(model, digits: Digits) -> float:
    """The share of digits, at least one, that a model from prepared images to ten scores or probabilities gets wrong, in percent."""
    if not len(digits):
        raise ValueError("Expected at least one digit, received none.")
    answers = model.predict(prepare(digits.images), batch_size=1000, verbose=0)
    return 100 * float(np.mean(answers.argmax(axis=1) != digits.labels))


def versions() -> dict[str, str]:
    """The versions that decide what a training finds: ``{"tensorflow": …, "keras": …, "numpy": …}``."""
    return {name: version(name) for name in ("tensorflow", "keras", "numpy")}
