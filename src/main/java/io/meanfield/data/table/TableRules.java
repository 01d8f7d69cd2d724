package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.source.ReadContext;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the values of the features and of the categorical columns must be.
 *
 * @param features a rule for each feature of the schema
 * @param acceptsUnknown whether a category may be missing
 */
@DefaultSerializer(JavaSerializer.class)
public record TableRules(List<FeatureRule> features, boolean acceptsUnknown)
    implements Serializable {
  /** What the weight of an example must be, for messages. */
  public static final String EXPECTED_WEIGHT = "the weight of an example: a number of at least 0";

  /** Returns the rules of a table that is read for the first time, or for a model. */
  public static TableRules of(TableSchema schema, ColumnRoles roles, ReadContext context) {
    return context
        .encoder()
        .map(TableRules::of)
        .orElseGet(() -> fresh(schema, roles, context.fitting().isPresent()));
  }

  /** Returns the rules of a table for this encoder. */
  public static TableRules of(TableEncoder encoder) {
    return new TableRules(
        encoder.columns().stream().map(FeatureRule::of).toList(), encoder.acceptsUnknown());
  }

  private static TableRules fresh(TableSchema schema, ColumnRoles roles, boolean fitted) {
    PreprocessingSettings settings = roles.preprocessing();
    Function<String, FeatureRule> inferred =
        column -> new FeatureRule(column, List.of(), !settings.refusesMissing(column));
    Function<String, FeatureRule> plain = column -> FeatureRule.of(new FeatureColumn.Plain(column));
    return new TableRules(
        schema.features().stream().map(fitted ? inferred : plain).toList(),
        roles.handleUnknown() == ColumnRoles.HandleUnknown.EXTRA_COLUMN);
  }

  /**
   * Returns the same rules with these types. Numbers that are inputs as they are have the type
   * {@link ValueType#FLOAT}.
   */
  public TableRules withTypes(List<ValueType> types, PreprocessingSettings settings) {
    List<FeatureRule> typed =
        IntStream.range(0, types.size())
            .mapToObj(i -> features.get(i).withType(used(i, types.get(i), settings)))
            .toList();
    return new TableRules(typed, acceptsUnknown);
  }

  private ValueType used(int i, ValueType type, PreprocessingSettings settings) {
    return type == ValueType.NUMBER && settings.isPlain(features.get(i).column())
        ? ValueType.FLOAT
        : type;
  }

  /** Returns the same rules, where the other columns are inputs as they are. */
  TableRules only(Set<String> columns) {
    return new TableRules(
        features.stream()
            .map(rule -> columns.contains(rule.column()) ? rule : rule.withType(ValueType.FLOAT))
            .toList(),
        acceptsUnknown);
  }

  /** Returns whether all features are inputs as they are. */
  public boolean arePlain() {
    return features.stream().allMatch(rule -> rule.type() == ValueType.FLOAT);
  }
}
