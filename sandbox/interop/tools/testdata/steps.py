"""Takes the steps of one tool, and takes them again when the credentials of its start have expired.

steps.py SCRIPT PACKAGE ENDPOINT BUCKET FOLDER PROFILE PAUSE

It prints the version of the package and each step that was done. A profile of "-" means that the credentials come
from the environment.
"""

import importlib
import pathlib
import sys
import time
import traceback
from importlib import metadata
from types import SimpleNamespace

script, package, endpoint, bucket, folder, profile, pause = sys.argv[1:]
print("version", metadata.version(package), flush=True)
place = SimpleNamespace(endpoint_url=endpoint, bucket=bucket, folder=folder, profile=None if profile == "-" else profile)
place.url = f"s3://{bucket}/{folder}"
tool = importlib.import_module(pathlib.Path(script).stem).Tool(place)
steps = [(word, getattr(tool, name)) for name, word in (("write", "wrote"), ("list", "listed"), ("read", "read")) if hasattr(tool, name)]


def take(word, step):
    try:
        step()
        return True
    except Exception:
        print(f"not {word}:", file=sys.stderr)
        traceback.print_exc()
        return False


done = []
for word, step in steps:
    if take(word, step):
        print(word, flush=True)
        done.append(word)
if len(done) == len(steps):
    time.sleep(float(pause))
    if all([take("again " + word, step) for word, step in steps]):
        print("renewed", flush=True)
