"""Predictions as lines to read, as CSV and as JSON."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

Prediction = Mapping[str, Any]  # file, row where a file has several, and the answer


def as_text(predictions: Sequence[Prediction]) -> str:
    """A line for each row: where it comes from, and the answer with its probability."""
    places = [_place(each) for each in predictions]
    width = max(map(len, places), default=0)
    lines = (f"{p:<{width}}  {_said(each)}" for p, each in zip(places, predictions, strict=True))
    return "".join(line + "\n" for line in lines)


def _place(prediction: Prediction) -> str:
    row = f"[{prediction['row']}]" if "row" in prediction else ""
    return f"{prediction['file']}{row}"


def _said(answer: Mapping[str, Any]) -> str:
    match answer:
        case {"pixels": shares}:
            said = ", ".join(f"{name} {share:.1%}" for name, share in shares.items())
            return f"{said}  {answer['mask']}" if "mask" in answer else said
        case {"class": name, "probability": probability}:
            return f"{name}  {probability:.4f}"
        case {"labels": labels, "probabilities": probabilities}:
            return ", ".join(f"{n} {probabilities[str(n)]:.4f}" for n in labels) or "none"
        case {"value": value}:
            return f"{value:.6g}"
        case {"values": Mapping() as values}:
            return "  ".join(f"{name} {value:.6g}" for name, value in values.items())
        case {"values": values}:
            return " ".join(f"{value:.6g}" for value in values)
    own = {name: each for name, each in answer.items() if isinstance(each, Mapping)}
    return "  ".join(f"{name}: {_said(each)}" for name, each in own.items())


def as_csv(predictions: Sequence[Prediction]) -> str:
    """A row for each row; probabilities have a column for each class."""
    rows = [dict(_flat(each)) for each in predictions]
    columns = dict.fromkeys(name for row in rows for name in row)
    text = StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _flat(answer: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in answer.items():
        match value:
            case Mapping():
                yield from _flat(value, f"{above}{name}.")
            case list():
                yield f"{above}{name}", " ".join(map(str, value))
            case _:
                yield f"{above}{name}", value


def as_json(predictions: Sequence[Prediction]) -> str:
    return json.dumps(list(predictions), indent=2) + "\n"


FORMATS = {"text": as_text, "csv": as_csv, "json": as_json}
