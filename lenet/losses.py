"""The two losses of LeCun et al. 1998: criteria on the distances to the ten bitmaps, with their curvature."""

from __future__ import annotations

import keras
import numpy as np
from keras import ops


def _of_the_correct(labels, distances):
    """The distances to the codes of the labels, ``(batch, 1)``."""
    if tuple(labels.shape)[1:] not in ((), (1,)):
        raise ValueError(f"Expected labels of shape (batch,), numbers from 0, received {tuple(labels.shape)}. Take argmax of one-hot labels.")
    return ops.take_along_axis(distances, ops.reshape(ops.cast(labels, "int32"), (-1, 1)), axis=1)


@keras.saving.register_keras_serializable(package="lenet")
def softmin(distances):
    """Turn distances, ``(..., answers)``, into probabilities, exp(−y_i) / Σ_j exp(−y_j): the smallest gets the highest.

    >>> softmin(np.array([[9.0, 0.0, 9.0]])).numpy().argmax(axis=1)
    array([1])
    """
    return keras.activations.softmax(-distances)


@keras.saving.register_keras_serializable(package="lenet")
class Distance(keras.losses.Loss):
    """The distance to the correct code alone: E = mean over digits of y_correct (LeCun et al. 1998, equation 8).

    Nothing pushes the wrong codes away: where codes can be learned, all would become equal and E = 0.

    Call with:
        y_true: labels, integers, ``(batch,)`` or ``(batch, 1)``.
        y_pred: distances from `lenet.layers.EuclideanRBF`, ``(batch, answers)``, numbers from 0.
    Raises: ``ValueError`` for labels of another shape, such as one-hot.

    >>> float(Distance()(np.array([1, 0]), np.array([[9.0, 4.0], [2.0, 5.0]])))
    3.0
    """

    def __init__(self, reduction="sum_over_batch_size", name="distance", dtype=None):
        super().__init__(name, reduction, dtype)

    def call(self, y_true, y_pred):
        return ops.squeeze(_of_the_correct(y_true, y_pred), axis=1)

    def curvature(self, features, codes):
        """∂²E/∂x_j² of each digit by what the codes are compared with: 2, whatever the label.

        From the outputs of F6, ``(batch, features)``, and codes, ``(answers, features)``: numbers from 0, ``(batch, features)``.
        """
        return 2 * ops.ones_like(features)


@keras.saving.register_keras_serializable(package="lenet")
class MAP(keras.losses.Loss):
    """The MAP criterion: E = mean over digits of y_correct + log(e^(−j) + Σ_i e^(−y_i)) (LeCun et al. 1998, equation 9).

    It pulls towards the correct code and pushes away from the wrong ones, the more the nearer they are. Divided by the sum
    in the logarithm, e^(−j) and the e^(−y_i) are probabilities: of rubbish, and of each answer; E is −log of that of the
    correct answer. So a wrong code further away than about j is left alone. The paper gives no value of j.

    Args: j: the distance at which rubbish is as probable as an answer, above 0. Beyond all distances, as 1,000 is here,
        nothing is rubbish: E is then the cross-entropy of `softmin`.
    Call with labels and distances as `Distance`.
    Raises: ``ValueError`` for a j that is not above 0, or labels of another shape, such as one-hot.

    >>> round(float(MAP(j=3.0)(np.array([1]), np.array([[9.0, 1.0]]))), 4)  # log(e^(1 − 3) + e^(1 − 9) + e^(1 − 1))
    0.1272
    """

    def __init__(self, j: float = 10.0, reduction="sum_over_batch_size", name="map", dtype=None):
        super().__init__(name, reduction, dtype)
        if not 0 < j < float("inf"):
            raise ValueError(f"Expected a j above 0, received {j}.")
        self.j = j

    def call(self, y_true, y_pred):
        rubbish = self.j * ops.ones_like(y_pred[:, :1])
        # y_correct moved into the logarithm: the largest exponent is then 0 or above, and nothing large is subtracted at the end.
        return ops.logsumexp(_of_the_correct(y_true, y_pred) - ops.concatenate([y_pred, rubbish], axis=1), axis=1)

    def curvature(self, features, codes):
        """∂²E/∂x_j² as in `Distance`: exact, never negative, and near 0 where one answer is certain, right or wrong.

        With p_i the probability of answer i and p that of rubbish, it is 2p plus 4 times the variance of x_j − code_ij, where
        rubbish counts as a difference of 0.
        """
        differences = ops.expand_dims(features, 1) - ops.cast(codes, features.dtype)  # batch, answers, features
        distances = ops.sum(ops.square(differences), axis=2)
        probabilities = ops.softmax(-ops.concatenate([distances, self.j * ops.ones_like(distances[:, :1])], axis=1), axis=1)
        answers, rubbish = probabilities[:, :-1, None], probabilities[:, -1:]
        mean = ops.sum(answers * differences, axis=1)
        spread = ops.sum(answers * ops.square(differences - mean[:, None]), axis=1) + rubbish * ops.square(mean)
        return 2 * rubbish + 4 * spread

    def get_config(self):
        return super().get_config() | {"j": self.j}
