package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;

/**
 * The number of values of an example, which a network must have as inputs.
 *
 * @param images whether the values are pixels
 * @param display the location of the data, for messages
 */
record InputWidth(int values, boolean images, String display) {
  /** Throws unless an example has as many values as a network has inputs. */
  void require(int inputs) {
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
}
