"""Kills, damage, full disks and several programs at once, by the thousand; counts printed. Run, in some 20 minutes:

    python bench/faults.py [SHARE [SEED]]

SHARE of the trials is done (1 by default, 0.01 for a look). "failed", "lost" and "tracebacks" should all be 0.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SMALL_DISK = ("unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=4m tmpfs "$1" && shift && exec "$@"', "sh")
RUNS = (
    ("killed while marking and checkpointing", "programs_on_marks kill", 250),
    ("killed while adding", "trials kills_adding", 120),
    ("killed while exporting", "trials kills_exporting", 100),
    ("killed while backing up and restoring", "trials kills_keeping", 100),
    ("marks and journal damaged", "trials corrupt_marks", 5_000),
    ("archive damaged", "trials corrupt_archive", 3_500),
    ("backup file damaged", "trials corrupt_backup", 1_500),
    ("disk full", "trials full_disk", 210),
    ("two desks, a cron job and an export, seconds", "programs_together", 60),
)


def run(what: str, number: int, seed: str) -> dict[str, float]:
    module, *name = what.split()
    with tempfile.TemporaryDirectory() as folder:
        arguments = [str(number), seed] if module != "programs_together" else [str(number)]
        place = [f"{folder}/library"] if module == "programs_together" else [folder]
        command = [sys.executable, "-m", f"tests.store.{module}", *name, *place, *arguments]
        before = [*SMALL_DISK, folder] if name == ["full_disk"] else []
        done = subprocess.run([*before, *command], capture_output=True, text=True, cwd=ROOT, check=False)
    if not done.stdout:
        return {"failed": 1, "not run": 1} if done.returncode == 1 else {"not run": 1}
    if done.returncode:
        print(done.stderr[-3000:])
    counts: dict[str, float] = json.loads(done.stdout)
    return counts


def main(share: float, seed: str) -> int:
    bad = 0.0
    for title, what, number in RUNS:
        began = time.monotonic()
        counts = run(what, max(1, round(number * share)), seed)
        bad += sum(counts.get(b, 0) for b in ("failed", "lost", "stories lost", "tracebacks", "unreadable", "problems"))
        told = ", ".join(f"{name} {number:g}" for name, number in counts.items())
        print(f"{title}: {told} ({time.monotonic() - began:.0f} s)", flush=True)
    print("nothing lost unsaid" if not bad else "NOT SOUND")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(float((sys.argv[1:] or ["1"])[0]), (sys.argv[2:] or ["1"])[0]))
