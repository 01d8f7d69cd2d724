package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.ValueType;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statistics to compute of a table; travels to executors.
 *
 * @param categorical the number of categorical columns
 * @param logs the columns of which the mean and deviation of the logarithms may be needed
 */
@DefaultSerializer(JavaSerializer.class)
public record StatisticsRequest(TableRules rules, int categorical, Set<String> logs)
    implements Serializable {
  /** Returns the request for all that the settings may need. */
  public static StatisticsRequest of(
      TableRules rules, int categorical, PreprocessingSettings settings) {
    return new StatisticsRequest(
        rules,
        categorical,
        rules.features().stream()
            .filter(rule -> rule.type() == ValueType.NUMBER)
            .map(FeatureRule::column)
            .filter(column -> settings.scaleOf(column) == Scale.STANDARD)
            .filter(settings.log()::mayInclude)
            .collect(Collectors.toSet()));
  }

  /** Returns the same request without logarithms, which take longer than all the rest. */
  public StatisticsRequest withoutLogs() {
    return new StatisticsRequest(rules, categorical, Set.of());
  }

  /** Returns the request for the logarithms of some columns, without other columns. */
  public StatisticsRequest ofLogs(Set<String> columns) {
    return new StatisticsRequest(rules.only(columns), 0, columns);
  }

  /** Starts without rows. */
  public TableStatistics start() {
    return new TableStatistics(this);
  }
}
