package io.meanfield.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes and reads records as JSON. Keys are in snake case, instants in ISO 8601, enum constants in
 * lower case; an empty Optional has no key. Unknown keys are ignored; a missing key is an error
 * unless its component is an Optional. Reads no value of another kind than the component: not "3"
 * or 3.0 for 3.
 */
public final class Json {
  private static final int SHOWN = 40;
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /** Returns the record as the bytes of a file, which end with a newline. */
  public static byte[] bytes(Record value) {
    return (text(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the record as text, in lines. */
  public static String text(Record value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON of " + value, e);
    }
  }

  /**
   * Returns the record that a file contains.
   *
   * @throws InvalidJsonException if the bytes are not the JSON of such a record
   */
  public static <T extends Record> T parse(byte[] json, Class<T> type) throws InvalidJsonException {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, type))
          .orElseThrow(() -> new InvalidJsonException("unexpected JSON: null"));
    } catch (InvalidJsonException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new InvalidJsonException(reason(e), e);
    } catch (IOException e) { // characters that are not UTF-8
      throw new InvalidJsonException("expected text in UTF-8, found other bytes", e);
    }
  }

  private static String reason(JsonProcessingException e) {
    String key = e instanceof JsonMappingException wrong ? key(wrong) : "";
    if (isOwn(e.getCause())) {
      return (key.isEmpty() ? "" : key + ": ") + e.getCause().getMessage();
    }
    return "unexpected JSON" + (key.isEmpty() ? "" : " at " + key) + place(e.getLocation());
  }

  /** Returns whether a record of Meanfield has refused its values. */
  private static boolean isOwn(Throwable cause) {
    return cause instanceof UserException
        || (cause instanceof IllegalArgumentException
            && !(cause instanceof NumberFormatException)
            && cause.getMessage() != null);
  }

  private static String key(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."))
            .replace(".[", "[");
    return Printable.text(path, SHOWN);
  }

  private static String place(JsonLocation place) {
    return place == null || place.getLineNr() < 1 ? "" : " (line " + place.getLineNr() + ")";
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .withCoercionConfigDefaults(
            coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .withConfigOverride(
            Optional.class,
            override ->
                override.setInclude(
                    JsonInclude.Value.construct(
                        JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
        .addModule(types())
        .build();
  }

  private static SimpleModule types() {
    SimpleModule types = new SimpleModule("meanfield");
    types.addSerializer(Instant.class, ToStringSerializer.instance);
    types.addDeserializer(Instant.class, new InstantReader());
    types.addSerializer(new EnumWriter());
    types.addSerializer(new OptionalJson.Writer());
    types.addDeserializer(Optional.class, new OptionalJson.Reader(TypeFactory.unknownType()));
    return types;
  }

  private static final class EnumWriter extends StdSerializer<Enum<?>> {
    private static final long serialVersionUID = 1L;

    EnumWriter() {
      super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  private static final class InstantReader extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(value);
      } catch (DateTimeException e) {
        throw context.weirdStringException(value, Instant.class, "not ISO 8601");
      }
    }
  }
}
