package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionFinderTest {
  @TempDir private Path folder;

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_000));
  }

  private List<Partition> find() {
    return PartitionFinder.in(new Configuration(), folder.toString());
  }

  @Test
  void datedDirectoriesAndFilesArePartitionsByDate() throws IOException {
    write("date=2026-01-10/b.csv", "b");
    write("date=2026-01-10/part/a.csv", "a");
    write("2026-01-09/c.csv", "c");
    write("more.csv", "d");
    assertThat(find())
        .extracting(Partition::name, Partition::date)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("more.csv", Optional.empty()),
            org.assertj.core.groups.Tuple.tuple(
                "2026-01-09", Optional.of(LocalDate.parse("2026-01-09"))),
            org.assertj.core.groups.Tuple.tuple(
                "date=2026-01-10", Optional.of(LocalDate.parse("2026-01-10"))));
    assertThat(find().get(2).files())
        .containsExactly(
            "file:" + folder.resolve("date=2026-01-10/b.csv"),
            "file:" + folder.resolve("date=2026-01-10/part/a.csv"));
  }

  @Test
  void filesOfSparkAndEmptyDirectoriesAreIgnored() throws IOException {
    write("date=2026-01-10/a.csv", "a");
    String before = find().get(0).fingerprint();
    write("date=2026-01-10/_SUCCESS", "");
    write("date=2026-01-10/_temporary/0/a.csv", "a");
    write("date=2026-01-10/.a.csv.crc", "a");
    write("_logs/x", "");
    Files.createDirectories(folder.resolve("date=2026-01-11"));
    assertThat(find())
        .singleElement()
        .satisfies(partition -> assertThat(partition.fingerprint()).isEqualTo(before));
  }

  @Test
  void fingerprintChangesWithNameLengthAndTimeOfModification() throws IOException {
    write("date=2026-01-10/a.csv", "a");
    String before = find().get(0).fingerprint();
    assertThat(before).matches("sha256:[0-9a-f]{64}");
    write("date=2026-01-10/a.csv", "ab");
    assertThat(find().get(0).fingerprint()).isNotEqualTo(before);
    write("date=2026-01-10/a.csv", "b");
    assertThat(find().get(0).fingerprint()).isEqualTo(before);
    Files.setLastModifiedTime(folder.resolve("date=2026-01-10/a.csv"), FileTime.fromMillis(2_000));
    assertThat(find().get(0).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void directoriesWithoutADateAreRefusedByName() throws IOException {
    write("new/a.csv", "a");
    write("date=2026-02-30/a.csv", "a");
    assertThatThrownBy(this::find)
        .hasMessage(
            "retrain.input is "
                + folder
                + ", expected directories named date=2026-01-05 or 2026-01-05, found"
                + " date=2026-02-30, new; rename or remove them, or choose another directory");
  }

  @Test
  void missingDirectoryIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> PartitionFinder.in(new Configuration(), missing.toString()))
        .hasMessage(
            "retrain.input is "
                + missing
                + ", which does not exist; set it to the directory in which new data arrive");
  }

  @Test
  void firstFileThatNoLongerExistsIsFound() throws IOException {
    write("date=2026-01-10/a.csv", "a");
    write("date=2026-01-11/b.csv", "b");
    write("date=2026-01-11/c.csv", "c");
    List<String> files = find().stream().flatMap(found -> found.files().stream()).toList();
    assertThat(missing(files)).isEmpty();
    Files.delete(folder.resolve("date=2026-01-11/c.csv"));
    assertThat(missing(files)).hasValueSatisfying(file -> assertThat(file).endsWith("11/c.csv"));
    Files.delete(folder.resolve("date=2026-01-10/a.csv"));
    Files.delete(folder.resolve("date=2026-01-10"));
    assertThat(missing(files)).hasValueSatisfying(file -> assertThat(file).endsWith("10/a.csv"));
  }

  private static Optional<String> missing(List<String> files) {
    return PartitionFinder.missing(new Configuration(), files)
        .map(org.apache.hadoop.fs.Path::toString);
  }
}
