package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
  @TempDir private java.nio.file.Path folder;

  enum Kind {
    GOOD_ENOUGH
  }

  record Part(Optional<Double> meanLoss, Kind kind) {
    Part {
      if (meanLoss.filter(loss -> loss.isNaN()).isPresent()) {
        throw new IllegalArgumentException("the loss is NaN");
      }
    }

    boolean isGood() {
      return true;
    }
  }

  private record Whole(
      long count, @JsonUnwrapped Part part, Optional<Instant> seen, List<Part> others) {}

  private static String text(Record value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Json.content(value).writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static <T extends Record> T parse(String json, Class<T> type) throws IOException {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8), type);
  }

  @Test
  void keysAreSnakeCaseAndEmptyOptionalsAreOmitted() throws IOException {
    assertThat(
            text(
                new Whole(
                    3, new Part(Optional.empty(), Kind.GOOD_ENOUGH), Optional.empty(), List.of())))
        .isEqualTo(
            """
            {
              "count" : 3,
              "kind" : "good_enough",
              "others" : [ ]
            }
            """);
    assertThat(text(new Part(Optional.of(0.1), Kind.GOOD_ENOUGH))).contains("\"mean_loss\" : 0.1");
  }

  @Test
  void recordIsReadAsItWasWritten() throws IOException {
    Part part = new Part(Optional.of(0.1 + 0.2), Kind.GOOD_ENOUGH);
    Part empty = new Part(Optional.empty(), Kind.GOOD_ENOUGH);
    Whole whole = new Whole(Long.MAX_VALUE, part, Optional.of(Instant.EPOCH), List.of(empty, part));
    assertThat(parse(text(whole), Whole.class)).isEqualTo(whole);
  }

  @Test
  void unknownKeysAreIgnored() throws IOException {
    assertThat(parse("{\"kind\": \"good_enough\", \"later\": [1]}", Part.class))
        .isEqualTo(new Part(Optional.empty(), Kind.GOOD_ENOUGH));
  }

  @Test
  void missingKeysAndInvalidValuesAreErrors() {
    assertThatThrownBy(() -> parse("{\"mean_loss\": 1}", Part.class))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("{\"kind\": \"good_enough\", \"others\": []}", Whole.class))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("{\"count\": 1, \"kind\": \"good_enough\"}", Whole.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key others is missing");
    assertThatThrownBy(
            () -> parse("{\"kind\": \"good_enough\", \"mean_loss\": \"NaN\"}", Part.class))
        .isInstanceOf(IOException.class);
  }

  @Test
  void damagedStatusFileNamesItsPath() throws IOException {
    RunDirectory run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of()));
    java.nio.file.Files.writeString(folder.resolve("run/status.json"), "{ \"state\": ");
    assertThatThrownBy(run::success)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessageStartingWith(folder + "/run/status.json is damaged: ");
  }
}
