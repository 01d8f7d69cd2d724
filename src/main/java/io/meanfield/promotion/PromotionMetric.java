package io.meanfield.promotion;

import java.util.Locale;

/** The metric by which challenger and champion are compared. */
public enum PromotionMetric {
  ACCURACY("accuracy", true, true),
  MACRO_F1("macro_f1", true, true),
  PR_AUC("pr_auc", true, false),
  LOG_LOSS("log_loss", false, false),
  MSE("mse", false, false),
  MAE("mae", false, false),
  PINBALL("pinball", false, false);

  private final String column;
  private final boolean largerIsBetter;
  private final boolean fraction;

  PromotionMetric(String column, boolean largerIsBetter, boolean fraction) {
    this.column = column;
    this.largerIsBetter = largerIsBetter;
    this.fraction = fraction;
  }

  /** Returns the name of the metric in the table {@code evaluation}. */
  public String column() {
    return column;
  }

  /** Returns by how much the challenger is better; negative if it is worse. */
  public double improvement(double champion, double challenger) {
    return largerIsBetter ? challenger - champion : champion - challenger;
  }

  /** Returns whether a model reaches an absolute bound. */
  boolean reaches(double value, double bound) {
    return improvement(bound, value) >= 0;
  }

  /** Returns a value for people, such as {@code 94.55 %}. */
  String display(double value) {
    return fraction ? percent(value) : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Returns a difference for people, such as {@code 0.35 points}: hundredths of a fraction. */
  String displayDifference(double difference) {
    return fraction ? points(difference) : String.format(Locale.ROOT, "%.4f", difference);
  }

  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  static String points(double difference) {
    return String.format(Locale.ROOT, "%.2f points", 100 * difference);
  }

  /** Returns the name as it is written in the settings, such as {@code macro-f1}. */
  @Override
  public String toString() {
    return column.replace('_', '-');
  }
}
