"""Refuse an evaluation (as `tenderkit evaluate --format json` writes it) whose figures lie under their floors."""

import json
import sys
from pathlib import Path

evaluation = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
everything = evaluation["bands"][-1]  # both bands: any evidence for an outcome, whatever its stance, predicts it
figures = (
    ("micro F1", everything["micro"]["f1"]["value"], 0.60),
    ("macro F1", everything["macro"]["f1"]["value"], 0.52),
    ("stance", evaluation["stance"]["accuracy"]["value"], 0.55),
)
for name, figure, floor in figures:
    print(f"{name:<10} {figure:.3f}, at least {floor:.2f}: {'reached' if figure >= floor else 'MISSED'}")
sys.exit(any(figure < floor for _, figure, floor in figures))
