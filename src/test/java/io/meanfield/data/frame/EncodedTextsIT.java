package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.BadRows;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts in another encoding than that of the settings are never merged. */
class EncodedTextsIT {
  private static final int ROWS = 1_600;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;

  private Path names(Charset charset) throws IOException {
    // The last rows alone have other characters than those of ASCII.
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    i * 7 % 100
                        + ","
                        + (i < 1_500 ? "Maller" : List.of("Müller", "Möller", "Mäller").get(i % 3))
                        + ","
                        + i % 2)
            .collect(Collectors.joining("\n"));
    return Files.writeString(
        folder.resolve(charset.name() + ".csv"), "size,name,y\n" + rows + "\n", charset);
  }

  private static Dataset open(
      Path file, Optional<String> label, BadRows treatment, Map<String, String> options) {
    ColumnRoles roles =
        new ColumnRoles(
            Optional.empty(),
            Optional.of(List.of("size")),
            label.isPresent() ? List.of() : List.of("name"),
            label.or(() -> Optional.of("y")),
            List.of(),
            ColumnRoles.HandleUnknown.EXTRA_COLUMN);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    return new CsvSource(List.of(file.toString()), roles, options)
        .open(ReadContext.of(spark, 100_000).withTargets().withBadRows(treatment));
  }

  @Test
  void categoriesAndLabelsThatAreNotInUtf8AreRefused() throws IOException {
    Path file = names(WINDOWS);
    String problem =
        ": column name is \"M\uFFFDller\", expected a text in UTF-8; set data.csv.encoding, for"
            + " example to windows-1252";
    for (Optional<String> label : List.of(Optional.<String>empty(), Optional.of("name"))) {
      assertThatThrownBy(() -> open(file, label, BadRows.REFUSE, Map.of()))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + problem);
    }
    Dataset skipped = open(file, Optional.empty(), BadRows.SKIP, Map.of());
    assertThat(skipped.findings().skipped().count()).isEqualTo(100);
  }

  @Test
  void encodingOfTheSettingsTellsTextsApart() throws IOException {
    Dataset read =
        open(names(WINDOWS), Optional.empty(), BadRows.REFUSE, Map.of("encoding", "windows-1252"));
    assertThat(read.encoder().orElseThrow().categorical().get(0).values())
        .containsExactly("Maller", "Mäller", "Möller", "Müller");
  }

  @Test
  void fileInUtf16IsNamed() throws IOException {
    Path file = names(StandardCharsets.UTF_16);
    assertThatThrownBy(() -> open(file, Optional.empty(), BadRows.REFUSE, Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + " is not a text in UTF-8: it has bytes that are 0, as UTF-16 has; convert it, for"
                + " example with iconv -f UTF-16 -t UTF-8");
  }
}
