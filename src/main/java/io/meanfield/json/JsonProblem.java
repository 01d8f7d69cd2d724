package io.meanfield.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.meanfield.error.Printable;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes what is wrong with JSON, in the words of Meanfield instead of those of Jackson. */
public final class JsonProblem {
  private static final int SHOWN = 40;
  // The two wordings of the versions of Jackson that Spark has.
  private static final Pattern DUPLICATE =
      Pattern.compile("(?s)Duplicate (?:field|Object property) ['\"](.*)['\"].*");

  private JsonProblem() {}

  /** Returns the problem of a text that is not JSON, with its place. */
  static String of(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.matches()) {
      return "expected each key once, found \""
          + shown(duplicate.group(1))
          + "\" twice"
          + at(e.getLocation());
    }
    return problem(e)
        .map(problem -> problem + at(e.getLocation()))
        .orElseGet(() -> "expected JSON, found something else" + inLine(e.getLocation()));
  }

  private static Optional<String> problem(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return Optional.of(
          "expected at most "
              + StrictJson.MAX_DEPTH
              + " nested objects and lists, "
              + StrictJson.MAX_CHARACTERS
              + " characters in a string and "
              + StrictJson.MAX_DIGITS
              + " digits in a number, found more");
    }
    return e instanceof JsonEOFException ? Optional.of("it ends inside a value") : Optional.empty();
  }

  // Versions of Jackson name the column of the beginning or of the end of a token.
  private static String inLine(JsonLocation place) {
    return place == null || place.getLineNr() < 1 ? "" : " (line " + place.getLineNr() + ")";
  }

  /** Returns " (line 3, column 7)"; an empty text if the place is unknown. */
  public static String at(JsonLocation place) {
    return place == null || place.getLineNr() < 1
        ? ""
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  /**
   * Returns what is at the current token of a parser, for a message. Does not quote a text, which
   * may be the name of a Java class.
   */
  public static String found(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "text";
      default -> shown(json.getText());
    };
  }

  /** Returns what {@link #found} does, but quotes a text: for values that must be some text. */
  static String foundText(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? "\"" + shown(json.getText()) + "\""
        : found(json);
  }

  private static String shown(String text) {
    return Printable.text(text, SHOWN);
  }
}
