package io.meanfield.engine.dl4j;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.network.Model;
import java.util.Optional;

/**
 * A model with what its inputs are.
 *
 * @param encoder of the table that the model was trained on; empty if it was trained on no table
 * @param images whether the model was trained on images, whose bytes are divided by 255
 */
public record SavedModel(Model model, Optional<TableEncoder> encoder, boolean images) {
  /** Returns a model that was trained neither on a table nor on images. */
  public static SavedModel ofNumbers(Model model) {
    return new SavedModel(model, Optional.empty(), false);
  }

  /** Returns the same with another state of the model. */
  public SavedModel with(Model other) {
    return new SavedModel(other, encoder, images);
  }
}
