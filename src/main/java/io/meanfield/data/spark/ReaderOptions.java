package io.meanfield.data.spark;

import io.meanfield.error.Redaction;
import java.util.Map;
import java.util.TreeMap;

/** The options of Spark's DataFrameReader. Some are secrets, such as {@code password}. */
record ReaderOptions(Map<String, String> values) {
  ReaderOptions {
    values = Map.copyOf(values);
  }

  /** Returns a text without the values of secret options. */
  String withoutSecrets(String text) {
    String safe = text;
    for (Map.Entry<String, String> option : values.entrySet()) {
      if (Redaction.isSecret(option.getKey()) && !option.getValue().isBlank()) {
        safe = safe.replace(option.getValue(), Redaction.HIDDEN);
      }
    }
    return safe;
  }

  /** Returns the options without the values of secrets. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(values);
    shown.replaceAll((key, value) -> Redaction.isSecret(key) ? Redaction.HIDDEN : value);
    return shown.toString();
  }
}
