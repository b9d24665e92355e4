"""Healthy when every init script has run and none has failed; says which one has. The container's healthcheck."""

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
        failed = [script["name"] for script in state["scripts"] if script["state"] == "ERROR"]
        if failed:
            sys.exit(f"init script failed: {', '.join(failed)}; why: docker compose logs localstack")
        if not state["completed"]:
            sys.exit(f"init scripts of stage {name} are still running")
    print("the pipeline is ready")


if __name__ == "__main__":
    main()
