package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The files of the MNIST digits; the build fetches them before the integration tests. */
public final class Mnist {
  public static final Path FOLDER = Path.of("data/mnist");

  private Mnist() {}

  public static IdxSource train() {
    return source("train");
  }

  public static IdxSource test() {
    return source("t10k");
  }

  /** Returns the setting that names digits as the data of {@code train} or {@code test}. */
  public static String setting(String part, IdxSource digits) {
    return String.format(
        "data.%s { images = \"%s\", labels = \"%s\" }",
        part, digits.images().get(0), digits.labels().get(0));
  }

  /** Writes the first digits of the training set to files of their own. */
  public static IdxSource first(int count) {
    return slice(0, count);
  }

  /** Writes {@code count} digits of the training set to files of their own. */
  public static IdxSource slice(int first, int count) {
    return new IdxSource(
        cut("train-images-idx3-ubyte", first, count, 16, 784),
        Optional.of(cut("train-labels-idx1-ubyte", first, count, 8, 1)));
  }

  private static String cut(String name, int first, int count, int header, int width) {
    Path file = Path.of("target", "digits-" + first + "-" + count + "-" + name);
    try (InputStream in = Files.newInputStream(FOLDER.resolve(name))) {
      byte[] start = in.readNBytes(header);
      ByteBuffer.wrap(start).putInt(Integer.BYTES, count);
      in.skipNBytes((long) first * width);
      byte[] digits = in.readNBytes(count * width);
      publish(
          file,
          out -> {
            out.write(start);
            out.write(digits);
          });
      return file.toAbsolutePath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the training digits {@code copies} times, one copy after the other. */
  public static IdxSource repeated(int copies) {
    return copies == 1
        ? train()
        : new IdxSource(
            repeated("train-images-idx3-ubyte", copies, 16),
            Optional.of(repeated("train-labels-idx1-ubyte", copies, 8)));
  }

  private static String repeated(String name, int copies, int header) {
    Path file = Path.of("target", copies + "-times-" + name);
    try {
      byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
      ByteBuffer start = ByteBuffer.wrap(bytes);
      start.putInt(Integer.BYTES, copies * start.getInt(Integer.BYTES));
      publish(
          file,
          out -> {
            out.write(bytes, 0, header);
            for (int i = 0; i < copies; i++) {
              out.write(bytes, header, bytes.length - header);
            }
          });
      return file.toAbsolutePath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  // Tests of another process may read or write the same file.
  private static void publish(Path file, Content content) throws IOException {
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".digits", "");
    try (OutputStream out = Files.newOutputStream(draft)) {
      content.write(out);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static IdxSource source(String part) {
    String images = FOLDER.resolve(part + "-images-idx3-ubyte").toString();
    assertThat(Files.exists(Path.of(images))).as("run scripts/fetch-mnist").isTrue();
    return new IdxSource(
        images, Optional.of(FOLDER.resolve(part + "-labels-idx1-ubyte").toString()));
  }
}
