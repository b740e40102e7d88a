"""What the record of a run says: the program, where it came from, and how it ended."""

import json
import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from typing import Any

PACKAGES = ("specc", "keras", "tensorflow", "tensorflow-cpu", "numpy", "scikit-learn", "matplotlib")


def versions() -> dict[str, str]:
    """The versions that a run's numbers depend on, without importing anything."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """What else they depend on: the number of threads decides in which order sums are made."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"system": platform.system(), "machine": platform.machine(), "cpus": cpus}


def devices() -> list[str]:
    """What trained: `cpu:0`, or the accelerators."""
    from keras.distribution import list_devices

    return [str(device) for device in list_devices()]


def command() -> list[str]:
    """The command line, for the record."""
    return ["specc", *sys.argv[1:]]


def as_json(data: Mapping[str, Any]) -> str:
    """JSON text; numbers that JSON cannot hold are null."""
    return json.dumps(_finite(data), indent=2, allow_nan=False) + "\n"


def _finite(data: Any) -> Any:
    match data:
        case float():
            return data if isfinite(data) else None
        case Mapping():
            return {key: _finite(value) for key, value in data.items()}
        case list() | tuple():
            return [_finite(value) for value in data]
        case _:
            return data
