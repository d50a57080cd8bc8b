"""Makes the helpline's answers to yes-or-no questions from the pack's invented messages: `python -m tools.helpline_answers`.

Writes mapae/packs/kr/helpline/answers.npz and answers.yaml, its card; run it anew when questions, lists or cues have changed.
"""

from __future__ import annotations

from mapae.app.train_answers import train_answers
from mapae.pack import load_pack


def main() -> None:
    """Train on the pack's messages and print the cross-validated figures."""
    pack = load_pack("kr")
    card = train_answers(pack.root / "helpline", pack)
    for question, languages in card["cross_validated"].items():
        for language, figures in languages.items():
            print(f"{question:9} {language:6} {figures}")


if __name__ == "__main__":
    main()
