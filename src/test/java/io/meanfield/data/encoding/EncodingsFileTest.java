package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.error.UserException;
import io.meanfield.store.file.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EncodingsFileTest {
  private static final FeatureColumn RATE =
      FeatureColumn.number(
          "rate", ValueType.NUMBER, true, new ColumnScaling(0.5, 2), List.of(3.25), true);
  private static final FeatureColumn SINCE =
      new FeatureColumn(
          "since",
          ValueType.DATE,
          false,
          new ColumnScaling(9_000, 365),
          List.of(-1.5, 0.25, 2.0),
          List.of(),
          false,
          List.of(DatePart.DAY_OF_WEEK),
          List.of(DatePart.DAY_OF_YEAR));

  private static TableEncoder encoder(HandleUnknown handleUnknown, List<Vocabulary> label) {
    Vocabulary colors = Vocabulary.of("color", Set.of("red", "blue"));
    return new TableEncoder(List.of("age", "a.b"), List.of(colors), handleUnknown, label);
  }

  private static TableEncoder parse(String json) {
    return EncodingsJson.parse(json.getBytes(StandardCharsets.UTF_8), "encodings.json");
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

  @Test
  void wordsOfTextsAreReadAsTheyWereWritten() throws IOException {
    TableEncoder written =
        encoder(HandleUnknown.EXTRA_COLUMN, List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("color", 2, 16, 40, List.of())));
    assertThat(text(written)).contains("\"words\" : 40").doesNotContain("exponents");
    assertThat(parse(text(written))).isEqualTo(written);
    assertThat(written.texts()).containsExactly("color");
    assertThat(written.inputs()).isEqualTo(2 + 40);
    TableEncoder weighted =
        written.embedding(List.of(EmbeddedColumn.ofTexts("color", 2, 16, 40, List.of(-3, 9))));
    assertThat(text(weighted)).contains("\"exponents\" : [ -3, 9 ]");
    assertThat(parse(text(weighted))).isEqualTo(weighted);
    assertThat(weighted.inputs()).isEqualTo(2 + 2 * 40);
  }

  private static String text(TableEncoder encoder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FileContent.json(new EncodingsJson.Content(1, encoder)).writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void keysAreThoseOfTheColumns() throws IOException {
    TableEncoder encoder =
        new TableEncoder(
            List.of(FeatureColumn.plain("age"), RATE, SINCE),
            List.of(Vocabulary.of("color", Set.of("red", "blue"))),
            HandleUnknown.EXTRA_COLUMN,
            List.of(),
            List.of(
                EmbeddedColumn.of("since", DatePart.DAY_OF_YEAR, 367, 40),
                EmbeddedColumn.of("color", 3, 2)),
            new TreeMap<>(Map.of("since", new TextForm("d.M.yyyy", 2000, ""))));
    String json =
        """
        {
          "schema_version" : 1,
          "encoder" : {
            "columns" : [ {
              "column" : "age",
              "type" : "float",
              "log" : false,
              "scaling" : {
                "center" : 0.0,
                "divisor" : 1.0
              },
              "edges" : [ ],
              "fill" : [ ],
              "indicator" : false,
              "cyclic" : [ ],
              "categories" : [ ]
            }, {
              "column" : "rate",
              "type" : "number",
              "log" : true,
              "scaling" : {
                "center" : 0.5,
                "divisor" : 2.0
              },
              "edges" : [ ],
              "fill" : [ 3.25 ],
              "indicator" : true,
              "cyclic" : [ ],
              "categories" : [ ]
            }, {
              "column" : "since",
              "type" : "date",
              "log" : false,
              "scaling" : {
                "center" : 9000.0,
                "divisor" : 365.0
              },
              "edges" : [ -1.5, 0.25, 2.0 ],
              "fill" : [ ],
              "indicator" : false,
              "cyclic" : [ "day_of_week" ],
              "categories" : [ "day_of_year" ]
            } ],
            "categorical" : [ {
              "column" : "color",
              "values" : [ "blue", "red" ]
            } ],
            "handle_unknown" : "extra_column",
            "label" : [ ],
            "embedded" : [ {
              "column" : "since",
              "part" : [ "day_of_year" ],
              "first" : 0,
              "categories" : 367,
              "size" : 40
            }, {
              "column" : "color",
              "part" : [ ],
              "first" : 0,
              "categories" : 3,
              "size" : 2
            } ],
            "forms" : {
              "since" : {
                "pattern" : "d.M.yyyy",
                "pivot" : 2000,
                "unit" : ""
              }
            }
          }
        }
        """;
    assertThat(text(encoder)).isEqualTo(json);
    assertThat(parse(json)).isEqualTo(encoder);
  }

  @Test
  void newerSchemaVersionIsRejected() {
    assertThatThrownBy(() -> parse("{ \"schema_version\": 2 }"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "encodings.json has schema version 2, expected at most 1; use a newer version of"
                + " Meanfield");
  }

  @Test
  void fileWithoutEncodingsNamesTheMissingKey() {
    assertThatThrownBy(() -> parse("{}"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "encodings.json does not contain encodings: the key schema_version is missing; restore"
                + " the file that the training run wrote");
    assertThatThrownBy(() -> parse("{ \"schema_version\": 1, \"encoder\": { \"columns\": [] } }"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("encodings.json does not contain encodings: ")
        .hasMessageContaining("categorical");
    assertThatThrownBy(() -> parse("not JSON"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("encodings.json does not contain encodings: ");
  }

  @Test
  void encoderThatDoesNotFitItsNetworkIsRefused() {
    TableEncoder encoder =
        encoder(HandleUnknown.ERROR, List.of(Vocabulary.of("kind", List.of("iris", "rose"))));
    ModelEncoderCheck check = new ModelEncoderCheck(encoder, "m");
    check.requireFits(4, 2);
    check.requireFits(9, 3); // a column may be an array, and a class may have no example
    assertThatThrownBy(() -> check.requireFits(3, 2))
        .hasMessage(
            "the encodings.json of model m describes 4 inputs, but its network has 3; restore the"
                + " file that the training run wrote");
    assertThatThrownBy(() -> check.requireFits(4, 1))
        .hasMessage(
            "the encodings.json of model m describes 2 classes, but its network has 1; restore the"
                + " file that the training run wrote");
  }
}
