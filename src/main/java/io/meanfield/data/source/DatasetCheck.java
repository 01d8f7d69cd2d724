package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.TargetRange;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;

/** Checks that a data set suits the network and the settings of a job; driver only. */
public record DatasetCheck(Dataset data) {

  /** Throws unless an example has as many values as a network has inputs. */
  public void requireWidth(int inputs) {
    requireWidth(data.width(), data.hasImages(), data.display(), inputs);
  }

  /**
   * Throws unless an example has as many values as a network has inputs.
   *
   * @param images whether the values are pixels
   * @param display the location of the data, for messages
   */
  static void requireWidth(int values, boolean images, String display, int inputs) {
    if (values != inputs) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "the network takes %s inputs, but the %s of %s have %s %s; apply a model that was trained"
              + " on such data, or correct data.columns or network.input",
          inputs,
          images ? "images" : "rows",
          display,
          values,
          images ? "pixels" : "features");
    }
  }

  /**
   * Throws unless the examples have labels or targets.
   *
   * @param section the section of the settings that locates the examples, such as {@code
   *     data.train}
   */
  public void requireTargets(String section) {
    if (!data.isLabelled()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s%s; labels are needed here",
          section,
          data.targetKind().missingReason());
    }
  }

  /**
   * Throws unless the features are pixels.
   *
   * @param setting the setting that requires images, such as {@code train.augment}
   */
  public void requireImages(String setting) {
    if (!data.hasImages()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s requires images with one byte per pixel, but %s has other features; leave %s out",
          setting,
          data.display(),
          setting);
    }
  }

  /** Throws if the examples have targets, but not as many as a network has outputs. */
  public void requireOutputs(int outputs) {
    int targets = data.targetKind().width();
    if (data.isLabelled() && targets > 0 && targets != outputs) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "the network has %s outputs, but %s has %s numbers in the columns of"
              + " data.columns.targets; set the units of the last layer, or data.columns.targets",
          outputs,
          data.display(),
          targets);
    }
  }

  /**
   * Throws if single precision, in which networks predict, cannot tell the values of a target
   * apart, such as points in time of one minute in seconds.
   *
   * @param names of the columns of targets
   */
  public void requireDistinctTargets(List<String> names) {
    List<TargetRange> targets = data.findings().targets();
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).isBlurred()) {
        throw UserException.of(
            ErrorCode.DATA_UNREADABLE,
            "%s: the values of column %s are all close to %.0f, and single precision, in which"
                + " networks predict, cannot tell them apart; subtract that number from them",
            data.display(),
            names.get(i),
            targets.get(i).mean());
      }
    }
  }

  /** Throws if a target is not between 0 and 1. Reads every target. */
  public void requireTargetsOfProbabilities() {
    if (data.isLabelled() && !data.targetKind().isClass()) {
      List<String> invalid =
          data.blocks().flatMap(block -> block.firstInvalidProbability().iterator()).take(1);
      if (!invalid.isEmpty()) {
        throw UserException.of(
            ErrorCode.DATA_UNREADABLE,
            "%s has %s, expected 0 to 1, because the loss is a crossentropy; correct the data, or"
                + " train with another network.loss",
            data.display(),
            invalid.get(0));
      }
    }
  }
}
