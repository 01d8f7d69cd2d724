"""Reads texts as the module of a model of MLflow does. Usage: mlflow_texts.py FILE

FILE is JSON: texts, and forms with a type, a description of the texts, and the number of each text or "none"; or sentences and the words
of each. Prints each text that the module reads as another number, and each sentence in which it finds other words.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../main/python"))
import meanfield_model  # noqa: E402

with open(sys.argv[1], encoding="utf-8") as file:
    content = json.load(file)
for form in content.get("forms", []):
    reader = meanfield_model.TextForm(form["texts"])
    for text, expected in zip(content["texts"], form["numbers"]):
        number = reader.number(form["type"], text)
        found = "none" if number is None else number
        if found != expected:
            print(form["type"], form["texts"], repr(text), "is", found, "expected", expected)
for sentence, expected in content.get("sentences", []):
    found = meanfield_model.words_of(sentence)
    if found != expected:
        print(ascii(sentence), "has", ascii(found), "expected", ascii(expected))
