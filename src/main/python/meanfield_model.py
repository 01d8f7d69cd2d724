"""Loads a model that Meanfield has exported for MLflow: a pandas DataFrame with the columns of the table, or with one column of arrays,
becomes the columns that the command predict writes.

The model's own meanfield.json describes the columns, and model.onnx preprocesses their values and computes the outputs. What is left
is what a file of ONNX cannot do: it reads texts, as Meanfield's classes TextForm, Decimal and DatePatterns do, and refuses values.
"""

import datetime
import decimal
import json
import math
import os
import re
import unicodedata

import numpy
import onnxruntime
import pandas
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

SCHEMA_VERSION = 1
TIME_OF_DAY = "[h:mm[:ss] a][h:mm[:ss]a][H:mm[:ss]]"
WITH_COMMA = {",", "1.234", "1.234,5"}
WHOLE = {"1,234", "1.234"}
DIVIDED = {"1,234", "1,234.5", "1.234", "1.234,5"}
MISSING = {"", "na", "nan", "null", "n/a", "#n/a", "<na>", "?", "-", "--", "\u2013", "\u2014", ".", "none", "nil", "unknown", "missing", "n.a."}
EPOCH = datetime.date(1970, 1, 1).toordinal()
DAY = 86_400
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIMESTAMP = re.compile(
    DATE.pattern + r"[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{0,9}))?)?(?:(Z)|([-+])([0-9]{2}):([0-9]{2}))?"
)
SIGN = "[-+\u2212]?"
SPACE = "[ \u00a0\u202f]?"
WHITESPACE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
MOST_CHARACTERS = 50_000
LONGEST = 40
MARKUP = re.compile("<(?:/?[A-Za-z][^<>]{0,500}|!--[^\n\r\u0085\u2028\u2029]{0,500}?--)>|&(?:#?[A-Za-z0-9]{2,8});")
# The letters of Thai, Lao, Myanmar, Khmer, Chinese and Japanese, which has no spaces between words.
ALONE = [("\u0e01", "\u0edf"), ("\u1000", "\u1099"), ("\u1780", "\u17e9"), ("\u3005", "\u3005"), ("\u303b", "\u303b"),
         ("\u3041", "\u30fa"), ("\u30fd", "\u30ff"), ("\u31f0", "\u9ffc"), ("\ua9e0", "\ua9fe"), ("\uaa60", "\uaa7f"),
         ("\uf900", "\ufad9"), ("\uff66", "\uff6f"), ("\uff71", "\uff9d"), ("\U0001b000", "\U0001b167"),
         ("\U00020000", "\U0003134a")]
DIGITS = "(?:[0-9]+|[1-9][0-9]{0,2}(?P<separator>[, \u00a0\u202f'\u2019])[0-9]{3}(?:(?P=separator)[0-9]{3})*)(?:\\.[0-9]*)?|\\.[0-9]+"


def _load_pyfunc(path):
    return Model(path)


