package io.meanfield.data.idx;

import static io.meanfield.data.idx.IdxFixtures.gzip;
import static io.meanfield.data.idx.IdxFixtures.images;
import static io.meanfield.data.idx.IdxFixtures.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  @TempDir private Path folder;

  private IdxFile inspect(byte[] content, IdxFile.FileType type) {
    return IdxFile.inspect(new Configuration(), IdxFixtures.write(folder, "file", content), type);
  }

  private void assertRejected(byte[] content, IdxFile.FileType type, String message) {
    assertThatThrownBy(() -> inspect(content, type))
        .isInstanceOf(UserException.class)
        .hasMessage(folder.resolve("file") + message);
  }

  @Test
  void headerOfValidFileIsRead() {
    assertThat(inspect(images(5), IdxFile.FileType.IMAGES).dimensions()).containsExactly(5, 2, 3);
    assertThat(inspect(gzip(labels(5)), IdxFile.FileType.LABELS).gzipped()).isTrue();
  }

  @Test
  void gzippedFileIsFoundWithoutItsSuffix() {
    IdxFixtures.write(folder, "only.gz", gzip(images(4)));
    IdxFile file =
        IdxFile.inspect(
            new Configuration(), folder.resolve("only").toString(), IdxFile.FileType.IMAGES);
    assertThat(file.count()).isEqualTo(4);
  }

  @Test
  void missingFileNamesBothPathsAndTheRemedy() {
    assertThatThrownBy(
            () ->
                IdxFile.inspect(
                    new Configuration(),
                    folder.resolve("none").toString(),
                    IdxFile.FileType.IMAGES))
        .hasMessage(
            "found neither "
                + folder.resolve("none")
                + " nor none.gz beside it; set data.train and data.test, or run"
                + " scripts/fetch-mnist");
  }

  @Test
  void fileOfAnotherFormatNamesTheBytesFound() {
    byte[] file = images(2);
    file[0] = 0x50;
    file[1] = 0x4b;
    assertRejected(
        file,
        IdxFile.FileType.IMAGES,
        " does not begin as an IDX file of images: expected 00000803, found 504b0803; check"
            + " data.format and the paths");
    assertRejected(
        labels(2),
        IdxFile.FileType.IMAGES,
        " does not begin as an IDX file of images: expected 00000803, found 00000801; check"
            + " data.format and the paths");
  }

  @Test
  void negativeDimensionIsRejected() {
    assertRejected(
        IdxFixtures.idx(new byte[0], 2, -1, 3),
        IdxFile.FileType.IMAGES,
        " has dimension 1 of -1, expected at least 1");
  }

  @Test
  void truncatedImageFileNamesTheMissingBytes() {
    assertRejected(
        Arrays.copyOf(images(5), 16 + 29),
        IdxFile.FileType.IMAGES,
        " is cut short: expected 46 bytes, found 45, 1 are missing");
  }

  @Test
  void trailingBytesAreRejectedWithTheirNumber() {
    assertRejected(
        Arrays.copyOf(images(5), 16 + 33),
        IdxFile.FileType.IMAGES,
        " has 3 bytes after its 5 examples of 6 bytes, expected none");
  }

  @Test
  void fileTruncatedInItsHeaderIsRejected() {
    assertRejected(
        Arrays.copyOf(images(5), 10),
        IdxFile.FileType.IMAGES,
        " ends inside its header of 16 bytes");
    assertRejected(new byte[0], IdxFile.FileType.LABELS, " ends inside its header of 8 bytes");
  }

  @Test
  void gzippedFileOfEqualBytesIsNotTakenForACutOne() {
    byte[] file = gzip(IdxFixtures.idx(new byte[10_000_000], 10_000_000));
    assertThat(inspect(file, IdxFile.FileType.LABELS).count()).isEqualTo(10_000_000);
  }

  @Test
  void imagesThatAreLargerThanAnArrayAreRefused() {
    for (byte[] file :
        List.of(
            IdxFixtures.idx(new byte[24], 1, 65536, 65536),
            gzip(IdxFixtures.idx(new byte[24], 1, 65536, 65536)))) {
      assertRejected(
          file,
          IdxFile.FileType.IMAGES,
          " has examples of 4294967296 bytes, expected at most 1073741824; its header is damaged");
    }
  }

  @Test
  void gzipHeaderAloneIsNoFile() {
    assertRejected(new byte[] {0x1f, (byte) 0x8b}, IdxFile.FileType.LABELS, " cannot be read: eof");
  }
}
