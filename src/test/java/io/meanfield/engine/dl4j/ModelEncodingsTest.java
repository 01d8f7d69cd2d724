package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.store.DeniedDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of a table is read with the encodings that were written with it, or not at all. */
class ModelEncodingsTest {
  private static final Model MODEL =
      Model.untrained(
          new NetworkSettings(
              List.of(3),
              List.of(new Dense(1, Activation.LINEAR)),
              Loss.MSE,
              new Optimizer.Sgd(0.01)),
          7);
  private static final TableEncoder ENCODER = encoder("red");

  @TempDir private Path folder;

  private static TableEncoder encoder(String color) {
    return new TableEncoder(
        List.of("age"),
        List.of(Vocabulary.of("color", Set.of(color, "blue"))),
        HandleUnknown.ERROR,
        List.of());
  }

  private Path model() {
    return folder.resolve("model.zip");
  }

  private Path encodings() {
    return folder.resolve("encodings.json");
  }

  private void write(SavedModel model) throws IOException {
    try (OutputStream out = Files.newOutputStream(model())) {
      ModelFile.write(model, out);
    }
  }

  private byte[] write(TableEncoder encoder) throws IOException {
    byte[] json = EncodingsFile.content(encoder).bytes();
    Files.write(encodings(), json);
    return json;
  }

  private SavedModel read() {
    return read(new Configuration());
  }

  private SavedModel read(Configuration hadoop) {
    return ModelFile.read(hadoop, new org.apache.hadoop.fs.Path(model().toUri()));
  }

  private void assertRefused(ErrorCode code, String message) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  @Test
  void modelOfATableIsReadWithItsEncodings() throws IOException {
    write(new SavedModel(MODEL, Optional.of(ENCODER), false));
    write(ENCODER);
    assertThat(read().encoder()).contains(ENCODER);
    assertThat(read().images()).isFalse();
    assertThat(read().model().state().weights()).isEqualTo(MODEL.state().weights());
  }

  @Test
  void modelOfATableIsRefusedWithoutItsEncodings() throws IOException {
    write(new SavedModel(MODEL, Optional.of(ENCODER), false));
    assertRefused(
        ErrorCode.MODEL_UNUSABLE,
        model()
            + " was trained on a table, but has no encodings.json beside it, which tells how rows"
            + " become its inputs; copy the file from the folder where the model was written");
  }

  @Test
  void encodingsOfAnotherModelAreRefused() throws IOException {
    write(new SavedModel(MODEL, Optional.of(ENCODER), false));
    byte[] other = write(encoder("green"));
    assertRefused(
        ErrorCode.MODEL_UNREADABLE,
        "the encodings.json beside "
            + model()
            + " is not the file that was written with the model: expected sha256 "
            + DigestUtils.sha256Hex(EncodingsFile.content(ENCODER).bytes())
            + ", found sha256 "
            + DigestUtils.sha256Hex(other)
            + "; copy it from the folder where the model was written");
  }

  @Test
  void modelOfImagesHasNoEncodings() throws IOException {
    write(new SavedModel(MODEL, Optional.empty(), true));
    assertThat(read().encoder()).isEmpty();
    assertThat(read().images()).isTrue();
    write(ENCODER);
    assertRefused(
        ErrorCode.MODEL_UNUSABLE,
        model()
            + " was trained on no table, so the encodings.json beside it belongs to another model;"
            + " move one of the two files to another folder");
  }

  @Test
  void encodingsThatCannotBeReadAreNotMissing() throws IOException {
    write(new SavedModel(MODEL, Optional.of(ENCODER), false));
    write(ENCODER);
    assertThatThrownBy(() -> read(DeniedDisk.mount(EncodingsFile.NAME, 9)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNREADABLE))
        .hasMessage(
            "the encodings.json beside "
                + model()
                + " cannot be read: Permission denied; allow the user of this process to read the"
                + " file");
    Files.delete(encodings());
    Files.createDirectory(encodings());
    assertRefused(
        ErrorCode.MODEL_UNREADABLE,
        "the encodings.json beside "
            + model()
            + " cannot be read: expected a file, found a directory; check the path");
  }
}
