package io.meanfield.data.source;

import io.meanfield.data.Dataset;
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
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE,
          "the network takes "
              + inputs
              + " inputs, but the "
              + (images ? "images" : "rows")
              + " of "
              + display
              + " have "
              + values
              + (images ? " pixels" : " features")
              + "; apply a model that was trained on such data, or correct data.columns or"
              + " network.input");
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
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          section + data.targetKind().missingReason() + "; labels are needed here");
    }
  }

  /**
   * Throws unless the features are pixels.
   *
   * @param setting the setting that requires images, such as {@code train.augment}
   */
  public void requireImages(String setting) {
    if (!data.hasImages()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          setting
              + " requires images with one byte per pixel, but "
              + data.display()
              + " has other features; leave "
              + setting
              + " out");
    }
  }

  /** Throws if the examples have targets, but not as many as a network has outputs. */
  public void requireOutputs(int outputs) {
    int targets = data.targetKind().width();
    if (data.isLabelled() && targets > 0 && targets != outputs) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "the network has "
              + outputs
              + " outputs, but "
              + data.display()
              + " has "
              + targets
              + " numbers in the columns of data.columns.targets; set the units of the last layer,"
              + " or data.columns.targets");
    }
  }

  /** Throws if a target is not between 0 and 1. Reads every target. */
  public void requireTargetsOfProbabilities() {
    if (data.isLabelled() && !data.targetKind().isClass()) {
      List<String> invalid =
          data.blocks().flatMap(block -> block.firstInvalidProbability().iterator()).take(1);
      if (!invalid.isEmpty()) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            data.display()
                + " has "
                + invalid.get(0)
                + ", expected 0 to 1, because the loss is a crossentropy; correct the data, or"
                + " train with another network.loss");
      }
    }
  }
}