class Model:
    """A model of python_function."""

    def __init__(self, path):
        with open(os.path.join(path, "meanfield.json"), encoding="utf-8") as file:
            self.description = json.load(file)
        if self.description["schema_version"] != SCHEMA_VERSION:
            raise MlflowException(
                f"{path}/meanfield.json has schema version {self.description['schema_version']}, but the module meanfield_model that this"
                f" process has loaded reads version {SCHEMA_VERSION}; load models of different releases in processes of their own"
            )
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            os.path.join(path, "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        numbers = [NumberColumn(column) for column in self.description["inputs"]["numbers"]]
        categories = [CategoryColumn(column) for column in self.description["inputs"]["categories"]]
        texts = [TextColumn(column) for column in self.description["inputs"]["texts"]]
        arrays = [ArrayColumn(column) for column in self.description["inputs"]["arrays"]]
        self.columns = {column.name: column for column in numbers + categories + texts + arrays}

    def predict(self, model_input, params=None):
        """Returns the predictions for the rows of a DataFrame, with its index."""
        if not isinstance(model_input, pandas.DataFrame):
            raise refused(f"the model reads the columns {', '.join(self.columns)}, found {type(model_input).__name__}; pass a pandas.DataFrame")
        absent = [name for name in self.columns if name not in model_input.columns]
        if absent:
            raise refused(
                f"the rows have no column {', '.join(absent)}; the model reads {', '.join(self.columns)}, found"
                f" {', '.join(map(str, model_input.columns))}"
            )
        inputs = {}
        columns = {input_name(name): name for name in self.columns}
        for tensor in self.session.get_inputs():
            column = columns[tensor.name]
            values = self.columns[column].read(model_input[column])
            kind = {"tensor(float)": "float32", "tensor(double)": "float64", "tensor(string)": object, "tensor(uint8)": "uint8"}[tensor.type]
            inputs[tensor.name] = numpy.asarray(values, kind).reshape(len(model_input), *self.columns[column].shape)
        name = self.session.get_outputs()[0].name
        width = self.description["outputs"]["width"]
        outputs = self.session.run([name], inputs)[0] if len(model_input) > 0 else numpy.zeros((0, width), "float32")
        outputs = outputs.reshape(-1, width)
        return pandas.DataFrame(self._predictions(outputs), index=model_input.index)

    def _predictions(self, outputs):
        task = self.description["outputs"]["task"]
        targets = self.description["outputs"]["targets"]
        if task in ("binary", "multi_class"):
            return self._classes(outputs)
        predictions = {}
        if len(targets) != outputs.shape[1]:
            predictions["outputs"] = rows(outputs)
            if task == "regression":
                for name, bounds in self._bounds(outputs):
                    predictions[name] = rows(bounds.astype("float32"))
            return predictions
        for i, target in enumerate(targets):
            if task == "multi_label":
                predictions["predicted_" + target] = (outputs[:, i] >= 0.5).astype("int32")
                predictions["probability_" + target] = outputs[:, i].astype("float64")
            else:
                predictions["predicted_" + target] = outputs[:, i].astype("float64")
                for name, bounds in self._bounds(outputs):
                    predictions[f"{name}_{target}"] = bounds[:, i]
        return predictions

    def _bounds(self, outputs):
        """Returns the names and the ends of the intervals around numbers, as Meanfield's class Intervals."""
        intervals = self.description["outputs"]["intervals"]
        values = outputs.astype("float64")
        sizes = [numpy.interp(values[:, i], scale["at"], scale["sizes"]) for i, scale in enumerate(intervals["scales"])]
        bounds = []
        for level in intervals["levels"]:
            radius = numpy.stack(sizes, axis=1) * numpy.asarray(level["quantiles"])
            bounds.append((f"lower_{suffix(level)}", values - radius))
            bounds.append((f"upper_{suffix(level)}", values + radius))
        return bounds

    def _sets(self, scores, predicted):
        """Returns the names and the sets of classes, as Meanfield's class PredictionSets."""
        labels = self.description["outputs"]["labels"]
        names = [labels[cls] if cls < len(labels) else str(cls) for cls in range(scores.shape[1])]
        sets = {}
        for level in self.description["outputs"]["intervals"]["levels"]:
            isIn = scores >= numpy.float32(1 - level["quantiles"][0])
            isIn[numpy.arange(len(scores)), predicted] = True
            values = numpy.empty(len(scores), object)
            values[:] = [[names[cls] for cls in numpy.flatnonzero(row)] for row in isIn]
            sets[f"prediction_set_{suffix(level)}"] = values
        return sets

    def _classes(self, outputs):
        width = outputs.shape[1]
        # As Meanfield's classes Threshold and PredictedColumns.
        threshold = self.description["outputs"]["threshold"]
        if width == 1 or threshold["is_set"]:
            predicted = (outputs[:, -1] >= numpy.float32(threshold["value"])).astype("int32")
        else:
            predicted = outputs.argmax(axis=1).astype("int32")
        predictions = {"predicted": predicted}
        labels = self.description["outputs"]["labels"]
        if labels:
            predictions["predicted_label"] = [labels[cls] if cls < len(labels) else str(cls) for cls in predicted]
        scores = numpy.concatenate([1 - outputs, outputs], axis=1) if width == 1 else outputs
        sets = self._sets(scores, predicted)
        if not self.description["outputs"]["are_probabilities"]:
            return {**predictions, "outputs": rows(outputs), **sets}
        predictions["probability"] = scores[numpy.arange(len(scores)), predicted].astype("float64")
        if scores.shape[1] == 2:
            predictions["probability_positive"] = scores[:, 1].astype("float64")
        return {**predictions, **sets} if width == 1 else {**predictions, "outputs": rows(outputs), **sets}


def input_name(column):
    """Returns the input of the graph for a column: its name, with codes such as U+1F600 for emoji and all characters above U+FFFF."""
    return "".join(each if each <= "\uffff" else f"U+{ord(each):X}" for each in column)


def suffix(level):
    """Returns what names of columns of a level end with: 90 for 0.9, 99_5 for 0.995."""
    percent = decimal.Decimal(repr(level["level"])) * 100
    return format(percent.normalize(), "f").replace(".", "_")


def rows(outputs):
    """Returns a list for each row."""
    values = numpy.empty(len(outputs), object)
    values[:] = [row.tolist() for row in outputs]
    return values


def refused(message):
    """Returns the exception of rows that the model cannot score, which a server answers with 400."""
    return MlflowException(message, error_code=INVALID_PARAMETER_VALUE)


def wrong(name, row, value, problem):
    shown = "".join(each if each.isprintable() else repr(each)[1:-1] for each in str(value)[:100])
    found = "has no value" if shown == "" else f'is "{shown}"'
    return refused(f"row {row + 1}: column {name} {found}, {problem}")


def is_missing(value):
    return value is None or value is pandas.NA or value is pandas.NaT or (isinstance(value, (float, numpy.floating)) and math.isnan(value))


class NumberColumn:
    """A column of numbers, truth values, dates or timestamps, all of which are read as numbers."""

    shape = (1,)

    def __init__(self, description):
        self.name = description["name"]
        self.type = description["type"]
        self.accepts_missing = description["accepts_missing"]
        self.expected = description["expected"]
        self.is_time = self.type in ("date", "timestamp")
        self.form = TextForm(description["texts"])

    def read(self, series):
        """Returns a number for each value; NaN for a missing one."""
        kind = series.dtype.kind if isinstance(series.dtype, numpy.dtype) else None
        if kind in ("b", "i", "u", "f") and not self.is_time:
            numbers = series.to_numpy("float64")
        else:
            numbers = numpy.array([self._number(i, value) for i, value in enumerate(series)], "float64")
        with numpy.errstate(over="ignore"):
            usable = numpy.isfinite(numbers.astype("float32"))
        if self.accepts_missing:
            usable |= numpy.isnan(numbers)
        if not usable.all():
            i = int(numpy.argmin(usable))
            value = series.iloc[i]
            raise self._wrong(i, "" if is_missing(value) else value)
        return numbers

    def _wrong(self, row, value):
        isRefused = not self.accepts_missing and (value == "" or self._means_missing(value)) and self.type != "float"
        return wrong(
            self.name, row, value, "expected " + self.expected + (", or data.columns.impute = median" if isRefused else "")
        )

    @staticmethod
    def _means_missing(value):
        return isinstance(value, str) and value.strip().lower() in MISSING

    def _number(self, row, value):
        if is_missing(value):
            return math.nan
        if isinstance(value, str):
            number = self._of_text(value.strip())
        elif isinstance(value, (datetime.date, numpy.datetime64)):
            number = seconds_of(value) if self.is_time else None
        elif isinstance(value, (bool, int, float, decimal.Decimal, numpy.number, numpy.bool_)) and not self.is_time:
            number = float(value)
        else:
            number = None
        if number is None:
            raise self._wrong(row, value)
        return number

    def _of_text(self, text):
        number = self.form.number(self.type, text)
        if number is None and text.lower() in MISSING:
            return math.nan
        return number


class CategoryColumn:
    """A column of categories."""

    shape = (1,)

    def __init__(self, description):
        self.name = description["name"]
        self.values = description["values"]
        self.known = set(self.values)
        self.accepts_unknown = description["accepts_unknown"]

    def read(self, series):
        """Returns a text for each value; an empty one for a missing value."""
        return [self._category(row, value) for row, value in enumerate(series)]

    def _category(self, row, value):
        texts = texts_of(self.name, row, value)
        if "\ufffd" in texts[0]:
            raise wrong(self.name, row, texts[0], "expected a text in UTF-8; decode it with its own encoding")
        for text in texts:
            if text in self.known:
                return text
        if self.accepts_unknown:
            return texts[0]
        shown = ", ".join(self.values[:5]) + (", …" if len(self.values) > 5 else "")
        remedy = "train with data.columns.handle-unknown = extra-column"
        if texts[0] == "":
            raise wrong(self.name, row, "", "expected a category, or data.columns.handle-unknown = extra-column")
        raise wrong(self.name, row, texts[0], f"which is none of the {len(self.values)} values in training ({shown}); {remedy}")


def texts_of(name, row, value):
    """Returns the texts that a value may have in a table; training may have read whole numbers or numbers of 64 bits."""
    if is_missing(value):
        return [""]
    if isinstance(value, str):
        return [value.strip()]
    if isinstance(value, (bool, numpy.bool_)):
        return [str(bool(value)).lower()]
    if isinstance(value, (int, numpy.integer)):
        return [str(int(value))]
    if isinstance(value, (float, numpy.floating)):
        plain = numpy.format_float_positional(value, unique=True, trim="-")
        if 1e-3 <= abs(value) < 1e7 or value == 0:
            return [plain]
        scientific = numpy.format_float_scientific(value, unique=True, trim="0", exp_digits=1)
        return [plain, scientific.replace("e+", "E").replace("e", "E")]
    if isinstance(value, decimal.Decimal):
        return [re.sub(r"\.0+$", "", format(value, "f"))]
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return [value.isoformat()]
    raise wrong(name, row, value, f"a {type(value).__name__}, expected a text; convert it as for the training")


class ArrayColumn:
    """A column of images, or of arrays of numbers."""

    def __init__(self, description):
        self.name = description["name"]
        self.is_image = description["type"] == "pixels"
        self.shape = tuple(description["shape"])
        self.expected = " x ".join(map(str, self.shape)) + " numbers"

    def read(self, series):
        """Returns the numbers of each value: bytes, or an array or nested lists of numbers."""
        return [self._array(row, value) for row, value in enumerate(series)]

    def _array(self, row, value):
        if is_missing(value):
            raise refused(f"row {row + 1}: column {self.name} has no value, expected {self.expected}")
        if isinstance(value, (bytes, bytearray)):
            numbers = numpy.frombuffer(value, "uint8" if self.is_image else "int8").astype("float64")
        else:
            numbers = numpy.array(list(self._numbers(row, value)), "float64")
        if len(numbers) != math.prod(self.shape):
            raise refused(f"row {row + 1}: column {self.name} has {len(numbers)} values, expected {self.expected}")
        with numpy.errstate(over="ignore"):
            numbers = numbers.astype("float32")
        usable = (numbers >= 0) & (numbers <= 255) & (numbers == numpy.rint(numbers)) if self.is_image else numpy.isfinite(numbers)
        if not usable.all():
            i = int(numpy.argmin(usable))
            expected = "a whole number from 0 to 255" if self.is_image else "a finite number"
            raise refused(f"row {row + 1}: column {self.name} has {numbers[i]} at position {i + 1}, expected {expected}")
        return numbers

    def _numbers(self, row, value):
        if isinstance(value, (list, tuple)) or (isinstance(value, numpy.ndarray) and value.dtype == object):
            for each in value:
                yield from self._numbers(row, each)
        elif isinstance(value, numpy.ndarray) and value.dtype.kind in "biuf":
            yield from value.ravel().tolist()
        elif isinstance(value, (int, float, decimal.Decimal, numpy.number)) and not isinstance(value, bool):
            yield float(value)
        elif hasattr(value, "toArray"):  # a vector of Spark ML
            yield from value.toArray().tolist()
        else:
            raise wrong(self.name, row, value, "expected " + self.expected)


class TextColumn:
    """A column of texts, or of sets of words."""

    def __init__(self, description):
        self.name = description["name"]
        self.most = description["most"]
        self.codes = {word: i + 1 for i, word in enumerate(description["words"])}
        self.exponents = description["exponents"]
        self.shape = (self.most * (2 if self.exponents else 1),)
        self.has_pairs = any(" " in word for word in self.codes)

    def read(self, series):
        """Returns the numbers of the known words of each value and 0 after the last, then their weights if words have weights."""
        values = numpy.zeros((len(series), *self.shape), "float32")
        for row, value in enumerate(series):
            known = [(self.codes[word], weight) for word, weight in self._entries(row, value).items() if word in self.codes]
            if self.exponents:
                known = [(code, self._scaled(code, weight)) for code, weight in known]
                if len(known) > self.most:
                    known.sort(key=lambda each: -abs(each[1]))
            for i, (code, weight) in enumerate(known[: self.most]):
                values[row, i] = code
                if self.exponents:
                    values[row, self.most + i] = weight
        return values

    def _scaled(self, code, weight):
        usual = math.ldexp(abs(float(weight)), -self.exponents[code - 1])
        return numpy.float32(math.copysign(math.log1p(usual) / math.log(2), weight))

    def _entries(self, row, value):
        """Returns the words of a value with their weights, as Meanfield's class Words."""
        if isinstance(value, (list, tuple, set, frozenset, numpy.ndarray)):
            elements = list(value)
            if elements and all(isinstance(each, tuple) and len(each) == 2 for each in elements):
                return self._entries(row, dict(elements))  # a map that pandas has read from Parquet
            return counted((element(each), 1) for each in elements if not is_missing(each))
        if isinstance(value, dict):
            return counted(map_entry(key, value[key]) for key in sorted(value, key=lambda key: str(key).encode("utf-16-be")))
        if hasattr(value, "indices") and hasattr(value, "values"):  # a sparse vector of Spark ML
            return counted(map_entry(*entry) for entry in zip(value.indices, value.values))
        found = words_of(texts_of(self.name, row, value)[0])
        pairs = [" ".join(pair) for pair in zip(found, found[1:])] if self.has_pairs else []
        return counted((word, 1) for word in found + pairs)


def counted(entries):
    """Returns the sum of the weights of each word."""
    sums = {}
    for word, weight in entries:
        if word != "" and weight != 0:
            sums[word] = sums.get(word, numpy.float32(0)) + numpy.float32(weight)
    return sums


def element(value):
    """Returns an element of a set as a word."""
    return (str(value).lower() if isinstance(value, (bool, numpy.bool_)) else str(value)).strip(WHITESPACE).replace(" ", "\u00a0")


def map_entry(key, value):
    """Returns a word with its weight; 0 for what is no element."""
    if key is None or is_missing(value):
        return "", 0
    if isinstance(value, (bool, int, float, decimal.Decimal, numpy.number, numpy.bool_)):
        with numpy.errstate(over="ignore"):
            weight = numpy.float32(value)
        return element(key), weight if numpy.isfinite(weight) else 0
    return element(f"{key}={value}"), 1


class Kinds(dict):
    """The kind of each character: L a letter or a digit, A one that is a word alone, M a mark, ', f one without a width, S a symbol."""

    def __missing__(self, code):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd"):
            kind = "A" if any(first <= letter <= last for first, last in ALONE) else "L"
        elif category in ("Mn", "Mc", "Me"):
            kind = "M"
        else:
            kind = {"Cf": "f", "So": "S"}.get(category, "'" if letter in "'\u2019" else " ")
        self[code] = kind
        return kind


KINDS = Kinds()
WORD = re.compile("L(?:[LMf]|'(?=[LA]))*|AM*|S")


def words_of(text):
    """Returns the words of a text, in their order."""
    read = text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")
    plain = MARKUP.sub(" ", read) if "<" in read or "&" in read else read
    plain = unicodedata.normalize("NFKC", plain).lower().replace("\u03c2", "\u03c3")
    kinds = plain.translate(KINDS)
    words = []
    for found in WORD.finditer(kinds):
        letters = zip(plain[found.start() : found.end()], found[0])
        word = "".join("'" if kind == "'" else letter for letter, kind in letters if kind != "f")
        if len(word) <= LONGEST:
            words.append(word)
    return words


def seconds_of(value):
    """Returns the seconds since 1970 in UTC of a date or a time."""
    time = pandas.Timestamp(value)
    if time.tzinfo is not None:
        time = time.tz_convert("UTC").tz_localize(None)
    whole = time.floor("s")
    return (whole - pandas.Timestamp(0)) // pandas.Timedelta(seconds=1) + (time - whole).total_seconds()


def day(year, month, day_of_month):
    """Returns the days since 1970; None if there is no such day."""
    try:
        return datetime.date(year, month, day_of_month).toordinal() - EPOCH
    except (ValueError, OverflowError):
        return None


def iso_date(text):
    found = DATE.fullmatch(text)
    days = day(*map(int, found.groups())) if found else None
    return None if days is None else float(days * DAY)


def iso_timestamp(text):
    found = TIMESTAMP.fullmatch(text)
    if not found:
        return None
    days = day(*map(int, found.group(1, 2, 3)))
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    east, north = int(found.group(10) or 0), int(found.group(11) or 0)
    if days is None or hour > 23 or minute > 59 or second > 59 or east > 18 or north > 59 or (east == 18 and north > 0):
        return None
    offset = (east * 3600 + north * 60) * (-1 if found.group(9) == "-" else 1)
    nanos = int((found.group(7) or "").ljust(9, "0"))
    return days * DAY + hour * 3600 + minute * 60 + second - offset + nanos / 1e9


class TextForm:
    """How the texts of a column are written."""

    def __init__(self, description):
        self.pattern = description["pattern"]
        self.needs_unit = description["needs_unit"]
        self.has_comma = self.pattern in WITH_COMMA
        self.dates = None
        if self.pattern == TIME_OF_DAY:
            self.dates = DatePattern(self.pattern, 0)
        elif self.pattern and self.pattern not in WITH_COMMA | DIVIDED:
            self.dates = DatePattern(self.pattern, description["pivot"])
        before = "|".join(map(re.escape, description["before"])) or "(?!)"
        behind = "|".join(map(re.escape, description["behind"])) or "(?!)"
        self.written = re.compile(
            f"(?P<sign>{SIGN})(?:(?P<unit1>{before}){SPACE}(?P<inner>{SIGN}))?(?P<digits>{DIGITS})(?P<exponent>[eE][-+]?[0-9]+)?"
            f"(?:{SPACE}(?P<unit2>{behind}))?"
        )

    def number(self, kind, text):
        """Returns the number of a text; None if it is no value of the column."""
        if kind in ("date", "timestamp"):
            if self.dates:
                return self.dates.seconds(text)
            date = iso_date(text)
            return date if date is not None or kind == "date" else iso_timestamp(text)
        if self.pattern == TIME_OF_DAY:
            seconds = self.dates.seconds(text) if ":" in text[1:] else None
            return None if seconds is None else seconds / 60
        if kind == "boolean":
            return {"true": 1.0, "false": 0.0}.get(text.lower())
        written = exchanged(text) if self.has_comma else text
        is_doubtful = ("," in written and self.pattern not in DIVIDED) or ("." in written and self.pattern in WHOLE)
        if is_doubtful and self._means_two(written):
            return None
        number, has_unit = self._decimal(written)
        if number is None or (self.needs_unit and not has_unit and number != 0):
            return None
        return float(numpy.float32(number)) if kind == "float" else number

    def _means_two(self, text):
        point = self._decimal(text)[0]
        comma = self._decimal(exchanged(text))[0]
        return point is not None and comma is not None and point != comma

    def _decimal(self, text):
        is_negative = text.startswith("(") and text.endswith(")")
        found = self.written.fullmatch(text[1:-1] if is_negative else text)
        if not found or (found["unit1"] and found["unit2"]):
            return None, False
        signs = found["sign"] + (found["inner"] or "")
        if len(signs) > 1 or (is_negative and signs):
            return None, False
        sign = "-" if is_negative else signs.replace("\u2212", "-")
        number = float(sign + re.sub("[^0-9.]", "", found["digits"]) + (found["exponent"] or ""))
        return (number if abs(number) < 3.4028235677973366e38 else None), bool(found["unit1"] or found["unit2"])


def exchanged(text):
    """Returns a text whose commas are points, and the other way round."""
    return text.translate({ord(","): ".", ord("."): ","})


class DatePattern:
    """A pattern of java.time.format.DateTimeFormatter, of the letters y, u, M, d, H, h, m, s, S and a."""

    def __init__(self, pattern, pivot):
        self.pivot = pivot
        self.fields = []
        self.first_of_month = "M" in pattern and "d" not in pattern
        tokens = re.finditer(r"'(?P<quoted>[^']*)'|(?P<letters>(?P<letter>[A-Za-z])(?P=letter)*)|(?P<other>.)", pattern, re.DOTALL)
        self.regex = re.compile("".join(map(self._part, tokens)), re.IGNORECASE)

    def _part(self, token):
        if token["letters"]:
            letter, count = token["letter"], len(token["letters"])
            self.fields.append("yy" if letter in "yu" and count == 2 else "y" if letter == "u" else letter)
            if letter == "a":
                return "(AM|PM)"
            if letter == "M" and count >= 3:
                self.fields[-1] = "MMM"
                return "(" + "|".join(MONTHS + [month[:3] for month in MONTHS if count == 3]) + ")"
            return f"([0-9]{{{count}}})" if count > 1 or letter == "S" else "([0-9]{1,19})"
        if token["other"] == "[":
            return "(?:"
        if token["other"] == "]":
            return ")?"
        return re.escape(token["quoted"] or "'" if token["quoted"] is not None else token["other"])

    def seconds(self, text):
        """Returns the seconds since 1970, or since midnight without a date; None if a text has another form."""
        found = self.regex.fullmatch(text)
        if not found:
            return None
        value = {field: part for field, part in zip(self.fields, found.groups()) if part is not None}
        days = self._days(value)
        time = self._time(value)
        return None if days is None or time is None else days * DAY + time

    def _days(self, value):
        if "y" in value:
            year = int(value["y"])
        elif "yy" in value:
            year = self.pivot + (int(value["yy"]) - self.pivot) % 100
        else:
            return 0
        month = int(value.get("M", 0)) or (1 + [each[:3].lower() for each in MONTHS].index(value["MMM"][:3].lower()) if "MMM" in value else 0)
        return day(year, month, 1 if self.first_of_month else int(value.get("d", 0)))

    @staticmethod
    def _time(value):
        hour = int(value.get("H", 0))
        if "h" in value and "a" in value:
            hour = int(value["h"])
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if value["a"].upper() == "PM" else 0)
        minute, second = int(value.get("m", 0)), int(value.get("s", 0))
        if hour > 23 or minute > 59 or second > 59:
            return None
        return hour * 3600 + minute * 60 + second + (int(value["S"]) / 10 ** len(value["S"]) if "S" in value else 0)
