package io.meanfield.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/**
 * Reads JSON that programs write, as RFC 8259 defines it: without comments, includes and
 * substitutions, with one value in a document and each key once in an object. Size and depth are
 * bounded, so that a hostile file cannot exhaust memory or stack.
 */
public final class StrictJson {
  /** The largest document, in bytes. */
  public static final int MAX_BYTES = 256 << 20;

  /** The largest number of nested objects and lists. */
  static final int MAX_DEPTH = 100;

  static final int MAX_CHARACTERS = 1 << 20; // of a string
  static final int MAX_DIGITS = 100; // of a number

  // Without the table of known keys: it makes hostile keys with equal hash codes slow.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_CHARACTERS)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();

  private StrictJson() {}

  /** Reads the one value of a document; the parser is at its first token. */
  @FunctionalInterface
  interface Reading<T> {
    T from(JsonParser json) throws IOException;
  }

  /**
   * Reads a document.
   *
   * @throws InvalidJsonException if it is not JSON, is larger or deeper than the bounds, or is not
   *     what {@code reading} expects
   */
  static <T> T read(byte[] document, Reading<T> reading) throws InvalidJsonException {
    if (document.length > MAX_BYTES) {
      throw new InvalidJsonException(
          "expected at most " + MAX_BYTES + " bytes, found " + document.length);
    }
    try {
      return read(Utf8.decode(document), reading);
    } catch (CharacterCodingException e) {
      throw new InvalidJsonException("expected text in UTF-8, found other bytes", e);
    }
  }

  private static <T> T read(String text, Reading<T> reading) throws InvalidJsonException {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() == null) {
        throw new InvalidJsonException("expected JSON, found no text");
      }
      T value = reading.from(json);
      if (json.nextToken() != null) {
        throw new InvalidJsonException(
            "expected the end of the file after the first value, found more"
                + JsonProblem.at(json.currentTokenLocation()));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InvalidJsonException(JsonProblem.of(e), e);
    } catch (InvalidJsonException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  /**
   * Reads the object of a document.
   *
   * @param origin the location of the document, for messages about its values
   * @throws InvalidJsonException if the document is not JSON, or not an object
   */
  public static Config config(byte[] document, String origin) throws InvalidJsonException {
    return read(document, json -> new JsonConfig(json, origin).read());
  }
}
