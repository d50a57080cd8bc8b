"""Makes the helpline's model of categories from the pack's invented messages: `python -m tools.helpline_model`.

Writes mapae/packs/kr/helpline/model.npz and model.yaml, its card; run it anew when messages or cues have changed.
"""

from __future__ import annotations

from mapae.app.train_helpline import train_helpline
from mapae.pack import load_pack


def main() -> None:
    """Train on the pack's messages alone and print the cross-validated figures."""
    pack = load_pack("kr")
    made = train_helpline(None, pack.root / "helpline", pack)
    for language, figures in made.card["cross_validated"].items():
        print(f"{language:4} {figures}")


if __name__ == "__main__":
    main()
