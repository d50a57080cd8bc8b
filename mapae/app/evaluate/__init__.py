"""Evaluation: labelled cases go through the code path of screening; predictions have the shape of `expect`."""

from mapae.app.evaluate.run import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
