"""Adapts the pages of docs, which are written for the repository's own pages, to MkDocs."""

import posixpath
import re

from mkdocs.structure.files import File

FENCES = re.compile(r"^```(?:python|java|scala)\n.*?^```\n(?:\n*^```(?:python|java|scala)\n.*?^```\n)+", re.M | re.S)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```\n", re.M | re.S)
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)([^)\s]*)\)")
NAMES = {"python": "Python", "java": "Java", "scala": "Scala"}


def on_files(files, config):
    """Adds the page of a run, which dev/site has trained."""
    files.append(File.generated(config, "penguins.html", abs_src_path="target/site-runs/penguins/report.html"))


def on_page_markdown(markdown, page, config, files):
    """Shows the same code in several languages as tabs, and links to files outside of docs in the repository."""

    def outside(match):
        path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page.file.src_uri), match[1]))
        return match[0] if path.startswith("docs/") else f"]({config.repo_url}/blob/main/{path}{match[2]})"

    return LINK.sub(outside, FENCES.sub(tabs, markdown))


def tabs(match):
    blocks = FENCE.findall(match[0])
    if len({language for language, _ in blocks}) < len(blocks):
        return match[0]  # one after the other, not side by side
    lines = []
    for language, code in blocks:
        lines += [f'=== "{NAMES[language]}"', "", f"    ```{language}"]
        lines += ["    " + line if line else "" for line in code.splitlines()]
        lines += ["    ```", ""]
    return "\n".join(lines) + "\n"
