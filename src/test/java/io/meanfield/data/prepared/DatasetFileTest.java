package io.meanfield.data.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Segments;
import io.meanfield.data.TargetKind;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetFileTest {
  private static final DatasetFile FILE =
      new DatasetFile(
          1,
          3,
          "sha256:ab",
          1,
          new DatasetFile.Content(false, true, false, 2, true),
          Optional.empty());

  private static DatasetFile parse(String json) {
    return DatasetFile.parse(json.getBytes(StandardCharsets.UTF_8), "dataset.json");
  }

  @Test
  void keysAreAsDocumented() throws IOException {
    String json =
        """
        {
          "schema_version" : 1,
          "examples" : 3,
          "fingerprint" : "sha256:ab",
          "width" : 1,
          "content" : {
            "images" : false,
            "keyed" : true,
            "labelled" : false,
            "targets" : 2,
            "weighted" : true
          }
        }
        """;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    FileContent.json(FILE).writeTo(written);
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(json);
    assertThat(parse(json)).isEqualTo(FILE);
  }

  @Test
  void segmentsOfExamplesInTheOrderOfTheirTimesAreKept() throws IOException {
    DatasetFile file =
        new DatasetFile(
            1,
            3,
            "sha256:ab",
            1,
            FILE.content(),
            Optional.of(new Segments("data.columns.time = day", List.of(1L, 3L))));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    FileContent.json(file).writeTo(written);
    assertThat(parse(written.toString(StandardCharsets.UTF_8))).isEqualTo(file);
  }

  @Test
  void contentReturnsTargetKindAndColumnRoles() {
    assertThat(FILE.content().targetKind())
        .isEqualTo(new TargetKind(2, ".name was prepared from data without labels"));
    assertThat(FILE.content().columns())
        .isEqualTo(
            new ColumnRoles(
                    Optional.of("key"),
                    Optional.of(List.of("features")),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    ColumnRoles.HandleUnknown.ERROR)
                .withWeight(Optional.of("weight")));
  }

  @Test
  void newerSchemaVersionAndMissingKeysAreRejected() {
    assertThatThrownBy(() -> parse("{ \"schema_version\": 2 }"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessage(
            "dataset.json has schema version 2, expected at most 1; use a newer version of"
                + " Meanfield");
    assertThatThrownBy(() -> parse("{}"))
        .hasMessage(
            "dataset.json does not describe a prepared data set: the key schema_version is"
                + " missing; restore the file");
    assertThatThrownBy(() -> parse("{ \"schema_version\": 1 }"))
        .hasMessage(
            "dataset.json does not describe a prepared data set: unexpected JSON at examples (line"
                + " 1); restore the file");
  }
}
