package io.meanfield.data.encoding;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.stream.Stream;

/**
 * Checks that an encoder belongs to a model.
 *
 * @param encoder the encoder of the examples that the model is applied to
 * @param model the name or the location of the model, for messages
 */
public record ModelEncoderCheck(TableEncoder encoder, String model) {

  /**
   * Throws if there is a vocabulary. The encoder of a model that has none was made from the
   * examples that the model is applied to, so its codes are not those of the model's training data.
   */
  public void requireNoVocabulary() {
    Stream.concat(encoder.categorical().stream(), encoder.label().stream())
        .findFirst()
        .ifPresent(
            vocabulary -> {
              throw UserException.of(
                  ErrorCode.MODEL_UNUSABLE,
                  "%s has no %s beside it, so it has no codes for the values of column %s (%s);"
                      + " expected the file that its training run has",
                  model,
                  EncodingsFile.NAME,
                  vocabulary.column(),
                  vocabulary.display());
            });
  }

  /**
   * Throws unless a network can have been trained on the inputs and classes of the encoder.
   *
   * @param inputs the number of inputs of the network
   * @param classes the number of classes that the network tells apart
   */
  public void requireFits(int inputs, int classes) {
    boolean hasArrays = encoder.columns().stream().anyMatch(FeatureColumn::isPlain);
    int encoded = encoder.inputs();
    if (encoded > inputs || (encoded < inputs && !hasArrays)) {
      throw unfit(encoded + " inputs", inputs);
    }
    int labels = encoder.labels().map(vocabulary -> vocabulary.values().size()).orElse(0);
    if (labels > classes) {
      throw unfit(labels + " classes", classes);
    }
  }

  private UserException unfit(String found, int expected) {
    return UserException.of(
        ErrorCode.MODEL_UNREADABLE,
        "the %s of model %s describes %s, but its network has %s; restore the file that the"
            + " training run wrote",
        EncodingsFile.NAME,
        model,
        found,
        expected);
  }
}
