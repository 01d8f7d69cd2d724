package io.meanfield.data.csv;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.DataFiles;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.data.ReadContext;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.table.EncoderFitter;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableEncoderFactory;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Optional;
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
        DataFiles.findAll(hadoop, source.paths()).stream()
            .map(file -> new CsvFile(file.getPath().toString(), source.delimiter()))
            .toList();
    CsvFile first = files.get(0);
    TableSchema schema =
        TableSchema.of(source.columns(), first.header(hadoop), context, first.display());
    String display = files.size() == 1 ? first.display() : String.join(", ", source.paths());
    return new CsvReader(context, files, schema, source.columns(), display).open();
  }

  /**
   * The rows that are read after the scan.
   *
   * @param ids of those that are examples
   * @param parts the files
   */
  private record ScannedRows(CsvScans scans, IdAssigner ids, List<CsvBlockReader.Part> parts) {}

  private Dataset open() {
    TableRules rules = TableRules.of(schema, roles, context);
    CsvScans scans = scan(check(rules), rules);
    scans.throwIfInvalid(context.skipsBadRows());
    ScannedRows rows = rows(scans);
    TableEncoder encoder = fitted(encoder(scans), rules, rows);
    Dataset data = dataset(encoder, rows);
    TableEncoder unscaled = encoder.unscaled();
    return (encoder.equals(unscaled) ? data : data.withUnscaled(dataset(unscaled, rows)))
        .withSkipped(scans.skipped());
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

  private Dataset dataset(TableEncoder encoder, ScannedRows rows) {
    Dataset.Metadata metadata =
        new Dataset.Metadata(
            rows.scans().usable(),
            List.of(encoder.inputs()),
            false,
            schema.targetKind(),
            schema.isWeighted(),
            Optional.of(encoder),
            display);
    return new Dataset(metadata, rows.ids().positions(), blocks(encoder, rows));
  }

  private JavaRDD<Examples> blocks(TableEncoder encoder, ScannedRows rows) {
    CsvExampleReader examples = CsvExampleReader.of(schema, encoder, rows.ids(), context.classes());
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return context
        .spark()
        .parallelize(rows.parts(), files.size())
        .mapPartitions(
            part -> new CsvBlockReader(part.next(), examples, configuration.value().value()));
  }

  /** Returns the encoder of a model as it is, and a new one fitted to its training rows. */
  private TableEncoder fitted(TableEncoder encoder, TableRules rules, ScannedRows rows) {
    if (context.encoder().isPresent() || context.fitting().isEmpty()) {
      return encoder;
    }
    TableRules typed = rules.withTypes(rows.scans().types(), roles.preprocessing());
    if (!EncoderFitter.isNeeded(typed, encoder)) {
      return EncoderFitter.withoutStatistics(roles.preprocessing(), encoder);
    }
    TrainingRows training =
        TrainingRows.of(
            rows.ids().positions(), rows.scans().usable(), context.fitting().orElseThrow());
    CsvStatistics reader =
        new CsvStatistics(
            schema,
            StatisticsRequest.of(typed, schema.categorical().size(), roles.preprocessing()),
            rows.ids(),
            training);
    Broadcast<SerializableConfiguration> configuration = hadoop;
    TableStatistics statistics =
        context
            .spark()
            .parallelize(rows.parts(), files.size())
            .map(part -> reader.of(part, configuration.value().value()))
            .treeReduce(TableStatistics::plus);
    return new EncoderFitter(roles.preprocessing(), typed, statistics).fit(encoder);
  }

  private CsvScans scan(CsvRowCheck check, TableRules rules) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    List<CsvScan> scans =
        context
            .spark()
            .parallelize(files, files.size())
            .map(file -> CsvScan.of(file, check, rules, configuration.value().value()))
            .collect();
    return new CsvScans(schema, files, scans, display);
  }

  private TableEncoder encoder(CsvScans scans) {
    return TableEncoderFactory.of(
        schema,
        scans.categorical(),
        scans.labels(),
        roles.handleUnknown(),
        context.encoder(),
        context.classes());
  }

  private ScannedRows rows(CsvScans scans) {
    IdIndex.ById ranks = IdIndex.ofPositions(context.spark(), scans.skippedPositions());
    IdAssigner ids =
        schema.id().isEmpty()
            ? new IdAssigner.Positional(ranks)
            : CsvIds.assigner(scans.ids(), context.spark(), schema.id().get(0), display);
    return new ScannedRows(scans, ids, scans.parts(ranks));
  }
}
