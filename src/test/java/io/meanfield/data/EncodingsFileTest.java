package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.ColumnRoles.HandleUnknown;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Preprocessing;
import io.meanfield.data.column.Scaling;
import io.meanfield.data.column.ValueType;
import io.meanfield.error.UserException;
import io.meanfield.store.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncodingsFileTest {
  private static TableEncoder encoder(HandleUnknown handleUnknown, List<Vocabulary> label) {
    Vocabulary colors = Vocabulary.of("color", Set.of("red", "blue"));
    return new TableEncoder(List.of("age", "a.b"), List.of(colors), handleUnknown, label);
  }

  private static TableEncoder parse(String json) {
    return EncodingsFile.parse(json.getBytes(StandardCharsets.UTF_8), "encodings.json");
  }

  @Test
  void encoderIsReadAsItWasWritten() throws IOException {
    for (HandleUnknown handleUnknown : HandleUnknown.values()) {
      for (List<Vocabulary> label :
          List.of(List.<Vocabulary>of(), List.of(Vocabulary.of("kind", List.of("iris", "rose"))))) {
        TableEncoder written = encoder(handleUnknown, label);
        assertThat(parse(text(written))).isEqualTo(written);
      }
    }
  }

  private static String text(TableEncoder encoder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Json.content(EncodingsFile.Content.of(encoder)).writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void keysAreThoseOfVersionOne() throws IOException {
    String json =
        """
        {
          "schema_version" : 1,
          "features" : [ "age", "a.b" ],
          "categorical" : [ {
            "column" : "color",
            "values" : [ "blue", "red" ]
          } ],
          "handle_unknown" : "extra_column",
          "label" : [ ]
        }
        """;
    TableEncoder encoder = encoder(HandleUnknown.EXTRA_COLUMN, List.of());
    assertThat(text(encoder)).isEqualTo(json);
    assertThat(parse(json)).isEqualTo(encoder);
  }

  @Test
  void preprocessingIsWrittenAsVersionTwo() throws IOException {
    TableEncoder encoder =
        new TableEncoder(
            List.of("age", "rate", "since"),
            List.of(),
            HandleUnknown.ERROR,
            List.of(),
            Preprocessing.of(
                List.of(
                    new FeatureColumn.Plain("age"),
                    new FeatureColumn.Numeric(
                        "rate", ValueType.NUMBER, true, new Scaling(0.5, 2), List.of(3.25), true),
                    new FeatureColumn.Time(
                        "since",
                        ValueType.DATE,
                        10_957,
                        List.of(DatePart.DAY_OF_WEEK),
                        List.of(DatePart.DAY_OF_YEAR),
                        new Scaling(9_000, 365),
                        List.of(),
                        false))));
    String json =
        """
        {
          "schema_version" : 2,
          "features" : [ "age", "rate", "since" ],
          "categorical" : [ ],
          "handle_unknown" : "error",
          "label" : [ ],
          "preprocessing" : {
            "numbers" : [ {
              "column" : "rate",
              "type" : "number",
              "log" : true,
              "scaling" : {
                "center" : 0.5,
                "divisor" : 2.0
              },
              "fill" : [ 3.25 ],
              "indicator" : true
            } ],
            "times" : [ {
              "column" : "since",
              "type" : "date",
              "origin" : 10957,
              "cyclic" : [ "day_of_week" ],
              "categories" : [ "day_of_year" ],
              "scaling" : {
                "center" : 9000.0,
                "divisor" : 365.0
              },
              "fill" : [ ],
              "indicator" : false
            } ]
          }
        }
        """;
    assertThat(text(encoder)).isEqualTo(json);
    assertThat(parse(json)).isEqualTo(encoder);
  }

  @Test
  void embeddedColumnsAreWrittenAsVersionThree() throws IOException {
    TableEncoder encoder =
        encoder(HandleUnknown.EXTRA_COLUMN, List.of())
            .embedding(
                List.of(
                    EmbeddedColumn.of("since", DatePart.DAY_OF_YEAR, 367, 40),
                    EmbeddedColumn.of("color", 3, 2)));
    String json =
        """
        {
          "schema_version" : 3,
          "features" : [ "age", "a.b" ],
          "categorical" : [ {
            "column" : "color",
            "values" : [ "blue", "red" ]
          } ],
          "handle_unknown" : "extra_column",
          "label" : [ ],
          "embedded" : [ {
            "column" : "since",
            "part" : [ "day_of_year" ],
            "categories" : 367,
            "size" : 40
          }, {
            "column" : "color",
            "part" : [ ],
            "categories" : 3,
            "size" : 2
          } ]
        }
        """;
    assertThat(text(encoder)).isEqualTo(json);
    assertThat(parse(json)).isEqualTo(encoder);
  }

  @Test
  void newerSchemaVersionIsRejected() {
    assertThatThrownBy(() -> parse("{ \"schema_version\": 4 }"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "encodings.json has schema version 4, expected at most 3; use a newer version of"
                + " Meanfield");
  }

  @Test
  void fileWithoutEncodingsNamesTheMissingKey() {
    assertThatThrownBy(() -> parse("{}"))
        .isInstanceOf(UserException.class)
        .hasMessage("encodings.json does not contain encodings: the key schema_version is missing");
    assertThatThrownBy(() -> parse("{ \"schema_version\": 1, \"features\": [] }"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("encodings.json does not contain encodings: ")
        .hasMessageContaining("categorical");
    assertThatThrownBy(() -> parse("not JSON"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("encodings.json does not contain encodings: ");
  }
}
