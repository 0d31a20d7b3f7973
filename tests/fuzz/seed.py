#!/usr/bin/env python3
"""Fills tests/fuzz/corpus from the fixtures, and writes the words they use to tests/fuzz/words.dict."""

import collections
import hashlib
import json
import pathlib
import re

here = pathlib.Path(__file__).parent
fixtures = here.parent.parent / "fixtures"
seeds = collections.defaultdict(set)

for case in json.loads((fixtures / "conformance/yaml/cases.json").read_text()):
    seeds["yaml"].add(case["yaml"])

for path in fixtures.rglob("*.yml"):
    if path.name == "override.yml":
        continue
    text = path.read_bytes().decode(errors="replace")
    seeds["yaml"].add(text)
    parts = [text]
    if path.name == "stack.yml":
        override = path.with_name("override.yml")
        parts.append(override.read_text() if override.exists() else "")
        known = ("stack.yml", "override.yml", "case.json", "expected.json", "expected-29.json")
        others = [it for it in path.parent.iterdir() if it.is_file() and it.name not in known]
        parts += [it.read_bytes().decode(errors="replace") for it in sorted(others)[:1]]
    seeds["analyze"].add("\n=====\n".join(parts))
    for line in text.splitlines():
        value = re.sub(r"^\s*(- )?([\w.-]+:\s)?\s*|\s+#.*$", "", line).strip("\"'")
        seeds["interpolation"].add(value)

for target, texts in seeds.items():
    folder = here / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for text in texts:
        if len(text.encode()) <= 4096:
            name = hashlib.sha1(text.encode()).hexdigest()
            (folder / name).write_text(text, newline="")
    print(f"{target}: {len(texts)} seeds")

counts = collections.Counter(re.findall(r"[A-Za-z_]{3,24}", "\n".join(seeds["analyze"])))
words = [word for word, count in counts.most_common(600) if count > 2]
words += ["<<: *", "${", ":-", ":?", "&a ", "*a", "!!", "---\\x0a", "{{.", "\\x0a=====\\x0a", "\\x1b"]
(here / "words.dict").write_text("".join(f'"{word}"\n' for word in words))
