"""One run: what a worker does, from the first weight to the finished line of the results."""

from __future__ import annotations

import hashlib
import os
import platform
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lenet.data import BACKGROUND, INK, Digits, load_mnist, prepare, split
from lenet.distort import Distortion
from lenet.models import lenet5
from lenet.study.inside import inside
from lenet.training import Recipe, Recipe1998, Run, train, train_sdlm, versions


def perform(study: str, arm: str, seed: int, config: dict[str, Any], choosing: bool) -> dict[str, Any]:
    """Train one network of a study and, if the study does not choose, look at the test digits once, at the end.

    Args:
        study, arm: their names.
        seed: decides the first weights and the order of the digits.
        config: the arm's configuration, see `lenet.study.grid.Study`.
        choosing: learn from 55,000 digits and validate on 5,000, in place of learning from 60,000 and testing.

    Returns:
        The run, with the keys of `lenet.study.results.KEYS`; or ``arm``, ``seed`` and ``failed``, the words of the error.
    """
    try:
        training, test = load_mnist()
        training, validation = split(training) if choosing else (training, None)
        grey = config.get("paper", BACKGROUND), config.get("ink", INK)
        looks: list[dict[str, dict[str, float]]] = []

        def look(epoch: int, model: Any) -> None:
            if not choosing:
                looks.append(inside(model, prepare(training.images[:1000], *grey), training.labels[:1000]))

        model, done = learn(config, seed, training[: config["digits"]], validation, look)
        run = {
            "study": study,
            "arm": arm,
            "seed": seed,
            "config": config,
            "epochs": [{key: number(value) for key, value in epoch._asdict().items()} for epoch in done.epochs],
            "seconds": round(done.seconds, 2),
            "versions": {"python": platform.python_version(), **versions()},
            "processor": processor(),
            "code": code_digest(),
        }
        if not choosing:
            answers = model.predict(prepare(test.images, *grey), batch_size=1000, verbose=0).argmax(axis=1)
            wrong = np.flatnonzero(answers != test.labels)
            run |= {"test_error": 100 * len(wrong) / len(test), "test_errors": wrong.tolist(), "inside": looks}
        return run
    except Exception:  # whatever it is, it must not stop the other runs
        return {"arm": arm, "seed": seed, "failed": traceback.format_exc()}


def learn(config: dict[str, Any], seed: int, training: Digits, validation: Digits | None, after_epoch: Callable[[int, Any], None]) -> tuple[Any, Run]:
    """Build and train the network of a configuration, on one thread and repeatably.

    Args:
        config, seed: as in `perform`.
        training, validation: the digits to learn from, and those to look at after each epoch.
        after_epoch: called with the number of epochs done and the model, before the first epoch and after each.

    Returns:
        The model and the `lenet.training.Run`.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # TensorFlow takes it on some processors only: without it, it is half as fast on others
    import keras
    import tensorflow as tf

    if tf.config.threading.get_intra_op_parallelism_threads() != 1:  # cannot change once TensorFlow has computed
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    tf.get_logger().setLevel("ERROR")  # each run compiles a network of its own, which TensorFlow finds wasteful
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)

    model = lenet5(config["preset"], seed=seed, initial=config["initial"], **config["parts"])
    after_epoch(0, model)
    kind = Recipe1998 if "mu" in config else Recipe
    recipe = kind(**{field: config[field] for field in kind._fields})
    arguments = model, training, validation, recipe, seed, False, lambda epoch: after_epoch(epoch, model)
    if kind is Recipe:
        return model, train(*arguments)
    return model, train_sdlm(*arguments, config["distortion"] and Distortion(*config["distortion"]))


def number(value: float | None) -> float | None:
    """Rounded to six decimals; ``None`` for what is no number any more, because a training diverged."""
    return round(float(value), 6) if value is not None and np.isfinite(value) else None


def processor() -> str:
    """The processor's name, as the system tells it, with the family and the model where there are any: one name may stand for several."""
    try:
        lines = [line.split(":") for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line]
    except OSError:
        lines = []
    told = {key.strip(): value.strip() for key, value in lines}
    name = told.get("model name") or platform.processor() or platform.machine()
    return f"{name} (family {told['cpu family']}, model {told['model']})" if {"cpu family", "model"} <= told.keys() else name


def code_digest() -> str:
    """Twelve hexadecimal digits that change when the code behind a run changes."""
    package = Path(__file__).resolve().parents[1]
    files = ["data/mnist.py", "distort.py", "layers.py", "losses.py", "models.py", "sdlm.py", "training.py", "study/inside.py", "study/job.py"]
    return hashlib.sha256(b"\0".join((package / file).read_bytes() for file in files)).hexdigest()[:12]
