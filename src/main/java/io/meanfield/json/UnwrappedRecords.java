package io.meanfield.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads records with components that are annotated {@link JsonUnwrapped}: their keys are in the
 * object of the record itself. Jackson writes such records, but reads them only from version 2.19
 * on.
 */
final class UnwrappedRecords extends SimpleDeserializers {
  private static final long serialVersionUID = 1L;

  private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  @Override
  public JsonDeserializer<?> findBeanDeserializer(
      JavaType type, DeserializationConfig config, BeanDescription bean)
      throws JsonMappingException {
    return type.isRecordType() && hasUnwrapped(type.getRawClass())
        ? new Reader(type)
        : super.findBeanDeserializer(type, config, bean);
  }

  private static boolean hasUnwrapped(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).anyMatch(UnwrappedRecords::isUnwrapped);
  }

  private static boolean isUnwrapped(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
  }

  private static final class Reader extends StdDeserializer<Record> {
    private static final long serialVersionUID = 1L;

    Reader(JavaType type) {
      super(type);
    }

    @Override
    public Record deserialize(JsonParser json, DeserializationContext context) throws IOException {
      JsonNode object = context.readTree(json);
      RecordComponent[] components = handledType().getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(components[i], object, context);
      }
      return create(values, components, context);
    }

    private Object value(RecordComponent component, JsonNode object, DeserializationContext context)
        throws IOException {
      JavaType type = context.constructType(component.getGenericType());
      if (isUnwrapped(component)) {
        return context.readTreeAsValue(object, type);
      }
      String key = SNAKE_CASE.translate(component.getName());
      if (object.hasNonNull(key)) {
        return context.readTreeAsValue(object.get(key), type);
      }
      return component.getType() == Optional.class
          ? Optional.empty()
          : context.reportInputMismatch(this, "the key %s is missing", key);
    }

    private Record create(
        Object[] values, RecordComponent[] components, DeserializationContext context)
        throws IOException {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        Constructor<?> canonical = handledType().getDeclaredConstructor(types);
        canonical.setAccessible(true);
        return (Record) canonical.newInstance(values);
      } catch (InvocationTargetException e) {
        throw context.instantiationException(handledType(), e.getCause());
      } catch (ReflectiveOperationException e) {
        throw context.instantiationException(handledType(), e);
      }
    }
  }
}
