package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.ColumnRoles.HandleUnknown;
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
    Json.content(new EncodingsFile.Content(1, encoder)).writeTo(bytes);
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
