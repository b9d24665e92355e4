"""Checks that every init script has run and succeeded, and names a failed one. The container's health check."""

import json
import sys
import urllib.request

BASE = "http://localhost:4566/_localstack/init/"


def stage(name):
    with urllib.request.urlopen(BASE + name, timeout=5) as answer:
        return json.load(answer)


def main():
    for name in ("start", "ready"):
        state = stage(name)
        states = {script["name"]: script["state"] for script in state["scripts"]}
        failed = [script for script, one in states.items() if one == "ERROR"]
        if failed:
            sys.exit(f"init script failed: {', '.join(failed)}; why: docker compose logs localstack")
        # A script that exits in an unusual way keeps another state although its stage counts as completed.
        if not state["completed"] or not states or set(states.values()) != {"SUCCESSFUL"}:
            sys.exit(f"init scripts of stage {name} have not succeeded yet: {states}")
    print("the pipeline is ready")


if __name__ == "__main__":
    main()
