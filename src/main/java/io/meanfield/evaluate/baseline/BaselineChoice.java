package io.meanfield.evaluate.baseline;

import io.meanfield.settings.Section;
import java.util.Locale;

/** With which baselines a network is compared: the value of run.baselines. */
public enum BaselineChoice {
  /** All, if {@link BaselineWork} finds that they are worth it, else the constant. */
  AUTO,
  /** All. */
  ALL,
  /** None. */
  NONE;

  /** Reads the setting. */
  public static BaselineChoice read(Section run) {
    return run.choice("baselines", BaselineChoice.class);
  }

  /** Returns the value of the setting. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
