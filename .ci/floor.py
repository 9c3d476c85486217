"""Refuse an evaluation (as `tenderkit evaluate --by group --format json` writes it) with a figure under its floor."""

import json
import sys
from pathlib import Path

evaluation = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
evidence, both = evaluation["bands"][0], evaluation["bands"][-1]
figures = (
    ("evidence, precision", evidence["micro"]["precision"]["value"], 0.80),
    ("evidence, recall", evidence["micro"]["recall"]["value"], 0.58),
    ("both bands, micro F1", both["micro"]["f1"]["value"], 0.70),
    ("both bands, macro F1", both["macro"]["f1"]["value"], 0.68),
    ("stance", evaluation["stance"]["accuracy"]["value"], 0.68),
    ("stated or not", evaluation["stated"]["accuracy"]["value"], 0.80),
    ("measured or not", evaluation["measured"]["accuracy"]["value"], 0.90),
)
for name, figure, floor in figures:
    print(f"{name:<22}{figure:.3f}, at least {floor:.2f}: {'reached' if figure >= floor else 'MISSED'}")
sys.exit(any(figure < floor for _, figure, floor in figures))
