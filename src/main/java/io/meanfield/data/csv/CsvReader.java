package io.meanfield.data.csv;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.DataFiles;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.data.ReadContext;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.EncoderFitter;
import io.meanfield.data.table.TableEncoderFactory;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Opens CSV files as one data set; driver only.
 *
 * <p>One task reads a whole file, because a quoted field may contain line breaks, so no task can
 * begin in the middle of a file. Several files are read in parallel. Every file is read twice, or
 * three times: the first pass collects vocabularies, types, ids and the number of rows, the second
 * one statistics of the training rows if columns are preprocessed, and the last one reads the
 * examples. Without a column of ids, the id of an example is its position in the files, in their
 * order.
 */
final class CsvReader {
  private final ReadContext context;
  private final List<CsvFile> files;
  private final TableSchema schema;
  private final ColumnRoles roles;
  private final String display;
  private final Broadcast<SerializableConfiguration> hadoop;

  private CsvReader(
      ReadContext context,
      List<CsvFile> files,
      TableSchema schema,
      ColumnRoles roles,
      String display) {
    this.context = context;
    this.files = files;
    this.schema = schema;
    this.roles = roles;
    this.display = display;
    this.hadoop =
        context
            .spark()
            .broadcast(new SerializableConfiguration(context.spark().hadoopConfiguration()));
  }

  /**
   * Reads and checks every file.
   *
   * @throws UserException with the first problems, each with file and line
   */
  static Dataset open(CsvSource source, ReadContext context) {
    Configuration hadoop = context.spark().hadoopConfiguration();
    List<CsvFile> files =
        DataFiles.find(hadoop, source.paths()).stream()
            .map(path -> new CsvFile(path.toString(), source.delimiter()))
            .toList();
    CsvFile first = files.get(0);
    TableSchema schema =
        TableSchema.of(source.columns(), first.header(hadoop), context, first.display());
    String display = files.size() == 1 ? first.display() : String.join(", ", source.paths());
    return new CsvReader(context, files, schema, source.columns(), display).open();
  }

  private Dataset open() {
    TableRules rules = TableRules.of(schema, roles, context);
    List<CsvScan> scans = scan(check(rules), rules);
    throwIfInvalid(scans);
    IdAssigner ids = ids(scans);
    TableEncoder encoder = fitted(encoder(scans), rules, scans, ids);
    Dataset data = dataset(encoder, scans, ids);
    TableEncoder unscaled = encoder.unscaled();
    return (encoder.equals(unscaled) ? data : data.withUnscaled(dataset(unscaled, scans, ids)))
        .withSkipped(skipped(scans));
  }

  private static SkippedRows skipped(List<CsvScan> scans) {
    SkippedRows all = new SkippedRows();
    scans.forEach(scan -> all.plus(scan.problems().skipped()));
    return all;
  }

  private CsvRowCheck check(TableRules rules) {
    if (!context.skipsBadRows()) {
      return CsvRowCheck.ofAll(schema, rules, context.classes());
    }
    if (context.encoder().isPresent()) {
      return new CsvRowCheck(
          schema, rules, context.encoder().stream().toList(), false, context.classes());
    }
    CsvMajority majority = majority(rules);
    return new CsvRowCheck(
        schema, majority.typed(rules), List.of(), majority.hasNumberedClasses(), context.classes());
  }

  private CsvMajority majority(TableRules rules) {
    TableSchema columns = schema;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return context
        .spark()
        .parallelize(files, files.size())
        .map(file -> CsvMajority.of(file, columns, rules, configuration.value().value()))
        .reduce(CsvMajority::plus);
  }

  private Dataset dataset(TableEncoder encoder, List<CsvScan> scans, IdAssigner ids) {
    Dataset.Metadata metadata =
        new Dataset.Metadata(
            rows(scans),
            List.of(encoder.inputs()),
            false,
            schema.targetKind(),
            schema.isWeighted(),
            Optional.of(encoder),
            display);
    return new Dataset(metadata, ids.positions(), blocks(encoder, scans, ids));
  }

  private static long rows(List<CsvScan> scans) {
    return scans.stream().mapToLong(CsvScan::usable).sum();
  }

  private JavaRDD<Examples> blocks(TableEncoder encoder, List<CsvScan> scans, IdAssigner ids) {
    CsvExampleReader examples = CsvExampleReader.of(schema, encoder, ids, context.classes());
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return context
        .spark()
        .parallelize(parts(scans), files.size())
        .mapPartitions(
            part -> new CsvBlockReader(part.next(), examples, configuration.value().value()));
  }

