package io.meanfield.engine.dl4j;

import io.meanfield.data.encoding.EncodingsJson;
import io.meanfield.data.encoding.ModelEncoderCheck;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.network.EngineNetwork;
import io.meanfield.store.file.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The encodings beside a model file, which are read only if they are those that the model was
 * written with: with others, its inputs would have another meaning.
 *
 * @param model the location of the model file, for messages
 */
record ModelEncodings(FileSource file, String model) {
  /**
   * Returns the encoder of the model's table; empty if the model was trained on no table.
   *
   * @param sha256 of the file, as the model file names it
   * @throws UserException if the file is missing, or belongs to another model
   */
  Optional<TableEncoder> read(EngineNetwork network, Optional<String> sha256) {
    Optional<byte[]> found = bytes();
    requireBelonging(sha256, found.map(DigestUtils::sha256Hex));
    Optional<TableEncoder> encoder =
        found.map(json -> EncodingsJson.parse(json, "the encodings.json beside " + model));
    encoder
        .map(columns -> new ModelEncoderCheck(columns, model))
        .ifPresent(check -> check.requireFits(network.inputs(), network.settings().labelClasses()));
    return encoder;
  }

  private Optional<byte[]> bytes() {
    try (InputStream in = file.open()) {
      return Optional.of(InputFile.readBytes(in, InputFile.MAX_BYTES));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "the encodings.json beside %s cannot be read: %s",
          model,
          IoReason.of(e));
    }
  }

  private void requireBelonging(Optional<String> expected, Optional<String> found) {
    if (expected.equals(found)) {
      return;
    }
    if (found.isEmpty()) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "%s was trained on a table, but has no encodings.json beside it, which tells how rows"
              + " become its inputs; copy the file from the folder where the model was written",
          model);
    }
    if (expected.isEmpty()) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "%s was trained on no table, so the encodings.json beside it belongs to another model;"
              + " move one of the two files to another folder",
          model);
    }
    throw UserException.of(
        ErrorCode.MODEL_UNREADABLE,
        "the encodings.json beside %s is not the file that was written with the model: expected"
            + " sha256 %s, found sha256 %s; copy it from the folder where the model was written",
        model,
        expected.get(),
        found.get());
  }
}
