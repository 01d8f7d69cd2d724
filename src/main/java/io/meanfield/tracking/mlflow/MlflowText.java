package io.meanfield.tracking.mlflow;

import io.meanfield.tracking.mlflow.MlflowApi.KeyValue;

/** Texts within the limits of MLflow (mlflow/utils/validation.py). */
final class MlflowText {
  private static final int MAX_KEY = 250;
  private static final int MAX_PARAM = 6000;
  private static final int MAX_TAG = 5000;

  private MlflowText() {}

  static KeyValue param(String key, String value) {
    return new KeyValue(key(key), shortened(value, MAX_PARAM));
  }

  static KeyValue tag(String key, String value) {
    return new KeyValue(key(key), shortened(value, MAX_TAG));
  }

  /** Returns a key of letters, digits, underscores, dashes, periods and spaces. */
  static String key(String name) {
    return shortened(name.replaceAll("[^A-Za-z0-9_.\\- ]", "_"), MAX_KEY);
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