  /** Returns the encoder of a model as it is, and a new one fitted to its training rows. */
  private TableEncoder fitted(
      TableEncoder encoder, TableRules rules, List<CsvScan> scans, IdAssigner ids) {
    if (context.encoder().isPresent() || context.fitting().isEmpty()) {
      return encoder;
    }
    TableRules typed = rules.withTypes(types(scans), roles.preprocessing());
    if (!EncoderFitter.isNeeded(typed, encoder)) {
      return EncoderFitter.withoutStatistics(roles.preprocessing(), encoder);
    }
    TrainingRows training =
        TrainingRows.of(ids.positions(), rows(scans), context.fitting().orElseThrow());
    CsvStatistics reader =
        new CsvStatistics(
            schema, typed, ids, training, roles.preprocessing().dates().origin().toEpochDay());
    Broadcast<SerializableConfiguration> configuration = hadoop;
    TableStatistics statistics =
        context
            .spark()
            .parallelize(parts(scans), files.size())
            .map(part -> reader.of(part, configuration.value().value()))
            .reduce(TableStatistics::plus);
    return new EncoderFitter(roles.preprocessing(), typed, statistics).fit(encoder);
  }

  private List<ValueType> types(List<CsvScan> scans) {
    List<CsvTypes> types = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      types.add(new CsvTypes(files.get(i).display(), scans.get(i).types()));
    }
    return CsvTypes.common(types, schema.features(), display);
  }

  private List<CsvScan> scan(CsvRowCheck check, TableRules rules) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return context
        .spark()
        .parallelize(files, files.size())
        .map(file -> CsvScan.of(file, check, rules, configuration.value().value()))
        .collect();
  }

  private void throwIfInvalid(List<CsvScan> scans) {
    boolean isAcceptable = context.skipsBadRows() && rows(scans) > 0;
    long invalid = scans.stream().mapToLong(scan -> scan.problems().rows()).sum();
    if (invalid > 0 && !isAcceptable) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, String.join("\n", messages(scans, invalid)));
    }
    if (scans.stream().allMatch(scan -> scan.rows() == 0)) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, display + " has no rows after its header");
    }
  }

  private List<String> messages(List<CsvScan> scans, long invalid) {
    List<String> messages =
        new ArrayList<>(
            scans.stream()
                .flatMap(scan -> scan.problems().messages().stream())
                .limit(CsvScan.SHOWN_PROBLEMS)
                .toList());
    if (invalid > messages.size()) {
      messages.add(
          "and "
              + (invalid - messages.size())
              + " more rows of "
              + display
              + " are wrong"
              + missing(scans));
    }
    return messages;
  }

  /** Describes the columns in which most rows have no value; empty if all rows have values. */
  private static String missing(List<CsvScan> scans) {
    TreeMap<String, Long> missing = new TreeMap<>();
    scans.forEach(
        scan ->
            scan.problems()
                .missing()
                .forEach((column, rows) -> missing.merge(column, rows, Long::sum)));
    long rows = scans.stream().mapToLong(CsvScan::rows).sum();
    return missing.isEmpty()
        ? ""
        : missing.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CsvScan.SHOWN_PROBLEMS)
            .map(column -> column.getKey() + " is empty in " + column.getValue())
            .collect(Collectors.joining(", ", "; of all " + rows + " rows, ", ""));
  }

  private TableEncoder encoder(List<CsvScan> scans) {
    TreeMap<String, String> labels = new TreeMap<>();
    scans.forEach(scan -> scan.labels().forEach(labels::putIfAbsent));
    List<TreeMap<String, String>> categorical = new ArrayList<>();
    for (int i = 0; i < schema.categorical().size(); i++) {
      TreeMap<String, String> all = new TreeMap<>();
      for (CsvScan scan : scans) {
        scan.categorical().get(i).forEach(all::putIfAbsent);
      }
      categorical.add(all);
    }
    return TableEncoderFactory.of(
        schema, categorical, labels, roles.handleUnknown(), context.encoder(), context.classes());
  }

  private IdAssigner ids(List<CsvScan> scans) {
    if (schema.id().isEmpty()) {
      return new IdAssigner.Positional(
          IdIndex.ofPositions(
              parts(scans).stream()
                  .flatMapToLong(part -> Arrays.stream(part.skipped()))
                  .toArray()));
    }
    List<String> texts = scans.stream().flatMap(scan -> scan.ids().stream()).toList();
    return IdAssigner.of(context.spark(), texts, schema.id().get(0), display);
  }

  private List<CsvBlockReader.Part> parts(List<CsvScan> scans) {
    List<CsvBlockReader.Part> parts = new ArrayList<>();
    long first = 0;
    for (int i = 0; i < files.size(); i++) {
      long start = first;
      long[] skipped =
          Arrays.stream(scans.get(i).problems().indexes()).map(index -> start + index).toArray();
      parts.add(new CsvBlockReader.Part(files.get(i), start, skipped));
      first += scans.get(i).rows();
    }
    return parts;
  }
}
