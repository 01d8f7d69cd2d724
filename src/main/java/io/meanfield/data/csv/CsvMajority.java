package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * What most rows of a table have: the types of the features and the kind of the labels. Rows that
 * differ are skipped, so it must be known before rows are checked.
 *
 * @param features the counts of the types of each feature
 * @param numbers the number of labels that are integers
 * @param names the number of all other labels
 */
@DefaultSerializer(JavaSerializer.class)
record CsvMajority(List<TypeCounts> features, long numbers, long names) implements Serializable {
  /** Reads a whole file. */
  static CsvMajority of(CsvFile file, TableSchema schema, TableRules rules, Configuration hadoop) {
    return file.read(hadoop, records -> of(file, schema, rules, records));
  }

  private static CsvMajority of(
      CsvFile file, TableSchema schema, TableRules rules, CsvParser records) throws IOException {
    List<String> header = CsvFile.header(records, file.display());
    CsvColumns row = new CsvColumns(schema, rules, header, records, file.display());
    List<TypeCounts> types = new ArrayList<>();
    schema.features().forEach(column -> types.add(new TypeCounts()));
    long numbers = 0;
    long names = 0;
    while (records.advance()) {
      row.count(types);
      String label = schema.label().isEmpty() ? "" : row.presentLabel();
      numbers += LabelEncoder.isInteger(label) ? 1 : 0;
      names += label.isEmpty() || LabelEncoder.isInteger(label) ? 0 : 1;
    }
    return new CsvMajority(types, numbers, names);
  }

  /** Returns the sum with the counts of another file. */
  CsvMajority plus(CsvMajority other) {
    return new CsvMajority(
        IntStream.range(0, features.size())
            .mapToObj(i -> features.get(i).plus(other.features.get(i)))
            .toList(),
        numbers + other.numbers,
        names + other.names);
  }

  /** Returns rules with a type for each feature. */
  TableRules typed(TableRules rules) {
    List<FeatureRule> typed =
        IntStream.range(0, features.size())
            .mapToObj(i -> typed(rules.features().get(i), i))
            .toList();
    return new TableRules(typed, rules.acceptsUnknown());
  }

  private FeatureRule typed(FeatureRule rule, int i) {
    ValueType type = features.get(i).mostFrequent();
    return rule.isInferred() ? rule.withType(type) : rule;
  }

  /** Returns whether labels are the numbers of classes. */
  boolean hasNumberedClasses() {
    return numbers >= names;
  }
}
